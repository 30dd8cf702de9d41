"""Who answered whom about an incident, what each side did, and what became of what was promised and demanded.

Pure functions over the incident document.
"""

PROMISES = ("pledge", "demand")


def chains(document: dict) -> list[list[dict]]:
    """Every exchange: a statement and, in the order in which they were said, the replies to it and to those.

    Each entry {"statement", "depth", "replies_to"}: depth 0 begins the chain; `replies_to` is the id of what it answers, which for a first
    entry is a statement about something else.
    """
    known = {statement["id"]: statement for statement in document.get("statements", ())}
    replies = {}
    for statement in known.values():
        if statement.get("in_reply_to"):
            replies.setdefault(statement["in_reply_to"], []).append(statement)
    beginnings = [statement for statement in known.values() if begins(statement, known, replies)]
    return [list(followed(statement, replies, 0, set())) for statement in beginnings]


def begins(statement: dict, known: dict, replies: dict) -> bool:
    """It has replies here, or is itself a reply to something not told here."""
    answers = statement.get("in_reply_to")
    return answers not in known if answers else statement["id"] in replies


def followed(statement: dict, replies: dict, depth: int, seen: set):
    if statement["id"] in seen:
        return
    seen.add(statement["id"])
    yield {"statement": statement, "depth": depth, "replies_to": statement.get("in_reply_to")}
    for reply in replies.get(statement["id"], ()):
        yield from followed(reply, replies, depth + 1, seen)


def sides(document: dict) -> list[dict]:
    """[{"origin", "acts": [{"act", "denies", "statements"}]}]: what each side did, in the order in which it is first known to have."""
    found = {}
    for statement in document.get("statements", ()):
        if origin := statement.get("origin"):
            side = found.setdefault((origin["type"], origin["id"]), {"origin": origin, "acts": {}})
            act = (statement["act"], statement.get("denies") or "")
            side["acts"].setdefault(act, []).append(statement)
    return [
        {
            "origin": side["origin"],
            "acts": [{"act": act, "denies": denies, "statements": said} for (act, denies), said in side["acts"].items()],
        }
        for side in found.values()
    ]


def promises(document: dict) -> list[dict]:
    """The statements that promise or demand something, what is settled last."""
    found = [statement for statement in document.get("statements", ()) if statement["act"] in PROMISES]
    return sorted(found, key=lambda statement: statement.get("outcome") not in ("", "open", None))
