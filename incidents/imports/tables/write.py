"""The second pass over editors' tables: one short transaction, all or nothing, recorded as a batch."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches, update_rows
from borderwatch.projection import lock
from incidents.imports.history import add_to_history, create_with_history
from incidents.imports.record_writing import add
from incidents.imports.tables.layouts import LAYOUTS
from incidents.imports.tables.parts import Parts
from incidents.models import Figure, ImportBatch, ImportedRecord, Label, Participation, StatementIncident
from sources.models import Article

PART_MODELS = (StatementIncident, Participation, Figure, Label)


def write_tables(plan, by=None):
    """Write a TablesPlan. Returns the ImportBatch, None where nothing is new or changed. Raises ValidationError.

    `by`: the user, or None for a command without an account.
    """
    if plan.errors:
        raise ValidationError([str(error) for error in plan.errors])
    if not (plan.new or plan.changed):
        return None
    try:
        with transaction.atomic():
            lock()
            return Writing(plan, by).all()
    except IntegrityError as error:
        raise ValidationError(_("The desk changed since this file was checked. Check it again.")) from error


class Writing:
    """One import: new records kind after kind, then changed ones, then what hangs on them."""

    def __init__(self, plan, by):
        self.plan, self.by = plan, by
        self.reason = _("Import of %(file)s") % {"file": plan.name}

    def all(self):
        self.refuse_if_overtaken()
        batch = ImportBatch(layout=self.plan.layout, file_name=self.plan.name[:255], sha256=self.plan.sha256, imported_by=self.by)
        batch.imported_by_name = self.by.get_username() if self.by else ""
        batch.save()
        for layout in LAYOUTS.values():
            self.create(layout, [row.record for row in self.plan.new if row.layout is layout])
        for layout in LAYOUTS.values():
            change_records([row for row in self.plan.changed if row.layout is layout], layout, self.by, self.reason)
        write_parts([*self.plan.new, *self.plan.changed], self.by, self.reason)
        rows = [imported(batch, row) for row in [*self.plan.new, *self.plan.changed]]
        ImportedRecord.objects.bulk_create(rows, batch_size=500)
        return batch

    def refuse_if_overtaken(self):
        if ImportBatch.objects.values_list("pk", flat=True).first() != self.plan.last_batch:
            raise ValidationError(_("Another import was written since this file was checked. Check it again."))

    def create(self, layout, records):
        """New records; a captured text is kept as the article's own save() keeps it."""
        own_kind = [field.name for field in layout.model._meta.fields if field.many_to_one and field.related_model is layout.model]
        captured = [record for record in records if layout.model is Article and record.text]
        plain = [record for record in records if record not in captured] if captured else records
        add(layout.model, plain, own_kind, self.by, self.reason)
        for record in captured:
            saved(record, self.by, self.reason)


def saved(record, by, reason):
    record._history_user, record._change_reason = by, reason[:100]
    record.save()


def imported(batch, row):
    return ImportedRecord(
        batch=batch,
        kind=row.layout.kind,
        uid=row.record.uid,
        key=row.lasting_key,
        sheet=row.sheet,
        row=row.number,
        is_new=row.is_new,
        told=row.told,
        before={path: before for path, before, _after in row.changes},
        version=row.record.version,
    )


# Changed records, many at once


def change_records(rows, layout, by, reason):
    """Save changed records unless somebody saved one since it was read (ValidationError that names the rows)."""
    refuse_stale(rows, layout.model)
    for row in rows:
        row.record.version += 1
    captured = [row.record for row in rows if layout.model is Article and any(path == "text" for path, *_rest in row.changes)]
    for record in captured:
        record.version -= 1
        saved(record, by, reason)
    records = [row.record for row in rows if row.record not in captured] if captured else [row.record for row in rows]
    written = {*layout.columns, "version", "span_start", "span_end"} - {"id"}
    fields = [field for field in layout.model._meta.concrete_fields if field.name in written]
    for some in in_batches(records, 1000):
        values = [(record.pk, [value_of(record, field) for field in fields]) for record in some]
        update_rows(layout.model, [field.name for field in fields], values)
    add_to_history(layout.model, [record.pk for record in records], "~", by, reason)


def value_of(record, field):
    """A foreign key may name a record that this import made."""
    value = getattr(record, field.name)
    return value and value.pk if field.many_to_one else value


def refuse_stale(rows, model):
    """Nobody is overwritten: what somebody saved since the file was checked is named."""
    stale = []
    by_pk = {row.record.pk: row for row in rows}
    for pks in in_batches(by_pk, 1000):
        versions = dict(model.objects.select_for_update().filter(pk__in=pks).values_list("pk", "version"))
        stale += [by_pk[pk] for pk in pks if versions.get(pk) != by_pk[pk].version]
    if stale:
        words = _("row %(row)d: “%(record)s” was changed by somebody else since this file was checked. Check it again.")
        raise ValidationError([words % {"row": row.number, "record": row.record} for row in stale])


# What hangs on records


def write_parts(rows, by, reason):
    """Figures, labels, links and participants of all rows, then plain lists."""
    parts = Parts()
    for row in rows:
        parts.add(row.parts)
    new, changed, gone = (by_model(found) for found in (parts.new, parts.changed, parts.gone))
    for model in PART_MODELS:
        delete_parts(model, gone[model], by, reason)
        create_with_history(model, new[model], by, reason)
        change_parts(model, changed[model], by, reason)
    set_lists(rows)


def by_model(parts):
    found = defaultdict(list)
    for part in parts:
        found[type(part)].append(part)
    return found


def change_parts(model, parts, by, reason):
    fields = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    update_rows(model, [field.name for field in fields], [(part.pk, [value_of(part, field) for field in fields]) for part in parts])
    add_to_history(model, [part.pk for part in parts], "~", by, reason)


def delete_parts(model, parts, by, reason):
    for part in parts:
        part._history_user, part._change_reason = by, reason[:100]
        part.delete()


def set_lists(rows):
    for row in rows:
        for name, members in row.parts.many:
            getattr(row.record, name).set(members)
