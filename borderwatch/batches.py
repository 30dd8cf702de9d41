"""Many rows, a bounded number at a time: databases limit how many values one question may hold."""

import datetime
from itertools import islice
from operator import attrgetter
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import AutoField, CharField, TextField

BATCH = 200
"""Rows composed at a time: bounds memory and the length of one write."""
ASKED = 5000
"""Values in one question to the database; SQLite allows 32,766."""

COPIED = 20
"""From so many rows on, PostgreSQL gets them by COPY."""

PLAIN = (CharField, TextField)
"""Fields whose texts the database takes as they are."""
AS_THEY_ARE = (int, bool, float, type(None))
"""What it takes as it is."""
SHARED = (str, UUID, datetime.date, datetime.datetime)
"""What often stands in many rows of a column."""


def in_batches(values, size=BATCH):
    values = iter(values)
    while batch := list(islice(values, size)):
        yield batch


def update_rows(model, names, rows):
    """Write the columns `names` of `rows`, (primary key, values in the order of names): one prepared statement for all of them."""
    database = connections[DEFAULT_DB_ALIAS]
    quote = database.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    update = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(model._meta.pk.column)} = %s"  # noqa: S608 no input
    values = prepared_rows(fields, [values for _key, values in rows], database)
    run_for_each(database, update, [(*values, key) for values, (key, _values) in zip(values, rows, strict=True)])


def insert_rows(model, rows):
    """Write new instances, whose primary keys are set or given by the database: one prepared statement for all of them."""
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    read = attrgetter(*(field.attname for field in fields))
    insert_values(model, fields, map(read, rows))


def insert_links(model, names, links):
    """Write rows of a link table, tuples of values in the order of `names`, without making an instance of each."""
    insert_values(model, [model._meta.get_field(name) for name in names], links)


def insert_values(model, fields, rows):
    insert_prepared(model, fields, prepared_rows(fields, rows, connections[DEFAULT_DB_ALIAS]))


def insert_prepared(model, fields, rows, table=None):
    """Write rows of values as the database takes them, in the order of `fields`; `table`: another one with the model's columns."""
    database, table = connections[DEFAULT_DB_ALIAS], table or model._meta.db_table
    if database.vendor == "postgresql" and len(rows) >= COPIED:
        copy_rows(database, table, fields, rows)
        return
    quote = database.ops.quote_name
    columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(table)} ({columns}) VALUES ({places})"  # noqa: S608 no input
    run_for_each(database, insert, rows)


def copy_rows(database, table, fields, rows):
    """PostgreSQL's COPY, which takes a fraction of what statements take."""
    quote = database.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    with database.cursor() as cursor, cursor.copy(f"COPY {quote(table)} ({columns}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


def prepared_rows(fields, rows, database):
    """Rows of values as the database takes them."""
    columns = [prepared_column(field, values, database) for field, values in zip(fields, zip(*rows, strict=True), strict=False)]
    return list(zip(*columns, strict=True))


def prepared_column(field, values, database):
    """Values of one field: what many rows share, a moment or the record that they name, is prepared once."""
    known = {}
    return [as_taken(field, value, database, known) for value in values]


def as_taken(field, value, database, known):
    """Texts and numbers need nothing done to them."""
    kind = type(value)
    if kind in AS_THEY_ARE or (kind is str and isinstance(field, PLAIN)):
        return value
    if kind not in SHARED:
        return field.get_db_prep_save(value, database)
    if value not in known:
        known[value] = field.get_db_prep_save(value, database)
    return known[value]


def prepared(fields, values, database):
    """The values of one row as the database takes them."""
    return [as_taken(field, value, database, {}) for field, value in zip(fields, values, strict=True)]


def run_for_each(database, statement, rows):
    with database.cursor() as cursor:
        cursor.executemany(statement, rows)
