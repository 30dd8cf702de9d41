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
    found = summed([total_of(document, measure, group, nationality) for document in documents])
    return with_together(found, documents, measure, group, nationality)


def summed(totals: list[dict | None]) -> dict:
    """The sum of tolls; `open_ended` is the number of those without an upper bound."""
    counted = [total for total in totals if total and total["counted"]]
    return {
        "incidents": len(totals),
        **{name: sum(total[name] for total in counted) if counted else None for name in ("low", "best", "high")},
        "open_ended": sum(total["open_ended"] for total in counted),
        "not_reported": sum(total is None for total in totals),
        "uncounted": sum(total is not None and not total["counted"] for total in totals),
    }


def with_together(found: dict, documents: list[dict], measure: str, group=ANY_GROUP, nationality=ANY_NATIONALITY) -> dict:
    """A sum widened by the together figures of its incidents. Of these, `documents` needs no others than those with such figures."""
    by_id = {document["id"]: document for document in documents}
    entries = together(by_id, measure, group, nationality)
    moving = [(entry, own) for entry, own in entries if entry["recorded"] is not None]
    outside = [others_open(found, own, by_id, measure, group, nationality) for _entry, own in moving]
    widest = widened({**found, "open_ended": found["open_ended"] > 0}, moving, outside)
    return {**widest, "together": [entry for entry, _own in entries]}


# Together figures


def together(by_id: dict[str, dict], measure: str, group: str, nationality: str) -> list[tuple[dict, dict]]:
    """The together figures of these people all of whose incidents are counted, each with the record's own totals for the same people."""
    entries = {}
    for document in by_id.values():
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


def others_open(found: dict, own: dict, by_id: dict, measure: str, group: str, nationality: str) -> bool:
    """Whether any number is open ended that is not so among the record's own for the people of a together figure."""
    whole = {number: total_of(by_id[number], measure, group, nationality) for number, total in own.items() if total["open_ended"]}
    return found["open_ended"] > sum(bool(total and total["counted"] and total["open_ended"]) for total in whole.values())


def widened(found: dict, moving: list[tuple[dict, dict]], outside: list[bool]) -> dict:
    """Low and high as far as any one together figure, in the place of the record's own sum for the same people, would move them."""
    if not moving:
        return found
    ends = [replaced(found, *one, is_open) for one, is_open in zip(moving, outside, strict=True)]
    high, is_open = max([(found["high"], found["open_ended"]), *((high, is_open) for _low, high, is_open in ends)])
    return {**found, "low": min(found["low"], *(low for low, _high, _is_open in ends)), "high": high, "open_ended": is_open}


def replaced(found: dict, entry: dict, own: dict, others_are_open: bool) -> tuple[int, int, bool]:
    """Low, high and whether that high is open when the figure stands in the place of the record's own sum.

    The others are never fewer than none: an incident's low can be below the low of some of its people, where an account is silent on them.
    """
    others_low = max(0, found["low"] - sum(total["low"] for total in own.values()))
    others_high = found["high"] - sum(total["high"] for total in own.values())
    is_open = entry["high"] is None
    return others_low + entry["low"], others_high + (entry["best"] if is_open else entry["high"]), is_open or others_are_open
