"""Many rows, a bounded number at a time: databases limit how many values one question may hold."""

from itertools import islice

from django.db import connection
from django.db.models import AutoField

BATCH = 200
"""Rows composed at a time: bounds memory and the length of one write."""
ASKED = 5000
"""Values in one question to the database; SQLite allows 32,766."""


def in_batches(values, size=BATCH):
    values = iter(values)
    while batch := list(islice(values, size)):
        yield batch


def update_rows(model, names, rows):
    """Write the columns `names` of `rows`, (primary key, values in the order of names): one prepared statement for all of them."""
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    update = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {quote(model._meta.pk.column)} = %s"  # noqa: S608 no input
    prepared = [
        [*(field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)), key] for key, values in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(update, prepared)


def insert_rows(model, rows):
    """Write new rows, whose primary keys are set or given by the database: one prepared statement for all of them."""
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    columns = ", ".join(quote(field.column) for field in fields)
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 no input
    prepared = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(insert, prepared)
