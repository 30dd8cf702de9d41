"""What carries an incident: who vouches that it happened, who acknowledges it, and on what their accounts contradict each other.

Origins are counted, not outlets: five outlets that relay one communiqué are one origin, and a reaction is no confirmation.
"""

from itertools import combinations

from incidents.rule.accounts import Claim, accounts, claim
from incidents.rule.answers import span
from incidents.rule.differences import differences
from incidents.rule.eligibility import MEASURES, eligible, is_counted, stands, successors
from incidents.rule.numbering import in_order
from incidents.toll import pools_of

__all__ = ["ACKNOWLEDGING", "VOUCHING", "differences", "disputed_on", "evidence", "origin_key"]

VOUCHING = frozenset({"report", "claim", "confirmation", "attribution"})
ACKNOWLEDGING = frozenset({"condemnation", "condolence", "announcement", "demand", "pledge"})


def evidence(incident_id: str, statements: list[dict]) -> dict:
    """The `evidence` of an incident document, without `differences`; only statements that are certain and not retracted count.

    `reports` is the number of articles. An origin that vouches is not listed again under `acknowledged_by`.
    """
    standing = [statement for statement in statements if stands(statement)]
    vouching = origins_of(statement for statement in standing if statement["act"] in VOUCHING and statement.get("denies") != "occurrence")
    acknowledging = origins_of(statement for statement in standing if statement["act"] in ACKNOWLEDGING)
    return {
        "status": "corroborated" if len(vouching) > 1 else "single-source",
        "reports": len({statement["article"]["id"] for statement in standing if statement.get("article")}),
        "origins": references(vouching),
        "acknowledged_by": references(acknowledging - vouching),
        "disputed_on": disputed_on(incident_id, statements),
    }


def origin_key(statement: dict) -> tuple[str, str] | None:
    """(type, id) of the origin that composing resolved for the statement; None where it has none."""
    origin = statement.get("origin")
    return (origin["type"], origin["id"]) if origin else None


def origins_of(statements) -> set[tuple[str, str]]:
    return {origin_key(statement) for statement in statements} - {None}


def references(origins: set[tuple[str, str]]) -> list[dict]:
    return [{"type": kind, "id": number} for kind, number in sorted(origins, key=lambda key: (key[0], in_order(key[1])))]


# Disputes


def disputed_on(incident_id: str, statements: list[dict]) -> list[str]:
    """On what the accounts contradict each other: occurrence responsibility numbers date place, in this order.

    Apart from denials it takes two origins; a difference with narration, or between overlapping answers, is a difference and no dispute.
    """
    standing = [statement for statement in statements if stands(statement)]
    disputes = {
        "occurrence": is_denied(standing, "occurrence"),
        "responsibility": is_denied(standing, "responsibility") or is_responsibility_disputed(standing),
        "numbers": are_numbers_disputed(incident_id, statements),
        "date": do_answers_exclude(incident_id, statements, "date"),
        "place": do_answers_exclude(incident_id, statements, "place"),
    }
    return [question for question, is_disputed in disputes.items() if is_disputed]


def is_denied(standing: list[dict], what: str) -> bool:
    """A denial that nothing has superseded: its speaker has not come back on it."""
    later = successors(standing)
    return any(statement.get("denies") == what and not later.get(statement["id"]) for statement in standing)


def is_responsibility_disputed(standing: list[dict]) -> bool:
    """Two origins attribute it to different actors: they have named none in common."""
    named = {}
    for statement in unanswered_since(standing, lambda statement: bool(statement.get("attributed_to"))):
        if origin_key(statement):
            named.setdefault(origin_key(statement), set()).add(statement["attributed_to"]["id"])
    return any(not one & other for one, other in combinations(named.values(), 2))


def unanswered_since(standing: list[dict], has_answer) -> list[dict]:
    """The statements with an answer that no later statement which supersedes them answers anew."""
    later = successors(standing)
    answering = [statement for statement in standing if has_answer(statement)]
    return [statement for statement in answering if not any(has_answer(successor) for successor in later.get(statement["id"], ()))]


def are_numbers_disputed(incident_id: str, statements: list[dict]) -> bool:
    """For some measure the spans of two origins, in all or of one (group, nationality), do not overlap."""
    found = [(figure, claim(figure, statement)) for figure, statement in eligible(incident_id, statements) if is_counted(figure)]
    for measure in MEASURES:
        claims = [one for figure, one in found if figure["measure"] == measure and one.has_origin]
        cells = {one.cell for one in claims}
        questions = [claims, *([one for one in claims if one.cell == cell] for cell in cells)]
        if any(are_apart(pool) for asked in questions for pool in pools_of(asked)):
            return True
    return False


def are_apart(claims: list[Claim]) -> bool:
    """Two accounts of these claims leave no number on which both could be right; an open high has no end."""
    return any(is_above(one, other) or is_above(other, one) for one, other in combinations(accounts(claims), 2))


def is_above(one, other) -> bool:
    return not other.high.is_open and one.low.number > other.high.number


def do_answers_exclude(incident_id: str, statements: list[dict], about: str) -> bool:
    """Two origins answer when or where, in the same role, so that both cannot be right."""
    exclude = do_days_exclude if about == "date" else do_places_exclude
    roles = {one.get("role") for statement in statements for one in statement.get("assertions", ()) if one["about"] == about}
    return any(exclude(*pair) for role in roles for pair in contrasted(incident_id, statements, about, role))


def contrasted(incident_id: str, statements: list[dict], about: str, role: str) -> list[tuple[dict, dict]]:
    """Pairs of assertions of two origins about one question."""

    def given(statement: dict) -> list[dict]:
        assertions = [one for one in statement.get("assertions", ()) if one["about"] == about and one.get("role") == role]
        return [one for one in assertions if one.get("incident") in (None, "", incident_id)]

    standing = unanswered_since([statement for statement in statements if stands(statement)], given)
    answers = [(origin_key(statement), one) for statement in standing if origin_key(statement) for one in given(statement)]
    return [(one, other) for (mine, one), (theirs, other) in combinations(answers, 2) if mine != theirs]


def do_days_exclude(one: dict, other: dict) -> bool:
    days, other_days = span(one), span(other)
    return bool(days and other_days) and (days[1] < other_days[0] or other_days[1] < days[0])


def do_places_exclude(one: dict, other: dict) -> bool:
    """Different places, neither inside the other, as far as that is known.

    A place without a country (the border, the river) touches both banks and excludes none. Without `within` (ids of the places around it)
    only two countries are known to exclude each other.
    """
    place, other_place = one.get("place") or {}, other.get("place") or {}
    if not place.get("country") or not other_place.get("country") or place["id"] == other_place["id"]:
        return False
    if "within" in place and "within" in other_place:
        return place["id"] not in other_place["within"] and other_place["id"] not in place["within"]
    return place["country"] != other_place["country"]
