"""Rule BW-1: how the numbers of one incident follow from the figures that its statements give. Nobody types a toll.

Pure functions over `statements`, the list of statement dicts exactly as an incident document holds it; they return numbers, codes and ids.
The steps are those of docs/methodology.md: which figures are eligible (eligibility.py), what each account says in all (accounts.py), and
here what the accounts say between them.
"""

from collections import Counter

from incidents.rule.accounts import Account, Claim, accounts, claim, deciding_order
from incidents.rule.eligibility import (
    ANY_GROUP,
    ANY_NATIONALITY,
    EARLIER,
    GROUPS,
    MEASURES,
    eligible,
    is_about_alone,
    is_counted,
    is_of,
    is_together,
    judged,
)
from incidents.rule.numbering import in_order

RULE = "BW-1"


def toll(incident_id: str, statements: list[dict]) -> dict:
    """The `toll` of an incident document.

    `recorded` of a together figure is null here, because it needs the other incidents: see people_total() and recorded().
    Together figures that are only wordings have no number and are not listed; like every wording they stand among the differences.
    """
    found = eligible(incident_id, statements)
    result = {"rule": RULE}
    for measure in MEASURES:
        result[measure] = total([pair for pair in found if pair[0]["measure"] == measure])
    result["buckets"] = buckets(found)
    result["set_aside"] = set_aside(incident_id, statements, result)
    result["together"] = together(incident_id, statements)
    return result


def people_total(incident_id: str, statements: list[dict], measure: str, group=ANY_GROUP, nationality=ANY_NATIONALITY) -> dict | None:
    """BW-1 over the figures about some of the people: those of `group` ("all": any) and `nationality` ("": any), each a code or several.

    The shape of a toll's measure: None where nothing is reported of these people, `counted` false where there are only wordings.
    """
    found = [pair for pair in eligible(incident_id, statements) if pair[0]["measure"] == measure]
    return total([pair for pair in found if is_of(pair[0], group, nationality)])


def recorded(totals: list[dict | None]) -> int | None:
    """The record's own best for the people of a together figure, added over its incidents; None where one of them has no counted figure."""
    if not totals or any(one is None or not one["counted"] for one in totals):
        return None
    return sum(one["best"] for one in totals)


# One measure


def total(found: list[tuple[dict, dict]]) -> dict | None:
    """Steps 3 to 5 over eligible figures of one measure, each with its statement."""
    if not found:
        return None
    claims = [claim(figure, statement) for figure, statement in found if is_counted(figure)]
    if not claims:
        wordings = in_order_of_id(figure["id"] for figure, _statement in found)
        return {"low": None, "best": None, "high": None, "open_ended": False, "counted": False, "used": wordings, "best_from": []}
    pools = [across(accounts(pool)) for pool in pools_of(claims)]
    return {
        "low": sum(pool["low"] for pool in pools),
        "best": sum(pool["best"] for pool in pools),
        "high": sum(pool["high"] for pool in pools),
        "open_ended": any(pool["open_ended"] for pool in pools),
        "counted": True,
        "used": in_order_of_id(one.figure for pool in pools for one in pool["used"]),
        "best_from": in_order_of_id(one.figure for pool in pools for one in pool["best_from"]),
    }


def pools_of(claims: list[Claim]) -> list[list[Claim]]:
    """Step 4: figures marked `adds` tell of other people; they are weighed among themselves and the result is added."""
    return [pool for pool in ([one for one in claims if not one.adds], [one for one in claims if one.adds]) if pool]


def across(found: list[Account]) -> dict:
    """Step 3: the span over all accounts, and the best number among them."""
    best, best_from = best_of(found)
    high = max(account.high.number for account in found)
    return {
        "low": min(best, *(account.low.number for account in found)),
        "best": best,
        "high": max(best, high),
        "open_ended": any(account.high.is_open for account in found if account.high.number == high),
        "used": frozenset().union(*(account.kept for account in found)),
        "best_from": best_from,
    }


def best_of(found: list[Account]) -> tuple[int, frozenset]:
    """The account that the desk prefers decides; else the total that most origins give; narration only where there is nothing else."""
    deciding = [account for account in found if account.preferred]
    if deciding:
        chosen = min(deciding, key=lambda account: deciding_order(account.preferred))
        return chosen.best.number, chosen.best.claims
    voices = [account for account in found if account.has_origin] or found
    votes = Counter(account.best.number for account in voices)
    claims = {number: frozenset().union(*(voice.best.claims for voice in voices if voice.best.number == number)) for number in votes}
    best = min(votes, key=lambda number: (-votes[number], min(one.standing for one in claims[number]), number))
    return best, claims[best]


# Buckets, and what is not counted


def buckets(found: list[tuple[dict, dict]]) -> list[dict]:
    """What is said of each (group, nationality) that occurs with a number, by steps 1 and 3 (and 4: added people are added here too)."""
    by_bucket = {}
    for figure, statement in found:
        if is_counted(figure):
            by_bucket.setdefault((figure["measure"], figure["group"], figure["nationality"]), []).append((figure, statement))
    return [bucket(*key, by_bucket[key]) for key in sorted(by_bucket, key=bucket_order)]


def bucket(measure: str, group: str, nationality: str, found: list[tuple[dict, dict]]) -> dict:
    result = total(found)
    del result["counted"]
    return {"measure": measure, "group": group, "nationality": nationality, **result}


def bucket_order(key: tuple[str, str, str]) -> tuple:
    measure, group, nationality = key
    return (MEASURES.index(measure), GROUPS.index(group), nationality)


def set_aside(incident_id: str, statements: list[dict], result: dict) -> list[dict]:
    """Every figure about the incident that moves nothing, with the code of the reason; together figures too."""
    used = {figure for measure in MEASURES if result[measure] for figure in result[measure]["used"]}
    aside = []
    for figure, _statement, reason in judged(incident_id, statements):
        if not reason and is_about_alone(figure, incident_id) and is_counted(figure) and figure["id"] not in used:
            reason = EARLIER
        if reason:
            aside.append({"figure": figure["id"], "reason": reason})
    return sorted(aside, key=lambda entry: in_order(entry["figure"]))


def together(incident_id: str, statements: list[dict]) -> list[dict]:
    """The eligible figures about this incident and others at once; high null is open ended."""
    entries = [
        together_entry(figure)
        for figure, _statement, reason in judged(incident_id, statements)
        if not reason and is_together(figure) and is_counted(figure)
    ]
    return sorted(entries, key=lambda entry: in_order(entry["figure"]))


def together_entry(figure: dict) -> dict:
    return {
        "figure": figure["id"],
        "measure": figure["measure"],
        "group": figure["group"],
        "nationality": figure["nationality"],
        "incidents": sorted(figure["incidents"], key=in_order),
        "low": figure["low"],
        "best": figure["low"] if figure.get("best") is None else figure["best"],
        "high": figure.get("high"),
        "recorded": None,
    }


def in_order_of_id(figures) -> list[str]:
    return sorted(set(figures), key=in_order)
