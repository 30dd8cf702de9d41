"""Known unknowns: what a public incident does not say yet. Rules over its public document; the desk asks them, readers do not see them.

Codes: attacker, one_origin, injured, no_response, no_original, no_alt_text (models.Dismissal.Unknown has the words).
"""

from incidents.rule.eligibility import stands

FACET = "unknown"
"""Under which name the codes stand beside an incident's filters."""
DAYS_TO_RESPOND = 14
"""How long after the last day of the incident a missing response is no surprise."""
WITHOUT_ATTACKER = frozenset({"border_crossing", "arrest", "seizure"})
"""Kinds of incident in which nobody need have attacked or been hurt."""


def unknowns(document):
    """Codes of what an incident's document does not say; `no_response` at once, without waiting DAYS_TO_RESPOND."""
    rules = {
        "attacker": is_attacker_unknown,
        "one_origin": has_one_origin,
        "injured": are_injured_unreported,
        "no_response": has_one_side,
        "no_original": lacks_an_original,
        "no_alt_text": lacks_alt_text,
    }
    return [code for code, is_unknown in rules.items() if is_unknown(document)]


def is_attacker_unknown(document):
    """No actor is named as the alleged attacker; "three individuals" is not named."""
    attackers = [part["actor"] for part in document["participants"] if part["role"] == "alleged_attacker"]
    return document["kind"] not in WITHOUT_ATTACKER and not any(attackers)


def has_one_origin(document):
    return document["evidence"]["status"] == "single-source"


def are_injured_unreported(document):
    return document["kind"] not in WITHOUT_ATTACKER and document["toll"]["injured"] is None


def has_one_side(document):
    """Fewer than two actors have said anything about it, by origin: outlets that tell it themselves are no side."""
    origins = [statement["origin"] for statement in document["statements"] if stands(statement)]
    return len({origin["id"] for origin in origins if origin and origin["type"] == "actor"}) < 2


def lacks_an_original(document):
    """An article that it rests on has neither an address nor an archived copy."""
    articles = [statement["article"] for statement in document["statements"] if statement["article"]]
    return any(not article["original_url"] and not article["archive_url"] for article in articles)


def lacks_alt_text(document):
    return any(not image["alt"] for image in document["images"])
