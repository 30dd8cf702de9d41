"""What incidents add to tallies, beside the incidents that readers see now: small rows, so that no page reads documents to add them up.

One row per incident, one for each part of its people that figures tell of, and the totals of all, which every release adds to and takes
from. All of it follows from the documents: `recount` (adding.py) and a rebuild give the same. What was counted of rows that
readers no longer see stands in past.py.
"""

import json
from collections import defaultdict

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Q

from borderwatch.batches import insert_links, run_for_each
from borderwatch.published import BesideRows
from incidents.rule.best import origins_of_best
from incidents.rule.eligibility import MEASURES
from incidents.rule.people import people_totals
from incidents.tallies import BY, OF_DAYS, as_counted

NUMBERS = ("low", "best", "high", "open_ended")
KEYS = ("province", "country", "kind", "evidence", "actor", "source")
"""What an incident is counted by, besides its first day and its people."""
SUMMED = ("incidents", "reported", "counted", "low", "best", "high", "open_ended")
AS_THE_ROW = "valid_from recorded_at date_start date_end latitude longitude is_acknowledged is_disputed".split()


class IncidentNumbers(BesideRows):
    """An incident with its numbers and with what readers choose incidents by; `from_row` leads to it from its public row."""

    record = "incident"
    facet_model = None
    from_row = ""
    is_past = False

    valid_from = models.DateTimeField()
    public_id = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()
    date_start = models.DateField()
    date_end = models.DateField()
    kind = models.CharField(max_length=20)
    province = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    evidence = models.CharField(max_length=20)
    is_acknowledged = models.BooleanField(default=False)
    is_disputed = models.BooleanField(default=False)
    killed_low = models.PositiveIntegerField(null=True)
    killed_best = models.PositiveIntegerField(null=True)
    killed_high = models.PositiveIntegerField(null=True)
    killed_open_ended = models.BooleanField(null=True, help_text="Null: nothing is reported.")
    injured_low = models.PositiveIntegerField(null=True)
    injured_best = models.PositiveIntegerField(null=True)
    injured_high = models.PositiveIntegerField(null=True)
    injured_open_ended = models.BooleanField(null=True)
    missing_low = models.PositiveIntegerField(null=True)
    missing_best = models.PositiveIntegerField(null=True)
    missing_high = models.PositiveIntegerField(null=True)
    missing_open_ended = models.BooleanField(null=True)
    detained_low = models.PositiveIntegerField(null=True)
    detained_best = models.PositiveIntegerField(null=True)
    detained_high = models.PositiveIntegerField(null=True)
    detained_open_ended = models.BooleanField(null=True)
    shared = models.TextField(blank=True, default="", help_text="Where figures count it with others: its document, no words.")

    class Meta:
        abstract = True
        default_permissions = ()


class CountedIncident(IncidentNumbers):
    """An incident that readers see now."""

    from_row = "numbers"

    row = models.OneToOneField(
        "incidents.PublishedIncident", primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="numbers"
    )

    class Meta(IncidentNumbers.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["valid_from"], name="countedincident_by_begin"),
            models.Index(fields=["date_start", "public_id"], name="countedincident_by_date"),
            models.Index(fields=["date_end"], name="countedincident_by_end"),
            *(
                models.Index(fields=[name, "date_start", "public_id"], name=f"countedincident_by_{name}")
                for name in ("province", "country", "kind", "evidence")
            ),
            models.Index(fields=["row"], condition=~Q(shared=""), name="countedincident_shared"),
        ]


class Added(BesideRows):
    """What an incident added to the totals, to be taken from them again; apart, because sums read many rows and never this."""

    row = models.OneToOneField(
        "incidents.PublishedIncident", primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    date = models.DateField()
    parts = models.TextField(help_text="By what it is counted, its numbers, and those of its people.")
    """Also by whose count, for answers in a sentence."""

    class Meta:
        default_permissions = ()


class PeopleNumbers(BesideRows):
    """What is reported of some of an incident's people. Group or nationality "-": those of an incident that divides nobody so."""

    date = models.DateField()
    measure = models.CharField(max_length=10)
    group = models.CharField(max_length=20)
    nationality = models.CharField(max_length=2, blank=True)
    low = models.PositiveIntegerField(null=True)
    best = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    open_ended = models.BooleanField()

    class Meta:
        abstract = True
        default_permissions = ()


class CountedPeople(PeopleNumbers):
    """The same of an incident that readers see now."""

    row = models.ForeignKey(CountedIncident, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="people")

    class Meta(PeopleNumbers.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["row", "measure", "group", "nationality"], name="countedpeople_once")]
        indexes = [models.Index(fields=["measure", "group", "nationality", "date"], name="countedpeople_by_people")]


class Total(BesideRows):
    """What all incidents that readers see now come to under one key of a tally; `by` "": in all.

    How many they are stands once, under measure ""; of groups and nationalities, those with a number count, each under its measure.
    """

    by = models.CharField(max_length=12, blank=True)
    key = models.CharField(max_length=120, blank=True)
    measure = models.CharField(max_length=10)
    incidents = models.BigIntegerField()
    reported = models.BigIntegerField(help_text="Of how many of them anything is reported.")
    counted = models.BigIntegerField(help_text="Of how many of them there is a number.")
    low = models.BigIntegerField()
    best = models.BigIntegerField()
    high = models.BigIntegerField()
    open_ended = models.BigIntegerField(help_text="Of how many of them the number has no upper bound.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["by", "measure", "key"], name="total_by_key")]


UNCOUNTED = "uncounted"
"""`by` of a row that the migration leaves where a record was public before: nothing is counted yet (`rebuild_public` does it)."""


def is_complete():
    """Whether all that readers see is counted here."""
    return not Total.objects.filter(by=UNCOUNTED).exists()


# What one document adds


class Counted:
    """What is counted of an incident document: `adds`, and how it is stored."""

    def __init__(self, document):
        measured = {measure: found for measure in MEASURES if (found := document["toll"][measure]) is not None}
        people = people_totals(document) if measured else {}
        self.adds = {
            "keys": {by: sorted(BY[by](document)) for by in KEYS},
            "all": {measure: [found[name] for name in NUMBERS] for measure, found in measured.items()},
            "people": [[*key, *(found[name] for name in NUMBERS)] for key, found in people.items()],
            "by": {measure: origins_of_best(document, measure) for measure in measured},
        }
        self.shared = as_counted(document) if document["toll"]["together"] else None

    def columns(self, row):
        """The values of CountedIncident for the public row `row`, by name of field."""
        keys = {name: self.adds["keys"][name][0] for name in ("province", "country", "kind", "evidence")}
        numbers = {
            f"{measure}_{name}": number
            for measure in MEASURES
            for name, number in zip(NUMBERS, self.adds["all"].get(measure, (None,) * 4), strict=True)
        }
        own = {"row": row.pk, "public_id": row.public_id} | {name: getattr(row, name) for name in AS_THE_ROW}
        return own | keys | numbers | {"shared": as_json(self.shared) if self.shared else ""}

    def added(self, row):
        """The values of Added, in the order of ADDED."""
        return row.pk, row.date_start, as_json(self.adds)

    def people(self, row):
        """The values of CountedPeople, in the order of PEOPLE."""
        return [(row.pk, row.date_start, *values) for values in self.adds["people"]]


INCIDENT = tuple(field.name for field in CountedIncident._meta.local_concrete_fields)
ADDED = ("row", "date", "parts")
PEOPLE = ("row", "date", "measure", "group", "nationality", *NUMBERS)


def as_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def parts(day, adds):
    """((by, key, measure), what an incident of this first day adds there, in the order of SUMMED); measure "": the incident itself."""
    keys = [("", ""), *((by, day[:length]) for by, length in OF_DAYS.items())]
    keys += [(by, key) for by, those in adds["keys"].items() for key in those]
    yield from (((by, key, ""), AN_INCIDENT) for by, key in keys)
    for measure, numbers in adds["all"].items():
        reported = summand(*numbers)
        yield from (((by, key, measure), reported) for by, key in keys)
    for measure, group, nationality, *numbers in adds["people"]:
        for by, key, asked in (("group", group, nationality), ("nationality", nationality, group)):
            if key not in ("", "all") and asked in ("", "all") and numbers[0] is not None:
                yield (by, key.removeprefix("-"), measure), (1, *summand(*numbers)[1:])


AN_INCIDENT = (1, 0, 0, 0, 0, 0, 0)


def summand(low, best, high, open_ended):
    """Words without a number ("several") are reported and add nothing; they are never zero."""
    return (0, 1, 0, 0, 0, 0, 0) if low is None else (0, 1, 1, low, best, high, int(open_ended))


# Keeping the tables


def keep(rows, is_new=False):
    """Count public rows that readers see now, each with what is `counted` of it, in place of what stood there unless `is_new`."""
    before = [] if is_new else taken([row.pk for row in rows])
    columns = [row.counted.columns(row) for row in rows]
    insert_links(CountedIncident, INCIDENT, [[values[name] for name in INCIDENT] for values in columns])
    insert_links(Added, ADDED, [row.counted.added(row) for row in rows])
    insert_links(CountedPeople, PEOPLE, [values for row in rows for values in row.counted.people(row)])
    add_up([(str(row.date_start), row.counted.adds) for row in rows], before)


def leave_out(keys):
    """Count rows no longer that readers do not see any more."""
    add_up([], taken(keys))


def taken(keys):
    """(first day, what it added) of the rows `keys`, which are not counted any longer."""
    database = connections[DEFAULT_DB_ALIAS]
    rows = Added.objects.filter(pk__in=keys).values_list("pk", "date", "parts")
    found = {key: (str(day), json.loads(parts)) for key, day, parts in rows}
    for model in (CountedPeople, CountedIncident, Added) if found else ():
        run_for_each(database, f"DELETE FROM {model._meta.db_table} WHERE row_id = %s", [[key] for key in found])  # noqa: S608 our own words
    return list(found.values())


def add_up(now, before):
    """Add to the totals what is counted now, and take from them what was counted before."""
    changes = defaultdict(lambda: [0] * len(SUMMED))
    for sign, those in ((1, now), (-1, before)):
        for day, adds in those:
            for key, numbers in parts(day, adds):
                changes[key] = [one + sign * other for one, other in zip(changes[key], numbers, strict=True)]
    changes = {key: numbers for key, numbers in sorted(changes.items()) if any(numbers)}
    database = connections[DEFAULT_DB_ALIAS]
    run_for_each(database, ADD, [[*key, *numbers] for key, numbers in changes.items()])
    run_for_each(database, EMPTY, [key for key, numbers in changes.items() if numbers[0] < 0 or numbers[1] < 0])


TABLE = Total._meta.db_table
ADD = (
    f'INSERT INTO {TABLE} AS known ("by", "key", measure, {", ".join(SUMMED)}) VALUES ({", ".join(["%s"] * 10)}) '  # noqa: S608 our own words
    f'ON CONFLICT ("by", "key", measure) DO UPDATE SET {", ".join(f"{name} = known.{name} + excluded.{name}" for name in SUMMED)}'
)
EMPTY = f'DELETE FROM {TABLE} WHERE "by" = %s AND "key" = %s AND measure = %s AND incidents = 0 AND reported = 0'  # noqa: S608 our own words


def clear():
    """Empty the tables, for a rebuild."""
    for model in (Total, CountedPeople, Added, CountedIncident):
        model.objects.all()._raw_delete(DEFAULT_DB_ALIAS)
