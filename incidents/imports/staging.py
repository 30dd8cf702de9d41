"""New rows made ready where nobody has to wait for it: with keys of their own, in temporary tables that this connection alone sees.

Then the database itself copies them to the desk and to the history, some three hundred thousand rows a second: so long others wait.
"""

from collections import defaultdict

from django.db import connection, transaction

from borderwatch.batches import insert_prepared, prepared_rows
from incidents.imports.history import copy_list_to_history, copy_to_history, stamps


class Staged:
    """New rows of several models."""

    def __init__(self):
        self.keys, self.models = {}, []

    def reserve(self, counts):
        """Keys for new rows; `counts`: model → how many there can be of it."""
        self.keys = reserve(counts)

    def keyed(self, row):
        """`row` with the primary key that it will have: others can name it at once."""
        row.pk = next(self.keys[type(row)])
        return row

    def add(self, rows):
        """Stage `rows` of any models, in any order: what they name is checked when they are written."""
        for model, found in by_model(rows).items():
            if model not in self.models:
                make_staging_table(model, staging_table(model))
                self.models.append(model)
            stage(found, staging_table(model))

    def write(self, by, reason):
        """Copy all of them to the desk; the history says that `by` (None for a command without an account) made them, and why."""
        for model in self.models:
            own, staged = columns_of(model), quoted(staging_table(model))
            run(f"INSERT INTO {quoted(model._meta.db_table)} ({own}) SELECT {own} FROM {staged}")  # noqa: S608 no input
            if hasattr(model, "history"):
                copy_to_history(model, stamps("+", by, reason), staged)
        for owner, field in self.lists():
            copy_list_to_history(owner, field, quoted(staging_table(field.remote_field.through)))
        if connection.vendor == "postgresql":
            connection.check_constraints()  # here and not at the end, when others may wait

    def lists(self):
        """(model, field) of the lists whose links are staged and that the history tells."""
        for model in self.models:
            owner = model._meta.auto_created
            for field in owner.history.model._history_m2m_fields if owner else ():
                if field.remote_field.through is model:
                    yield owner, field

    def forget(self):
        """Drop the temporary tables."""
        for model in self.models:
            run(f"DROP TABLE {quoted(staging_table(model))}")
        self.models = []


def by_model(rows):
    """Model → rows."""
    found = defaultdict(list)
    for row in rows:
        found[type(row)].append(row)
    return found


def stage(rows, table):
    """Write rows of one model to a table like its own."""
    model = type(rows[0])
    fields = model._meta.concrete_fields
    values = ([value_of(row, field) for field in fields] for row in rows)
    insert_prepared(model, fields, prepared_rows(fields, values, connection), table)


def value_of(row, field):
    """The value of a column; a foreign key may name a row that had no key yet when it was named."""
    value = getattr(row, field.attname)
    if value is None and field.many_to_one and field.is_cached(row):
        named = field.get_cached_value(row)
        return named and named.pk
    return value


# Keys


def reserve(counts):
    """Model → so many primary keys that nobody else is given. What is not used is left out for good."""
    with transaction.atomic():
        return {model: iter(RESERVE[connection.vendor](model, count)) for model, count in counts.items() if count}


def reserve_in_sqlite(model, count):
    """Django's keys are AUTOINCREMENT: the next one follows the one that SQLite wrote down for the table."""
    table, key = model._meta.db_table, quoted(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            last = f"SELECT %s, COALESCE(MAX({key}), 0) + %s FROM {quoted(table)}"  # noqa: S608 no input
            cursor.execute(f"INSERT INTO sqlite_sequence (name, seq) {last}", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)


def reserve_in_postgresql(model, count):
    words = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(words, [quoted(model._meta.db_table), model._meta.pk.column, count])
        return [key for (key,) in cursor.fetchall()]


RESERVE = {"sqlite": reserve_in_sqlite, "postgresql": reserve_in_postgresql}


# Tables


def staging_table(model):
    return f"staged_{model._meta.db_table}"


def make_staging_table(model, table):
    like = f"SELECT {columns_of(model)} FROM {quoted(model._meta.db_table)} LIMIT 0"  # noqa: S608 no input
    run(f"DROP TABLE IF EXISTS {quoted(table)}")
    run(f"CREATE TEMPORARY TABLE {quoted(table)} AS {like}")


def columns_of(model):
    return ", ".join(quoted(field.column) for field in model._meta.concrete_fields)


def quoted(name):
    return connection.ops.quote_name(name)


def run(words):
    """How many rows the statement wrote."""
    with connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.rowcount
