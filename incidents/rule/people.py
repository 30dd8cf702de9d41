"""BW-1 over every part of an incident's people that its figures tell of: by group, by nationality, by both."""

from itertools import product

from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY, MEASURES, eligible, is_counted, is_of
from incidents.toll import total

UNDIVIDED = "-"
"""In place of a group or nationality: those of an incident whose people are not divided so."""


def people_totals(document: dict) -> dict[tuple[str, str, str], dict]:
    """(measure, group, nationality) → toll.people_total() of these people, wherever a figure tells of them; not of everybody.

    `group` "all" and `nationality` "" stand for anybody, UNDIVIDED for those of whom a tally says under '' that nobody divides them.
    """
    found = eligible(document["id"], document["statements"])
    totals = {}
    for measure in MEASURES:
        pairs = [pair for pair in found if pair[0]["measure"] == measure]
        known = {ids_of(pairs): document["toll"][measure]}
        for (group, nationality), those in parts_of(pairs):
            figures = ids_of(those)
            totals[measure, group, nationality] = known[figures] = known.get(figures) or total(those)
    return totals


def ids_of(pairs):
    return frozenset(figure["id"] for figure, _statement in pairs)


def parts_of(pairs):
    """((group, nationality), figures with their statements) of every part of the people, and of the undivided."""
    groups = sorted({figure["group"] for figure, _statement in pairs} - {ANY_GROUP})
    nationalities = sorted({figure["nationality"] for figure, _statement in pairs} - {ANY_NATIONALITY})
    for people in list(product([ANY_GROUP, *groups], [ANY_NATIONALITY, *nationalities])):
        those = [pair for pair in pairs if is_of(pair[0], *people)]
        if those and people != (ANY_GROUP, ANY_NATIONALITY):
            yield people, those
    for nationality in [ANY_NATIONALITY, *nationalities]:
        yield from undivided(pairs, "group", ANY_GROUP, (UNDIVIDED, nationality), (ANY_GROUP, nationality))
    for group in [ANY_GROUP, *groups]:
        yield from undivided(pairs, "nationality", ANY_NATIONALITY, (group, UNDIVIDED), (group, ANY_NATIONALITY))


def undivided(pairs, by, anybody, called, people):
    """The figures about `people` where some have a number and all of these are about anybody."""
    those = [pair for pair in pairs if is_of(pair[0], *people)]
    counted = [figure for figure, _statement in those if is_counted(figure)]
    if counted and all(figure[by] == anybody for figure in counted):
        yield called, those
