"""Adding the tolls of several incidents, and what figures about several incidents at once ("five killed in two attacks") do to the sum.

Documents are incident documents. A list item (without statements) is enough while everybody is counted and no together figure is about the
incident; every other document must be whole, and NeedsStatements says which one was not.
"""

from incidents import toll
from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY, is_of
from incidents.rule.numbering import in_order


class NeedsStatements(ValueError):
    """A list item was given where the rule must read the statements."""


def total_of(document: dict, measure: str, group: str, nationality: str) -> dict | None:
    """BW-1 for one incident over the figures of these people; its published toll where that is everybody."""
    if (group, nationality) == (ANY_GROUP, ANY_NATIONALITY):
        return document["toll"].get(measure)
    return toll.people_total(document["id"], statements_of(document), measure, group, nationality)


def statements_of(document: dict) -> list[dict]:
    if "statements" not in document:
        raise NeedsStatements(f"{document['id']} is a list item: counting this needs its statements")
    return document["statements"]


def count(documents: list[dict], measure: str, group=ANY_GROUP, nationality=ANY_NATIONALITY) -> dict:
    """What the record holds in all of these incidents: the sum of their tolls, widened by together figures, which are listed.

    low, best and high are null, never zero, where no incident has a counted figure. `not_reported` counts the incidents of which nothing is
    reported, `uncounted` those of which there are only words ("several"): neither adds anything.
    """
    totals = {document["id"]: total_of(document, measure, group, nationality) for document in documents}
    found = summed(totals)
    entries = together(documents, measure, group, nationality)
    return {**widened(found, totals, entries), "together": [entry for entry, _own in entries]}


def summed(totals: dict[str, dict | None]) -> dict:
    counted = [total for total in totals.values() if total and total["counted"]]
    return {
        "incidents": len(totals),
        **{name: sum(total[name] for total in counted) if counted else None for name in ("low", "best", "high")},
        "open_ended": any(total["open_ended"] for total in counted),
        "not_reported": sum(total is None for total in totals.values()),
        "uncounted": sum(total is not None and not total["counted"] for total in totals.values()),
    }


# Together figures


def together(documents: list[dict], measure: str, group: str, nationality: str) -> list[tuple[dict, dict]]:
    """The together figures of these people all of whose incidents are counted, each with the record's own totals for the same people."""
    by_id = {document["id"]: document for document in documents}
    entries = {}
    for document in documents:
        for entry in document["toll"].get("together", ()):
            if entry["measure"] == measure and is_of(entry, group, nationality):
                entries[entry["figure"]] = entry
    found = [entries[figure] for figure in sorted(entries, key=in_order)]
    return [with_own_totals(entry, by_id) for entry in found if is_counted_whole(entry, by_id)]


def is_counted_whole(entry: dict, by_id: dict[str, dict]) -> bool:
    """All incidents of the figure are counted here, it counts for each of them, and none of them is outside the public record."""
    if len(entry["incidents"]) < 2 or not all(number in by_id for number in entry["incidents"]):
        return False
    for number in entry["incidents"]:
        statements_of(by_id[number])
        if not any(other["figure"] == entry["figure"] for other in by_id[number]["toll"]["together"]):
            return False
    figures = (figure for statement in by_id[entry["incidents"][0]]["statements"] for figure in statement["figures"])
    return not any(figure["id"] == entry["figure"] and figure.get("about_others") for figure in figures)


def with_own_totals(entry: dict, by_id: dict[str, dict]) -> tuple[dict, dict]:
    people = (entry["measure"], entry["group"], entry["nationality"])
    own = {number: total_of(by_id[number], *people) for number in entry["incidents"]}
    return {**entry, "recorded": toll.recorded(list(own.values()))}, own


def widened(found: dict, totals: dict, entries: list[tuple[dict, dict]]) -> dict:
    """Low and high as far as any one together figure, in the place of the record's own sum for the same people, would move them."""
    moving = [replaced(found, totals, entry, own) for entry, own in entries if entry["recorded"] is not None]
    if not moving:
        return found
    high, is_open = max([(found["high"], found["open_ended"]), *((high, is_open) for _low, high, is_open in moving)])
    return {**found, "low": min(found["low"], *(low for low, _high, _is_open in moving)), "high": high, "open_ended": is_open}


def replaced(found: dict, totals: dict, entry: dict, own: dict) -> tuple[int, int, bool]:
    """Low, high and whether that high is open when the figure stands in the place of the record's own sum.

    The others are never fewer than none: an incident's low can be below the low of some of its people, where an account is silent on them.
    """
    others_low = max(0, found["low"] - sum(total["low"] for total in own.values()))
    others_high = found["high"] - sum(total["high"] for total in own.values())
    others_open = any(
        total and total["counted"] and total["open_ended"] and not (number in own and own[number]["open_ended"])
        for number, total in totals.items()
    )
    is_open = entry["high"] is None
    return others_low + entry["low"], others_high + (entry["best"] if is_open else entry["high"]), is_open or others_open
