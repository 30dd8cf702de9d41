"""Many rows, a bounded number at a time: databases limit how many values one question may hold."""

from itertools import islice
from operator import attrgetter

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
"""What it takes as it is for any field."""


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
    run_for_each(database, update, [[*prepared(fields, values, database), key] for key, values in rows])


def insert_rows(model, rows):
    """Write new instances, whose primary keys are set or given by the database: one prepared statement for all of them."""
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    read = attrgetter(*(field.attname for field in fields))
    insert_values(model, fields, map(read, rows))


def insert_links(model, names, links):
    """Write rows of a link table, tuples of values in the order of `names`, without making an instance of each."""
    insert_values(model, [model._meta.get_field(name) for name in names], links)


def insert_values(model, fields, rows):
    database = connections[DEFAULT_DB_ALIAS]
    insert_prepared(model, fields, [prepared(fields, values, database) for values in rows])


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


def prepared(fields, values, database):
    """Values as the database takes them; texts and numbers need nothing done to them."""
    return [
        value
        if type(value) in AS_THEY_ARE or (type(value) is str and isinstance(field, PLAIN))
        else field.get_db_prep_save(value, database)
        for field, value in zip(fields, values, strict=True)
    ]


def run_for_each(database, statement, rows):
    with database.cursor() as cursor:
        cursor.executemany(statement, rows)
