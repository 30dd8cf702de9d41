"""Triggers that make the ledger append-only on SQLite and PostgreSQL.

They are created after every migrate, because SQLite rebuilds a table to alter it and drops its triggers silently.
Sealing, an erasure of an edition's content and salt that leaves everything else, is the one change they let through.
"""

from django.db import connection

LEDGER = ("borderwatch_release", "borderwatch_edition")
KEPT = "sequence release_id record uid public_id number kind merged_into schema digest chain".split()
"""Columns of an edition that sealing leaves as they are."""

SQLITE = {
    "{table}_no_delete": "BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "{table}_no_update": "BEFORE UPDATE ON {table} WHEN NOT ({sealing}) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "{table}_no_replace": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE sequence = NEW.sequence{same_number}) "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
}
POSTGRESQL = {
    "{table}_no_delete": "BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION borderwatch_ledger_is_append_only()",
    "{table}_no_update": "BEFORE UPDATE ON {table} FOR EACH ROW WHEN (NOT ({sealing})) "
    "EXECUTE FUNCTION borderwatch_ledger_is_append_only()",
    "{table}_no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION borderwatch_ledger_is_append_only()",
}
FUNCTION = """CREATE OR REPLACE FUNCTION borderwatch_ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"""


def statements():
    """(table, trigger name, body) of every trigger this database must have."""
    same = "NEW.{0} IS OLD.{0}" if connection.vendor == "sqlite" else "NEW.{0} IS NOT DISTINCT FROM OLD.{0}"
    sealing = {
        "borderwatch_edition": " AND ".join([*(same.format(column) for column in KEPT), "NEW.content = ''", "NEW.salt = ''"]),
        "borderwatch_release": "1 = 0",
    }
    same_number = {"borderwatch_edition": " OR (record = NEW.record AND uid = NEW.uid AND number = NEW.number)", "borderwatch_release": ""}
    bodies = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    for table in LEDGER:
        for name, body in bodies.items():
            words = {"table": table, "sealing": sealing[table], "same_number": same_number[table]}
            yield table, name.format(**words), body.format(**words)


def create():
    """Put every trigger in place (again)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table, name, body in statements():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def drop():
    """For tests that must empty the tables; dangerous anywhere else."""
    with connection.cursor() as cursor:
        for table, name, _body in statements():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def missing():
    """Names of triggers that this database lacks."""
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(question[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return [name for _table, name, _body in statements() if name not in present]


def create_after_migrate(sender, **kwargs):
    """post_migrate: the ledger's tables exist once borderwatch itself is migrated."""
    if set(LEDGER) <= set(connection.introspection.table_names()):
        create()
