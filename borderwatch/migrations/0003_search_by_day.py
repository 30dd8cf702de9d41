# ruff: noqa: S608 (no text of a reader stands in a statement)
"""The index's keys sort as lists do; what stood there under sequences gets its new keys."""

from django.db import migrations

from borderwatch.search import KINDS, TABLE, create_table, key_of

DATED = {"statement": ("incidents_publishedstatement", "said_on"), "incident": ("incidents_publishedincident", "date_start")}


def give_new_keys(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.sequence, e.record FROM borderwatch_edition e WHERE e.sequence IN (SELECT {old(cursor)} FROM {TABLE})")
        records = dict(cursor.fetchall())
        days = {}
        for table, column in DATED.values():
            if table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT edition_id, {column} FROM {table}")
                days.update(cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} RENAME COLUMN sequence TO key") if old(cursor) == "sequence" else None
            keys = [(key_of(record, days.get(sequence), sequence), sequence) for sequence, record in records.items() if record in KINDS]
            cursor.executemany(f"UPDATE {TABLE} SET key = %s WHERE key = %s", keys)
            return
        cursor.execute(f"SELECT rowid, words FROM {TABLE}")
        words = [(key_of(records[row], days.get(row), row), text) for row, text in cursor.fetchall() if records.get(row) in KINDS]
        cursor.execute(f"DROP TABLE {TABLE}")
    create_table(apps, schema_editor)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)", words)


def old(cursor):
    """The column of the keys as it was called; a new record has it under its new name from the start."""
    if cursor.db.vendor == "sqlite":
        return "rowid"
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name = 'sequence'", [TABLE])
    return "sequence" if cursor.fetchone() else "key"


class Migration(migrations.Migration):
    dependencies = [("borderwatch", "0002_search")]

    operations = [migrations.RunPython(give_new_keys, migrations.RunPython.noop)]
