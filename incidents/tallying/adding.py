"""Tallies added up by the database, out of the small rows of counted.py; of the whole record, out of the totals that releases keep.

A sum is what sums.summed() gives: {"incidents", "low", "best", "high", "open_ended" (how many), "not_reported", "uncounted"}.
"""

import calendar
import datetime
import json
from collections import defaultdict

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import CharField, Count, FilteredRelation, Max, Min, Q, Sum, Value
from django.db.models.functions import Cast, Coalesce, Substr

from borderwatch.batches import ASKED as ASKED_AT_ONCE
from borderwatch.batches import in_batches, insert_links
from incidents.published import IncidentFacet
from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY, MEASURES
from incidents.rule.people import UNDIVIDED
from incidents.tallies import OF_DAYS
from incidents.tallying.counted import KEYS, SUMMED, UNCOUNTED, Added, CountedIncident, CountedPeople, Total

BY_FACET = ("actor", "source")
BY_PEOPLE = ("group", "nationality")
EVERYBODY = (ANY_GROUP, ANY_NATIONALITY)
ASKED = tuple(f"all_{name}" for name in SUMMED)
"""What the database calls the sums."""


class Rows:
    """The rows to add up by one thing: of incidents, or of what links them to it. `path` leads to the incident, `numbers` to the numbers.

    `incidents` are rows of CountedIncident; `people`: group and nationality, one code each.
    """

    def __init__(self, incidents, by, measure, people=EVERYBODY):
        self.by, self.path, self.rows, self.key = by, "", incidents, by
        if by in BY_PEOPLE:
            self.path, self.rows, self.numbers = "row__", divided(incidents, by, measure, *people), ""
            return
        if by in BY_FACET:
            self.path, self.key = f"row__{incidents.model.from_row}__", "value"
            self.rows = facets(incidents, f"by_{by}")
        if by in OF_DAYS:  # no column, so that what is asked for leads to the rows, and not the order of days through all of them
            self.key, self.rows = "begins", incidents.annotate(begins=Substr(Cast("date_start", CharField()), 1, OF_DAYS[by]))
        self.numbers = f"{self.path}{measure}_"
        if tuple(people) != EVERYBODY:
            self.every, told = self.rows, of_people(f"{self.path}people", measure, *people)
            self.rows, self.numbers = self.rows.alias(told=told).filter(told__isnull=False), "told__"

    every = None
    """The rows that are counted though nothing is reported of the people asked for; None where `rows` are all."""

    def sums(self):
        """Key → sum."""
        rows = self.rows.order_by().values(self.key).annotate(**summing(self.numbers)).values_list(self.key, *ASKED)
        found = {key: numbers for key, *numbers in rows}
        if self.every is not None:
            counts = self.every.order_by().values(self.key).annotate(all_incidents=Count("*")).values_list(self.key, "all_incidents")
            found = {key: [count, *found.get(key, NOTHING)[1:]] for key, count in counts}
        return {self.name(key): as_sum(numbers) for key, numbers in found.items()}

    def sum(self):
        """The sum of them all."""
        numbers = list(self.rows.aggregate(**summing(self.numbers)).values())
        return as_sum(numbers if self.every is None else [self.every.count(), *numbers[1:]])

    def ids(self):
        """Key → ids of its incidents."""
        found = defaultdict(list)
        for key, number in (self.rows if self.every is None else self.every).values_list(self.key, f"{self.path}public_id"):
            found[self.name(key)].append(number)
        return found

    def earliest(self, most):
        """Key → ids of its first `most` incidents."""
        return first_of(self.by_day(), most)

    def by_day(self):
        """(first day, id of an incident, key)."""
        every = self.rows if self.every is None else self.every
        rows = every.order_by().values_list(f"{self.path}date_start", f"{self.path}public_id", self.key)
        return ((day, number, self.name(key)) for day, number, key in rows)

    def name(self, key):
        """A key as tallies have it."""
        return "" if key == UNDIVIDED else key


def first_of(rows, most):
    """Key → ids of the first `most` incidents, of what by_day() gives."""
    found = defaultdict(list)
    for _day, number, key in sorted(rows):
        if len(known := found[key]) < most:
            known.append(number)
    return found


def facets(incidents, name):
    """Their facets of this name. Of rows of the past, of which few stood on one day, the rows lead to the facets, and not the name."""
    found = IncidentFacet.objects.filter(row__in=incidents.values("pk"))
    return found.alias(called=Coalesce("name", Value(""))).filter(called=name) if incidents.model.is_past else found.filter(name=name)


def of_people(relation, measure, group, nationality):
    asked = {"measure": measure, "group": group, "nationality": nationality}
    return FilteredRelation(relation, condition=Q(**{f"{relation}__{name}": value for name, value in asked.items()}))


def divided(incidents, by, measure, group, nationality):
    """The rows of people that a tally by group or nationality adds up: those with a number, and the undivided, whose key is ''."""
    people = incidents.model._meta.get_field("people").related_model
    rows = people.objects.filter(measure=measure, low__isnull=False, row__in=incidents.values("pk"))
    if by == "group":
        rows = rows.filter(nationality=nationality)
        return rows.exclude(group=ANY_GROUP) if group == ANY_GROUP else rows.filter(group=group)
    rows = rows.filter(group=group)
    return rows.exclude(nationality=ANY_NATIONALITY) if nationality == ANY_NATIONALITY else rows.filter(nationality=nationality)


def summing(numbers):
    """What is asked of the database of each key, in the order of SUMMED."""
    is_open = {f"{numbers}open_ended": True, f"{numbers}low__isnull": False}
    found = [
        Count("*"),
        Count(f"{numbers}open_ended"),
        Count(f"{numbers}low"),
        *(Sum(f"{numbers}{name}") for name in ("low", "best", "high")),
    ]
    return dict(zip(ASKED, [*found, Count("pk", filter=Q(**is_open))], strict=True))


def as_sum(numbers):
    """Values in the order of SUMMED as a sum: nothing counted is null, never zero."""
    incidents, reported, counted, *ends, open_ended = numbers
    low, best, high = ends if counted else (None, None, None)
    return {
        "incidents": incidents,
        "low": low,
        "best": best,
        "high": high,
        "open_ended": open_ended,
        "not_reported": incidents - reported,
        "uncounted": reported - counted,
    }


def added(sums):
    """The sum of sums of which none counts what another does."""
    whole = [sum(numbers) for numbers in zip(NOTHING, *(as_row(one) for one in sums), strict=True)]
    return as_sum(whole)


def as_row(total):
    """A sum as values in the order of SUMMED."""
    reported = total["incidents"] - total["not_reported"]
    ends = (total[name] or 0 for name in ("low", "best", "high"))
    return total["incidents"], reported, reported - total["uncounted"], *ends, total["open_ended"]


NOTHING = (0,) * len(SUMMED)


# The whole record


def kept(by, measure):
    """Key → sum over all incidents that readers see now."""
    found = defaultdict(lambda: NOTHING)
    for key, *numbers in Total.objects.filter(by=by, measure__in=("", measure)).values_list("key", *SUMMED):
        found[key] = [one + other for one, other in zip(found[key], numbers, strict=True)]
    return {key: as_sum(numbers) for key, numbers in found.items()}


def kept_in_all(measure):
    return kept("", measure).get("") or as_sum(NOTHING)


def shared_documents(incidents):
    """What is counted of those that figures count together with others: tallies.as_counted()."""
    keys = list(incidents.model.objects.exclude(shared="").values_list("pk", flat=True))
    found = [incidents.filter(pk__in=batch).values_list("shared", flat=True) for batch in in_batches(keys, ASKED_AT_ONCE)]
    return [json.loads(text) for texts in found for text in texts]


def sum_and_days(incidents, measure):
    """The sum of incidents, at least one, the ISO texts of the first and the last day on which they can have happened, and whether any
    of them has figures that count it with others."""
    asked = {"start": Min("date_start"), "end": Max("date_end"), "shared": Max("shared")}
    found = incidents.aggregate(**summing(f"{measure}_"), **asked)
    start, end, shared = map(found.pop, asked)
    return as_sum(found.values()), (start.isoformat(), end.isoformat()), bool(shared)


def origins_of(incidents, measure):
    """Of each incident the origins of the figures that best comes from, in the order in which the rule reads them."""
    rows = Added.objects.filter(row__numbers__in=incidents).order_by("date", "row__public_id").values_list("parts", flat=True)
    return [json.loads(parts).get("by", {}).get(measure, ()) for parts in rows]


def earliest_of_all(by, keys, measure, most):
    """Key → ids of the first incidents of all under it: each found by an index, all in one question."""
    rows = of_key(by, ANY_KEY.get(by, "?"), measure)[:most]
    sql, values = rows.query.get_compiler(rows.db).as_sql()
    asked = [dict(zip(values_of(by, ANY_KEY.get(by, "?")), values_of(by, key), strict=True)) for key in keys]
    found = {key: [] for key in keys}
    if not keys:
        return found
    with connections[rows.db].cursor() as cursor:
        whole = " UNION ALL ".join(f"SELECT {place}, found.* FROM ({sql}) AS found" for place in range(len(asked)))  # noqa: S608 no input
        cursor.execute(whole, [of_this.get(str(value), value) for of_this in asked for value in values])
        for place, number in cursor.fetchall():
            found[keys[place]].append(number)
    return found


ANY_KEY = {"month": "0002-02", "year": "0002"}
"""What stands for a key in the question that is asked of each."""


def values_of(by, key):
    """What a question holds of a key."""
    return days_of(key) if by in OF_DAYS else [key or (UNDIVIDED if by in BY_PEOPLE else "")]


def of_key(by, key, measure):
    """Ids of all incidents under a key, the earliest first."""
    if by in OF_DAYS:
        rows = CountedIncident.objects.filter(date_start__range=days_of(key))
    elif by in BY_FACET:
        rows = IncidentFacet.objects.filter(name=f"by_{by}", value=key, row__numbers__isnull=False)
        return rows.order_by("date", "row__numbers__public_id").values_list("row__numbers__public_id", flat=True)
    elif by in BY_PEOPLE:
        asked = {"group": ANY_GROUP, "nationality": ANY_NATIONALITY, by: key or UNDIVIDED}
        rows = CountedPeople.objects.filter(measure=measure, low__isnull=False, **asked)
        return rows.order_by("date", "row__public_id").values_list("row__public_id", flat=True)
    else:
        rows = CountedIncident.objects.filter(**{by: key})
    return rows.order_by("date_start", "public_id").values_list("public_id", flat=True)


def days_of(key):
    """The first and the last day of a month ("2025-12") or year ("2025"), as ISO texts."""
    year, month = int(key[:4]), int(key[5:] or 0)
    first = datetime.date(year, month or 1, 1)
    last = datetime.date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    return first.isoformat(), last.isoformat()


def recount():
    """Make the totals anew of what is counted: after rows were written that nobody added to them."""
    Total.objects.exclude(by=UNCOUNTED)._raw_delete(DEFAULT_DB_ALIAS)
    everything = CountedIncident.objects.all()
    totals = set()
    for measure in MEASURES:
        found = {"": {"": Rows(everything, "month", measure).sum()}}
        found |= {by: Rows(everything, by, measure).sums() for by in (*OF_DAYS, *KEYS)}
        totals |= {part for by, sums in found.items() for key, total in sums.items() for part in parts_of(by, key, measure, total)}
        people = {by: Rows(everything, by, measure).sums() for by in BY_PEOPLE}
        totals |= {(by, key, measure, *as_row(total)) for by, sums in people.items() for key, total in sums.items()}
    insert_links(Total, ("by", "key", "measure", *SUMMED), sorted(totals))


def parts_of(by, key, measure, total):
    """A sum as rows of Total: how many incidents there are, and what is reported of them."""
    incidents, *reported = as_row(total)
    if incidents:
        yield by, key, "", incidents, *NOTHING[1:]
    if reported[0]:
        yield by, key, measure, 0, *reported
