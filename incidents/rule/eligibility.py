"""Which figures rule BW-1 may count for an incident, and why it sets the others aside.

Everything here reads statement dicts as they stand inside an incident document. "About an incident alone" and "together" are told by the
statement's full list of incidents (`figure["together"]`), never by which of them happen to be public.
"""

from incidents.rule.numbering import in_order

MEASURES = ("killed", "injured", "missing", "detained")
GROUPS = ("all", "state_forces", "civilians", "armed_group", "status_unknown")
ANY_GROUP, ANY_NATIONALITY = "all", ""

# Why a figure is set aside. "earlier" is decided where accounts are read (accounts.py); "tally" is a count of several incidents that
# somebody linked to one of them: it enters comparisons only.
EXCLUDED, SUPERSEDED, EARLIER, RETRACTED, UNCERTAIN, TALLY = "excluded", "superseded", "earlier", "retracted", "uncertain", "tally"


def is_certain(statement: dict) -> bool:
    """Only a certain link lets a statement count towards numbers and evidence."""
    return statement.get("certainty", "certain") == "certain"


def is_retracted(statement: dict) -> bool:
    """A statement is taken back by itself or with the article that carries it."""
    return bool(statement.get("retracted_on") or (statement.get("article") or {}).get("retracted_on"))


def stands(statement: dict) -> bool:
    """The statement counts: certainly about the incident and not taken back."""
    return is_certain(statement) and not is_retracted(statement)


def is_together(figure: dict) -> bool:
    """The figure is about several incidents at once."""
    return bool(figure.get("together", len(figure.get("incidents", ())) > 1))


def is_about(figure: dict, incident_id: str) -> bool:
    """The figure is about this incident: alone, or together with others."""
    return incident_id in figure.get("incidents", ())


def is_about_alone(figure: dict, incident_id: str) -> bool:
    """The figure is about this incident and no other."""
    return not is_together(figure) and list(figure.get("incidents", ())) == [incident_id]


def is_counted(figure: dict) -> bool:
    """A figure without a low number is a wording ("several"): reported, not counted, and never zero."""
    return figure.get("low") is not None


def is_of(figure: dict, group, nationality) -> bool:
    """The figure tells of these people: a code, or several of which any will do; `group` "all" and `nationality` "" ask for anybody."""
    return is_asked(figure["group"], group, ANY_GROUP) and is_asked(figure["nationality"], nationality, ANY_NATIONALITY)


def is_asked(code: str, asked, anybody: str) -> bool:
    if isinstance(asked, str):
        return asked in (anybody, code)
    return code in asked or anybody in asked


def successors(statements: list[dict]) -> dict[str, list[dict]]:
    """For each superseded statement those that supersede it, directly or through others. Only public statements stand in a document."""
    direct = {}
    for later in statements:
        if later.get("supersedes"):
            direct.setdefault(later["supersedes"], []).append(later)
    return {replaced: all_successors(replaced, direct) for replaced in direct}


def all_successors(replaced: str, direct: dict[str, list[dict]]) -> list[dict]:
    found, waiting = {}, [replaced]
    while waiting:
        for later in direct.get(waiting.pop(), ()):
            if later["id"] != replaced and later["id"] not in found:
                found[later["id"]] = later
                waiting.append(later["id"])
    return list(found.values())


def gives(statement: dict, figure: dict) -> bool:
    """Whether a later statement answers the question of an earlier figure: the same measure for the same incidents.

    A figure of one incident is answered by one about it alone. A together figure is also answered by figures that divide it over its
    incidents. What is excluded, retracted or uncertain has no effect, so it supersedes nothing either; a wording does ("several").
    """
    if not stands(statement) or statement["act"] == TALLY:
        return False
    asked = set(figure["incidents"])
    answered = set()
    for given in statement["figures"]:
        is_same_question = given["measure"] == figure["measure"] and (is_together(figure) or not is_together(given))
        if is_same_question and given.get("verdict") != EXCLUDED and set(given["incidents"]) <= asked:
            answered |= set(given["incidents"])
    return answered == asked


def reason_to_set_aside(figure: dict, statement: dict, later: list[dict]) -> str:
    """The code of the reason why a figure does not count; '' for an eligible one. The desk's own judgement is named first."""
    if figure.get("verdict") == EXCLUDED:
        return EXCLUDED
    if statement["act"] == TALLY:
        return TALLY
    if any(gives(successor, figure) for successor in later):
        return SUPERSEDED
    if is_retracted(statement):
        return RETRACTED
    return "" if is_certain(statement) else UNCERTAIN


def judged(incident_id: str, statements: list[dict]):
    """Every figure about the incident, alone or together, with its statement and the reason it is set aside ('' where it is eligible)."""
    later = successors(statements)
    for statement in sorted(statements, key=lambda statement: in_order(statement["id"])):
        for figure in statement["figures"]:
            if is_about(figure, incident_id):
                yield figure, statement, reason_to_set_aside(figure, statement, later.get(statement["id"], []))


def eligible(incident_id: str, statements: list[dict]) -> list[tuple[dict, dict]]:
    """The eligible figures about this incident alone, wordings without a number among them, each with its statement."""
    found = [(figure, statement) for figure, statement, reason in judged(incident_id, statements) if not reason]
    return [(figure, statement) for figure, statement in found if is_about_alone(figure, incident_id)]
