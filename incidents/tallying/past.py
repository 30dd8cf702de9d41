"""What is counted of public rows that readers no longer see, as counted.py has it of those they see now: for tallies of another day.

Rows of an earlier time show what was counted as they last stood, as their columns and facets do. What of it may have been otherwise
before, while they stood, another_day.py knows.
"""

from django.db import DEFAULT_DB_ALIAS, connections, models

from borderwatch.batches import insert_links, run_for_each
from incidents.tallying.counted import PEOPLE, CountedIncident, CountedPeople, IncidentNumbers, PeopleNumbers


class PastIncident(IncidentNumbers):
    """An incident as readers saw it until `valid_to`."""

    from_row = "past_numbers"
    is_past = True

    row = models.OneToOneField(
        "incidents.PublishedIncident", primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="past_numbers"
    )
    valid_to = models.DateTimeField()

    class Meta(IncidentNumbers.Meta):
        abstract = False
        indexes = [models.Index(fields=["valid_to", "valid_from"], name="pastincident_by_time")]


class PastPeople(PeopleNumbers):
    row = models.ForeignKey(PastIncident, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="people")

    class Meta(PeopleNumbers.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["row", "measure", "group", "nationality"], name="pastpeople_once")]


INCIDENT = tuple(field.name for field in PastIncident._meta.local_concrete_fields)


def columns(row):
    """The values of PastIncident for the public row `row`, by name of field."""
    return row.counted.columns(row) | {"valid_to": row.valid_to}


def keep(rows):
    """Count public rows of an earlier time, each with what is `counted` of it, in place of what stood there."""
    forget([row.pk for row in rows])
    insert_links(PastIncident, INCIDENT, [[values[name] for name in INCIDENT] for values in map(columns, rows)])
    insert_links(PastPeople, PEOPLE, [values for row in rows for values in row.counted.people(row)])


def take_over(keys):
    """What is counted of rows that readers see no longer: public rows say already until when they saw them."""
    database = connections[DEFAULT_DB_ALIAS]
    for statement in (INCIDENTS, PEOPLE_OF_THEM):
        run_for_each(database, statement, [[key] for key in keys])


def forget(keys):
    """Of these rows nothing is known any more."""
    database = connections[DEFAULT_DB_ALIAS]
    for model in (PastPeople, PastIncident):
        run_for_each(database, f"DELETE FROM {model._meta.db_table} WHERE row_id = %s", [[key] for key in keys])  # noqa: S608 our own words


def clear():
    """Empty the tables, for a rebuild."""
    for model in (PastPeople, PastIncident):
        model.objects.all()._raw_delete(DEFAULT_DB_ALIAS)


def moving(model, past, more=()):
    """SQL that copies the rows of `model` of one public row to `past`; `more`: columns that the public row has."""
    names = [field.column for field in model._meta.local_concrete_fields if field.column != "id"]
    found = ", ".join([*(f'counted."{name}"' for name in names), *(f'public."{name}"' for name in more)])
    joined = f'"{model._meta.db_table}" AS counted JOIN "incidents_publishedincident" AS public ON public.edition_id = counted.row_id'
    columns = ", ".join(f'"{name}"' for name in [*names, *more])
    return f'INSERT INTO "{past._meta.db_table}" ({columns}) SELECT {found} FROM {joined} WHERE counted.row_id = %s'  # noqa: S608 no input


INCIDENTS = moving(CountedIncident, PastIncident, ["valid_to"])
PEOPLE_OF_THEM = moving(CountedPeople, PastPeople)
