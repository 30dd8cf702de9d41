"""UCDP GED, the Georeferenced Event Dataset: releases of the 19.1 and of the 23.1 style differ in order, dates and some columns.

Codes and their meaning: UCDP GED Codebook, version 23.1.
"""

from django.utils.translation import gettext as _

from incidents.imports.events import Count, Event, Side
from incidents.models import Actor, Figure, Incident, Participation
from sources.models import Source

KEY = "ucdp_ged"
"""The name of the data set's ids in `external_ids` of incidents; those of its actors stand under ACTOR_KEY."""
ACTOR_KEY = "ucdp"
IS_REDISTRIBUTABLE = True
SOURCE = {
    "slug": "ucdp-ged",
    "name": "UCDP GED",
    "kind": Source.Kind.RESEARCH,
    "country": "SE",
    "languages": ["en"],
    "url": "https://ucdp.uu.se/",
    "scale": Source.Scale.INTERNATIONAL,
}
HEADLINE = "UCDP Georeferenced Event Dataset: {file}"

COLUMNS = "id type_of_violence side_a side_b where_prec latitude longitude country date_prec date_start date_end".split()
DEATHS = "deaths_a deaths_b deaths_civilians deaths_unknown".split()
REQUIRED = [*COLUMNS, *DEATHS, "low", "best", "high"]
OTHER_NAMES = {"low_est": "low", "best_est": "best", "high_est": "high", "side_a_id": "side_a_new_id", "side_b_id": "side_b_new_id"}

VIOLENCE = {
    "1": (Incident.Kind.ARMED_CLASH, "state-based violence"),
    "2": (Incident.Kind.ARMED_CLASH, "non-state violence"),
    "3": (Incident.Kind.ATTACK_ON_CIVILIANS, "one-sided violence"),
}
PRECISIONS_OF_DATES = {str(code): code for code in range(1, 6)}
PRECISIONS_OF_PLACES = {str(code): code for code in range(1, 8)}
CIVILIANS = "civilians"


def event(cells, row):
    """The Event of one row; what is wrong with it stands in `cells.problems`."""
    key = cells.text("id", is_required=True)
    kind, violence = cells.code("type_of_violence", VIOLENCE) or ("", "")
    sides = [side(cells, "a", violence), side(cells, "b", violence)]
    total = estimate(cells)
    counts = [*([total] if total else []), *deaths(cells, sides)]
    prefer_the_estimate(cells, total, counts)
    return Event(
        key=key,
        row=row,
        incident={"title": title(cells), "kind": kind} | when(cells) | where(cells),
        statement={"text": text(cells, violence, total)},
        counts=counts,
        sides=[one for one in sides if one.name],
        place_names={name: cells.text(column) for name, column in (("country", "country"), ("province", "adm_1"), ("district", "adm_2"))},
        best=total.best if total else None,
    )


def title(cells):
    """The data set's own neutral name of the parties, and where it was."""
    dyad = cells.text("dyad_name") or f"{cells.text('side_a')} - {cells.text('side_b')}"
    found = ": ".join(filter(None, [dyad, cells.text("where_coordinates") or cells.text("country")]))
    return cells.shortened("dyad_name", found, 200)


def when(cells):
    first, last = cells.day("date_start"), cells.day("date_end")
    if first and last and last < first:
        cells.refuse("date_end", _("is before date_start"))
    return {
        "started_on": first and first.isoformat(),
        "ended_on": last.isoformat() if last and last != first else None,
        "date_precision": cells.code("date_prec", PRECISIONS_OF_DATES),
    }


def where(cells):
    latitude, longitude = cells.point()
    names = [cells.text(column) for column in ("where_description", "where_coordinates", "adm_2", "adm_1", "country")]
    words = ", ".join(dict.fromkeys(filter(None, names)))
    return {
        "latitude": latitude,
        "longitude": longitude,
        "place_precision": cells.code("where_prec", PRECISIONS_OF_PLACES),
        "where_description": cells.shortened("where_description", words, 300),
    }


# Sides


def side(cells, letter, violence):
    """A party of the dyad. One-sided violence is done by side A to civilians, who are no actor."""
    name = cells.text(f"side_{letter}", most=200, is_required=True)
    is_one_sided = violence.startswith("one-sided")
    roles = {"a": Participation.Role.ALLEGED_ATTACKER, "b": Participation.Role.TARGET} if is_one_sided else {}
    if name.casefold() == CIVILIANS:
        return Side(name, role=roles.get(letter, Participation.Role.OTHER_PARTY))
    is_government = bool(cells.text(f"gwno{letter}")) or name.startswith("Government of ")
    kind = Actor.Kind.STATE_BODY if is_government else Actor.Kind.ARMED_GROUP
    return Side(name, kind, cells.text(f"side_{letter}_new_id"), roles.get(letter, Participation.Role.OTHER_PARTY))


def group_of(side):
    if not side.is_actor:
        return Figure.Group.CIVILIANS
    return Figure.Group.STATE_FORCES if side.kind == Actor.Kind.STATE_BODY else Figure.Group.ARMED_GROUP


# Figures


def estimate(cells):
    """low, best and high of all deaths, or None where the file gives none: an empty cell is not zero.

    Where they contradict each other, best stays, low becomes the smallest and high the largest; the words say what the file had.
    """
    given = {name: cells.number(name) for name in ("low", "best", "high")}
    empty = [name for name in given if not cells.text(name)]
    if len(empty) == len(given):
        return None
    for name in empty:
        cells.refuse(name, _("is empty, but other estimates are not"))
    if None in given.values():
        return None
    low, best, high = given.values()
    if low <= best <= high:
        return Count(low, best, high)
    wording = f"low {low}, best {best}, high {high}"
    lowest, highest = min(given.values()), max(given.values())
    contradiction = _("%(wording)s contradict each other: kept as %(low)d to %(high)d, best %(best)d")
    cells.notice("low" if low > best else "high", contradiction % {"wording": wording, "low": lowest, "high": highest, "best": best})
    return Count(lowest, best, highest, wording=wording)


def deaths(cells, sides):
    """One figure per group. Deaths by side have no range of their own: low 0, best and high the number that the file gives."""
    groups = [*(group_of(one) for one in sides), Figure.Group.CIVILIANS, Figure.Group.STATUS_UNKNOWN]
    by_group = {}
    for column, group in zip(DEATHS, groups, strict=True):
        number = cells.number(column)
        if number is not None:
            by_group.setdefault(group, []).append((column, number))
    return [count_of(group, found) for group, found in by_group.items()]


def count_of(group, found):
    """Two sides of one group (two armed groups) are one figure; the words keep what the file says of each."""
    number = sum(number for _column, number in found)
    parts = [(column, part) for column, part in found if part] if len(found) > 1 else []
    is_sum = len(parts) > 1
    return Count(
        low=0,
        best=number,
        high=number,
        group=group,
        wording=", ".join(f"{column} {part}" for column, part in parts) if is_sum else "",
        calculation=" + ".join(column for column, _part in parts) if is_sum else "",
    )


def prefer_the_estimate(cells, total, counts):
    """Where the deaths by side add up to more than the file's own best, its best decides: it is what the data set stands for."""
    added = sum(count.best for count in counts if count is not total)
    if total and added > total.best:
        total.verdict, total.verdict_reason = (
            Figure.Verdict.PREFERRED,
            f"The data set’s own best estimate; its deaths by side add up to {added}.",
        )
        cells.notice(
            "best", _("deaths by side add up to %(added)d: the file’s best of %(best)d stays") % {"added": added, "best": total.best}
        )


# Words


def text(cells, violence, total):
    """The statement in our words: what the data set counts, and what it relies on, as its cells name it."""
    parties = f"{cells.text('side_a')} and {cells.text('side_b')}"
    counted = f"{total.best} killed ({total.low} to {total.high})" if total else "no number of killed"
    sentences = [f"UCDP GED counts {counted} in event {cells.text('id')}: {violence}, {parties}."]
    if original := cells.text("source_original"):
        sentences.append(f"Original source: {original}.")
    if articles := sources_named(cells.text("source_article")):
        sentences.append(f"It relies on: {'; '.join(articles)}.")
    return " ".join(sentences)


def sources_named(cell):
    """The articles in one cell, joined there by “;”, each once."""
    found = (one.strip().strip('"').strip() for one in cell.split(";"))
    return list(dict.fromkeys(filter(None, found)))
