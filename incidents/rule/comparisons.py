"""The record beside a tally that others published: what they claim, what the record holds, and what is missing in between."""

from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY, EXCLUDED, GROUPS, MEASURES, TALLY, is_counted, is_retracted
from incidents.rule.numbering import in_order
from incidents.rule.sums import count, total_of

EVERYBODY = (ANY_GROUP, ANY_NATIONALITY)


def is_comparable(statement: dict) -> bool:
    """A tally that says what time it covers and has not been taken back. Whether another supersedes it, the caller knows."""
    covers = statement.get("covers") or {}
    return statement["act"] == TALLY and bool(covers.get("start") or covers.get("end")) and not is_retracted(statement)


def compare(statement: dict, documents) -> dict:
    """A tally beside the incidents of its time: one result of the comparisons.

    `documents` are the incident documents of the place that it covers; those whose dates cannot fall into its time are left out here. They
    must be whole where tallies.tally() needs it. `recorded` counts the incidents with deaths, an uncounted "several" among them. A
    difference is claimed low − recorded best; null where either is missing. Of a measure told several times the widest claim is compared
    (everybody before one group), with the record's count of the same people.
    """
    covers = statement["covers"]
    covered = [document for document in documents if is_within(document["date"], covers)]
    claims = widest_claims(statement)
    deadly = [document for document in covered if has_deaths(document, *people_of(claims.get("killed")))]
    claimed = {"incidents": {"low": covers.get("incidents_low"), "high": covers.get("incidents_high")}, "killed": None}
    recorded = {"incidents": len(deadly), "killed": None}
    difference = {"incidents": less(covers.get("incidents_low"), len(deadly)), "killed": None}
    for measure in [measure for measure in MEASURES if measure == "killed" or measure in claims]:
        claim, held = claims.get(measure), count(covered, measure, *people_of(claims.get(measure)))
        claimed[measure] = {"low": claim["low"], "high": claim.get("high")} if claim else None
        recorded[measure] = {name: held[name] for name in ("low", "best", "high", "open_ended")}
        difference[measure] = less(claim and claim["low"], held["best"])
    return {
        "statement": statement["id"],
        "covers": {"start": covers.get("start"), "end": covers.get("end")},
        "claimed": claimed,
        "recorded": recorded,
        "difference": difference,
        "assumption": covers.get("note") or "",
        "incidents": sorted((document["id"] for document in deadly), key=in_order),
    }


def is_within(date: dict, covers: dict) -> bool:
    """The incident's range of days and the tally's time overlap; where it names no first or last day it has no bound."""
    starts_in_time = not covers.get("end") or date["start"] <= covers["end"]
    return starts_in_time and (not covers.get("start") or (date.get("end") or date["start"]) >= covers["start"])


def widest_claims(statement: dict) -> dict[str, dict]:
    """For each measure the counted, not excluded figure about the most people."""
    figures = [figure for figure in statement["figures"] if is_counted(figure) and figure.get("verdict") != EXCLUDED]
    widest_last = sorted(
        figures, key=lambda figure: (GROUPS.index(figure["group"]), figure["nationality"], in_order(figure["id"])), reverse=True
    )
    return {figure["measure"]: figure for figure in widest_last}


def people_of(claim: dict | None) -> tuple[str, str]:
    return (claim["group"], claim["nationality"]) if claim else EVERYBODY


def has_deaths(document: dict, group: str, nationality: str) -> bool:
    total = total_of(document, "killed", group, nationality)
    return total is not None and (not total["counted"] or total["best"] > 0)


def less(claimed: int | None, recorded: int | None) -> int | None:
    return None if claimed is None or recorded is None else claimed - recorded
