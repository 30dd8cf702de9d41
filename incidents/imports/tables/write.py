"""The second pass over editors' tables: one short transaction, all or nothing, recorded as a batch."""

from collections import Counter, defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches, update_rows
from borderwatch.projection import lock
from incidents.imports.history import add_to_history, create_with_history
from incidents.imports.staging import Staged
from incidents.imports.tables.layouts import LAYOUTS
from incidents.imports.tables.parts import Parts
from incidents.imports.write import written_or_refused
from incidents.models import Figure, ImportBatch, ImportedRecord, Label, Participation, StatementIncident
from sources.models import Article

PART_MODELS = (StatementIncident, Participation, Figure, Label)


def write_tables(plan, by=None):
    """Write a TablesPlan. Returns the ImportBatch, None where nothing is new or changed. Raises ValidationError.

    `by`: the user, or None for a command without an account.
    """
    return prepare_tables(plan, by).write()


def prepare_tables(plan, by=None):
    """The Writing of a plan, with all new rows made: nobody has to wait for that."""
    if plan.errors:
        raise ValidationError([str(error) for error in plan.errors])
    return Writing(plan, by)


class Writing:
    """One import: new records with what hangs on them, then changed ones."""

    def __init__(self, plan, by):
        self.plan, self.by = plan, by
        self.reason = _("Import of %(file)s") % {"file": plan.name}
        self.staged, self.rows = Staged(), [*plan.new, *plan.changed]
        self.parts = all_parts(self.rows)
        if self.rows:
            self.make_ready()

    def make_ready(self):
        """Every row that is new, with a key of its own. An article with a captured text is saved by itself, as that text needs."""
        name = self.by.get_username() if self.by else ""
        words = {"file_name": self.plan.name[:255], "sha256": self.plan.sha256, "imported_at": timezone.now()}
        self.batch = ImportBatch(layout=self.plan.layout, imported_by=self.by, imported_by_name=name, **words)
        records = [row.record for row in self.plan.new]
        new, self.parts.new = [self.batch, *records, *self.parts.new], []
        members = Counter(through for row in self.plan.new for through, _member in listed(row))
        self.staged.reserve(Counter(map(type, new)) + members + Counter({ImportedRecord: len(records)}))
        for one in new:
            self.staged.keyed(one)
        self.captured = {record for record in records if isinstance(record, Article) and record.text}
        for some in in_batches(one for one in new if one not in self.captured):
            self.staged.add(some)
        for some in in_batches(self.plan.new):
            told = [imported(self.batch, row) for row in some] + [link for row in some for link in links(row)]
            self.staged.add(map(self.staged.keyed, told))

    def write(self):
        """The short transaction. Returns the ImportBatch, or None when there is nothing to write."""
        with written_or_refused(self.staged):
            if self.rows:
                self.write_all()
                return ImportBatch.objects.get(pk=self.batch.pk)

    @transaction.atomic
    def write_all(self):
        """In PostgreSQL nobody who publishes has to wait for the rows: the lock comes after them."""
        self.refuse_if_overtaken()
        for record in self.captured:
            saved(record, self.by, self.reason)
        self.staged.write(self.by, self.reason)
        for layout in LAYOUTS.values():
            change_records([row for row in self.plan.changed if row.layout is layout], layout, self.by, self.reason)
        write_parts(self.parts, self.by, self.reason)
        set_lists(self.plan.changed)
        ImportedRecord.objects.bulk_create([imported(self.batch, row) for row in self.plan.changed], batch_size=500)
        lock()
        self.refuse_if_overtaken()

    def refuse_if_overtaken(self):
        before = ImportBatch.objects.exclude(pk=self.batch.pk).values_list("pk", flat=True).first()
        if before != self.plan.last_batch:
            raise ValidationError(_("Another import was written since this file was checked. Check it again."))


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


def all_parts(rows):
    parts = Parts()
    for row in rows:
        parts.add(row.parts)
    return parts


def write_parts(parts, by, reason):
    """Figures, labels, links and participants."""
    new, changed, gone = (by_model(found) for found in (parts.new, parts.changed, parts.gone))
    for model in PART_MODELS:
        delete_parts(model, gone[model], by, reason)
        create_with_history(model, new[model], by, reason)
        change_parts(model, changed[model], by, reason)


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


def listed(row):
    """(model of the link, member) of every list of a new record."""
    return [(getattr(type(row.record), name).through, member) for name, members in row.parts.many for member in members]


def links(row):
    """The links of a new record to the members of its lists, unsaved."""
    for through, member in listed(row):
        owner, other = [field for field in through._meta.concrete_fields if field.many_to_one]
        yield through(**{owner.attname: row.record.pk, other.attname: member.pk})


def set_lists(rows):
    for row in rows:
        for name, members in row.parts.many:
            getattr(row.record, name).set(members)
