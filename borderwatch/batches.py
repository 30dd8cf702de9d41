"""Many rows, a bounded number at a time: databases limit how many values one question may hold."""

from itertools import islice

from django.db import connection

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
