"""Many new rows at once, each with its line in the history. The history is copied inside the database: the lock is held half as long."""

from django.db import connection
from django.utils import timezone
from simple_history.utils import get_m2m_field_name

from borderwatch.batches import ASKED, in_batches


def create_with_history(model, rows, by, reason):
    """Create `rows`; the history says that `by` (None for a command without an account) made them, and why."""
    if rows:
        model._default_manager.bulk_create(rows, batch_size=500)
        add_to_history(model, [row.pk for row in rows], "+", by, reason)


def add_to_history(model, pks, how, by, reason):
    """Remember rows as they stand now; `how`: "+" made, "~" changed."""
    for some in in_batches(pks, ASKED):
        copy_to_history(model, stamps(how, by, reason), pks=some)
        for field in model.history.model._history_m2m_fields:
            copy_list_to_history(model, field, pks=some)


def stamps(how, by, reason):
    """The columns that only the history has."""
    return {
        "history_date": timezone.now(),
        "history_type": how,
        "history_user_id": by and by.pk,
        "history_change_reason": reason[:100],
    }


def copy_to_history(model, stamps, origin=None, pks=()):
    """Copy rows of the model, or those of the table `origin` that is like it, to its history; `pks`: these alone."""
    history, quote = model.history.model._meta, connection.ops.quote_name
    fields = {field.column: field for field in history.concrete_fields}
    own = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
    stamped = ", ".join(quote(column) for column in stamps)
    values = [fields[column].get_db_prep_save(value, connection) for column, value in stamps.items()]
    words = f"INSERT INTO {quote(history.db_table)} ({own}, {stamped}) SELECT {own}, {', '.join(['%s'] * len(stamps))} "
    words += f"FROM {origin or quote(model._meta.db_table)}"
    if pks:
        words += f" WHERE {quote(model._meta.pk.column)} IN ({', '.join(['%s'] * len(pks))})"
    with connection.cursor() as cursor:
        cursor.execute(words, [*values, *pks])


def copy_list_to_history(model, field, origin=None, pks=()):
    """Let the last line of rows tell the members of their many-to-many `field` too, else they would seem removed.

    The links are read from the table `origin`, which is like that of the field, or from its own; `pks`: those of these rows alone.
    """
    history, through, quote = model.history.model, field.remote_field.through, connection.ops.quote_name
    lists = next(one.related_model for one in history._meta.related_objects if one.related_model.__name__.endswith(f"_{field.name}"))
    owner = quote(through._meta.get_field(get_m2m_field_name(field)).column)
    own = ", ".join(quote(one.column) for one in through._meta.concrete_fields)
    last = f"SELECT MAX(line.history_id) FROM {quote(history._meta.db_table)} line WHERE line.id = member.{owner}"  # noqa: S608 no input
    words = f"INSERT INTO {quote(lists._meta.db_table)} ({own}, history_id) SELECT {own}, ({last}) "
    words += f"FROM {origin or quote(through._meta.db_table)} member"
    if pks:
        words += f" WHERE {owner} IN ({', '.join(['%s'] * len(pks))})"
    with connection.cursor() as cursor:
        cursor.execute(words, pks)
