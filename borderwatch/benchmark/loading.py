"""Loading a great many rows: indexes that only questions need are taken away and made again afterwards, and nothing waits for the disk.

For made-up records alone: a process that is killed meanwhile leaves a record without those indexes.
"""

from contextlib import contextmanager

from django.db import connection

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql LIKE 'CREATE INDEX%%'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = %s "
    "AND indexdef LIKE 'CREATE INDEX%%'",
}
QUICK = {
    "sqlite": ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -262144"),
    "postgresql": ("SET synchronous_commit = off", "SET maintenance_work_mem = '256MB'"),
}
AS_BEFORE = {
    "sqlite": ("PRAGMA synchronous = FULL", "PRAGMA cache_size = -2000"),
    "postgresql": ("RESET synchronous_commit", "RESET maintenance_work_mem"),
}


@contextmanager
def without_indexes(tables):
    """Take the indexes of `tables` away, but for those that keep rows unique, and make them again at the end."""
    with connection.cursor() as cursor:
        run(cursor, QUICK[connection.vendor])
        found = [index for table in tables for index in indexes_of(cursor, table)]
        run(cursor, [f'DROP INDEX "{name}"' for name, _made in found])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            run(cursor, [made for _name, made in found])
            run(cursor, AS_BEFORE[connection.vendor])


def indexes_of(cursor, table):
    """(name, statement that makes it)"""
    cursor.execute(INDEXES[connection.vendor], [table])
    return cursor.fetchall()


def run(cursor, statements):
    for statement in statements:
        cursor.execute(statement)
