# ruff: noqa: S608 (no text of a reader stands in a statement)
"""Keys of words with 31 bits for the edition in place of 38: of longer ones FTS5 lost some where it read several words newest first."""

from django.db import migrations

from borderwatch.search import CREATE, KEY, TABLE

BEFORE = f"{TABLE}_before"
LONGER = 1 << 56
"""From here on a key is one of before; those of sources have no day and stay as they are."""


def shorter(key):
    """SQL: a key as it is now. Kind, day and edition stood at bits 60, 38 and 0."""
    now = f"(({key} >> 60) << 53) | ((({key} >> 38) & {(1 << 22) - 1}) << 31) | ({key} & {(1 << 31) - 1})"
    return f"CASE WHEN {key} < {LONGER} THEN {key} ELSE {now} END"


def shorten(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"UPDATE {TABLE} SET key = {shorter('key')} WHERE key >= {LONGER}")
            return
        cursor.execute(f"ALTER TABLE {TABLE} RENAME TO {BEFORE}")
        for statement in CREATE["sqlite"]:
            cursor.execute(statement)
        cursor.execute(f"INSERT INTO {TABLE} (rowid, words) SELECT {shorter(KEY['sqlite'])}, words FROM {BEFORE} ORDER BY rowid")
        cursor.execute(f"DROP TABLE {BEFORE}")


class Migration(migrations.Migration):
    dependencies = [("borderwatch", "0010_search_terms")]

    operations = [migrations.RunPython(shorten, migrations.RunPython.noop)]
