"""Rows of a list that hold words, newest first: the index of words gives their keys, and no other row is read."""

import datetime
import json
from collections import namedtuple
from functools import cache

from django.db import connection, connections
from django.db.models.expressions import F, RawSQL

from borderwatch import search
from borderwatch.public.caching import remembered

NEWEST_TRIED, MOST_TRIED = (1.5, 5, 80), 20_000
"""How many times a page's rows, of the newest that hold a word, are read before all of them are."""
ENOUGH = 1.25
"""Of these, where whole days hold so many times a page's rows, the rest of the last day is left out: some are earlier editions."""
CROWDED_FROM, CROWDED_DAYS = 8, 3
"""From how many times a page's rows on, within so many days, rows are read in the order of the list until the page is full."""
NO_OTHER_ROWS = {"q", "ordering", "limit", "cursor", "fields"}
"""Parameters besides which nothing narrows the rows."""


def rows_with_words(asked, start, version, in_page):
    """The rows of a page and one more; None where too few of the newest that hold the words are kept by all else that was asked.

    `start`: the Position of the page; `in_page(rows)`: those of the page among the rows of a queryset.
    """
    words, until = expression(asked.words_asked, version), start.value if start else None
    asked.filters["q"].expression = words
    for times in NEWEST_TRIED:
        most, enough = (int(part * (asked.limit + 1)) for part in (times, ENOUGH))
        keys, are_all = search.newest_days(asked.queryset.model.record, words, most, enough, until)
        if len(keys) > MOST_TRIED:
            return None
        found = rows_with_keys(asked, keys, start, in_page)
        if are_all or len(found) > asked.limit:
            return found
    return None


def rows_with_keys(asked, keys, start, in_page):
    if are_crowded(asked, keys):
        return in_page(in_their_days(asked, keys))
    if set(asked.given) <= NO_OTHER_ROWS:
        return listed(asked, keys, start)
    return in_page(asked.rows_but_for_words().filter(pk__in=numbers_of(keys)))


def numbers_of(keys):
    """The keys of rows that stand in keys of words."""
    return [key & search.SEQUENCE for key in keys]


def are_crowded(asked, keys):
    """Whether far more rows than a page holds stand on a few days, so that most rows of these days are meant."""
    return (
        len(keys) > CROWDED_FROM * (asked.limit + 1)
        and search.day_of(keys[-1])
        and search.day_of(keys[0]) < search.day_of(keys[-1]) + CROWDED_DAYS
    )


def in_their_days(asked, keys):
    """The same rows, told by their days: the sum keeps databases from looking up each by its key."""
    first, last = (datetime.date.fromordinal(search.day_of(key)) for key in (keys[-1], keys[0]))
    given = RawSQL(GIVEN[connection.vendor], [as_given(numbers_of(keys))])  # noqa: S611 the values are parameters
    days = {f"{asked.sort[0]}__gte": first, f"{asked.sort[0]}__lte": last}
    return asked.rows_but_for_words().filter(**days).alias(key=F("pk") + 0).filter(key__in=given)


def expression(words, version):
    """What the index is asked, worked out once for each state of the record: which of its words begin so changes with it."""
    return remembered(f"words {words}", version, lambda: search.expression(words))


# Rows by their keys alone


def listed(asked, keys, start):
    """Of the rows that readers see now, those with these keys that stand beyond `start`: a page and one more, as paging orders them.

    Put in order here: Django takes longer to write such a question, with all its values, than the database to answer it.
    """
    model, columns = asked.queryset.model, (asked.queryset.model.list_item, asked.sort[0], asked.id_column)
    rows = stored(model, columns, keys)

    def by_id(known):
        return (len(known), known) if asked.ids_have_no_fixed_length else known

    if start is not None:
        edge, last = str(start.value or ""), by_id(start.id)
        rows = [row for row in rows if (day := str(row[1] or "")) < edge or day == edge and by_id(row[2]) > last]
    rows.sort(key=lambda row: by_id(row[2]))
    rows.sort(key=lambda row: str(row[1] or ""), reverse=True)  # as ISO 8601, unknown days last; equal ones stay in the order of ids
    row, text = row_of(columns), text_of(model, columns[0])
    return [row(text(item), as_day(day), known) for item, day, known in rows[: asked.limit + 1]]


def as_day(value):
    """A date as SQLite or PostgreSQL has it."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


row_of = cache(lambda columns: namedtuple("Row", columns))


@cache
def text_of(model, column):
    """What makes text of a column as it is stored."""
    field = model._meta.get_field(column)
    return (lambda value: field.from_db_value(value, None, None)) if hasattr(field, "from_db_value") else str


def as_given(keys):
    return json.dumps(keys) if connection.vendor == "sqlite" else keys


GIVEN = {"sqlite": "SELECT value FROM json_each(%s)", "postgresql": "SELECT unnest(%s::bigint[])"}


def stored(model, columns, keys):
    """The columns, as the database has them, of those rows that readers see now."""
    with connections[model.objects.db].cursor() as cursor:
        cursor.execute(stored_sql(model, columns, model.objects.db), [as_given(numbers_of(keys))])
        return cursor.fetchall()


@cache
def stored_sql(model, columns, alias):
    """The question behind `stored`, as `current()` says it; its one value are the keys."""
    given = RawSQL(GIVEN[connection.vendor], ["?"])  # noqa: S611 the values are parameters
    sql, _keys = model.objects.using(alias).current().filter(pk__in=given).values_list(*columns).query.get_compiler(alias).as_sql()
    return sql
