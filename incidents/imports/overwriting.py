"""Rows of the desk as an import will leave them, made ready as new ones are (staging.py): the database itself brings them to the desk."""

from collections import Counter, defaultdict

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from simple_history.utils import get_m2m_field_name

from borderwatch.batches import ASKED, in_batches
from incidents.imports.history import copy_list_to_history, copy_to_history, stamps
from incidents.imports.staging import by_model, make_staging_table, quoted, run, stage


class Overwriting:
    """Rows of several models that will be changed or taken away.

    Nobody's work is overwritten: a record must have the version that it was read in, and the history must tell nothing new of rows of
    `watched` models, which have no version.
    """

    def __init__(self, *watched):
        self.staged, self.gone = Counter(), defaultdict(list)
        self.last_lines = {model: model.history.aggregate(last=Max("history_id"))["last"] or 0 for model in watched}

    def change(self, rows):
        """Stage rows of any models as they will be, each once; of a record, in the version that comes next."""
        for model, found in by_model(rows).items():
            if model not in self.staged:
                make_staging_table(model, changing_table(model))
            self.staged[model] += len(found)
            stage(found, changing_table(model))

    def take_away(self, rows):
        """Rows that nothing hangs on but links of their own lists."""
        for row in rows:
            self.gone[type(row)].append(row.pk)

    def write(self, by, reason):
        """Bring all to the desk; the history says that `by` (None for a command without an account) did it, and why.

        Raises ValidationError where somebody saved one of the rows after it was read.
        """
        for model, count in self.staged.items():
            if self.was_saved(model) or overwrite(model) != count:
                raise ValidationError(_("The desk changed since this file was checked. Check it again."))
            tell_history(model, stamps("~", by, reason))
        for model, keys in self.gone.items():
            for some in in_batches(keys, ASKED):
                copy_to_history(model, stamps("-", by, reason), pks=some)
                remove(model, some)

    def was_saved(self, model):
        """Whether the history of a watched model tells of one of the rows since they were read."""
        lines, last = quoted(model.history.model._meta.db_table), self.last_lines.get(model)
        words = f"SELECT 1 FROM {lines} WHERE history_id > %s AND id IN ({staged_keys(model)}) LIMIT 1"  # noqa: S608 no input
        with connection.cursor() as cursor:
            return last is not None and bool(cursor.execute(words, [last]).fetchone())

    def forget(self):
        """Drop the temporary tables."""
        for model in self.staged:
            run(f"DROP TABLE {quoted(changing_table(model))}")
        self.staged, self.gone = Counter(), defaultdict(list)


def changing_table(model):
    return f"changed_{model._meta.db_table}"


def staged_keys(model):
    return f"SELECT id FROM {quoted(changing_table(model))}"  # noqa: S608 no input


def overwrite(model):
    """Write the staged rows over those of the desk; what publishing gives them stays. Returns how many."""
    fields = [field for field in model._meta.concrete_fields if (field.editable and not field.primary_key) or field.name == "version"]
    columns = ", ".join(f"{quoted(field.column)} = staged.{quoted(field.column)}" for field in fields)
    own, staged = quoted(model._meta.db_table), quoted(changing_table(model))
    is_same = "own.id = staged.id" + (" AND own.version = staged.version - 1" if hasattr(model, "version") else "")
    return run(f"UPDATE {own} AS own SET {columns} FROM {staged} AS staged WHERE {is_same}")  # noqa: S608 no input


def tell_history(model, stamps):
    """One line for each of the overwritten rows, with their lists."""
    copy_to_history(model, stamps, f"{quoted(model._meta.db_table)} WHERE id IN ({staged_keys(model)})")
    for field in model.history.model._history_m2m_fields:
        through = field.remote_field.through._meta
        owner, links = quoted(through.get_field(get_m2m_field_name(field)).column), quoted(through.db_table)
        copy_list_to_history(model, field, f"(SELECT * FROM {links} WHERE {owner} IN ({staged_keys(model)}))")  # noqa: S608 no input


def remove(model, keys):
    """Delete rows, with the links of their own lists."""
    for field in model._meta.local_many_to_many:
        through = field.remote_field.through
        ends = [Q(**{f"{end.name}__in": keys}) for end in through._meta.concrete_fields if end.related_model is model]
        for one in ends:
            through.objects.filter(one)._raw_delete(connection.alias)
    model._default_manager.filter(pk__in=keys)._raw_delete(connection.alias)
