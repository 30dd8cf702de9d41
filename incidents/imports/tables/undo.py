"""Taking an import of editors' tables back: new records go, changed ones are as before, as long as nobody built on them."""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from incidents.imports.tables.directory import Directory
from incidents.imports.tables.layouts import BY_KIND, LAYOUTS
from incidents.imports.tables.parts import figure_key, parts_of
from incidents.imports.tables.rows import Row
from incidents.imports.tables.state import put
from incidents.imports.tables.write import all_parts, change_records, set_lists, write_parts
from incidents.models import ImportedRecord

MOST_NAMED = 50
"""Problems that a refusal names, one by one."""


def undo_tables(batch, by):
    """Undo the batch, within the transaction of the caller. Raises ValidationError that names what stands in the way."""
    imports = list(batch.records.all())
    directory = Directory()
    for layout in LAYOUTS.values():
        directory.read(layout.kind, [str(one.uid) for one in imports if one.kind == layout.kind], is_whole=True)
    refuse(batch, imports, directory)
    reason = _("Undo of the import of %(file)s") % {"file": batch.file_name}
    put_back([one for one in imports if not one.is_new], directory, by, reason)
    remove([one for one in imports if one.is_new], directory)


def refuse(batch, imports, directory):
    """What became public is withdrawn, not undone; what somebody worked on since is theirs."""
    problems = []
    if ImportedRecord.objects.filter(batch__gt=batch, batch__undone_at=None, uid__in=batch.records.values("uid")).exists():
        problems.append(_("A later import changed the same records: undo that one first."))
    for one in imports:
        record = directory.records.get((one.kind, str(one.uid)))
        if problem := problem_of(one, record):
            problems.append(_("%(row)s: “%(record)s” %(problem)s") % {"row": row_of(one), "record": record or one.key, "problem": problem})
    if problems:
        more = [_("and %(count)d more.") % {"count": len(problems) - MOST_NAMED}] if len(problems) > MOST_NAMED else []
        raise ValidationError(problems[:MOST_NAMED] + more)


def problem_of(one, record):
    if record is None:
        return _("was deleted since.")
    if one.is_new and record.was_ever_public:
        return _("became public: withdraw it instead.")
    return _("was changed since.") if record.version != one.version else ""


def row_of(one):
    words = _("row %(row)d") % {"row": one.row}
    return f"{words}: {one.sheet}" if one.sheet else words


def put_back(imports, directory, by, reason):
    """What the import changed is as it was; figures and links as well."""
    rows = []
    for one in imports:
        row = Row(BY_KIND[one.kind], one.row, one.sheet, is_new=False)
        row.record = directory.record(one.kind, str(one.uid))
        row.version, row.changes = row.record.version, [(path, None, value) for path, value in one.before.items()]
        rows.append(row)
    read_named(rows, directory)
    for row in rows:
        values = {path: value for path, _before, value in row.changes}
        row.parts = parts_of(row.record, put(row.record, values, directory), False, directory)
    for layout in LAYOUTS.values():
        change_records([row for row in rows if row.layout is layout], layout, by, reason)
    write_parts(all_parts(rows), by, reason)
    set_lists(rows)


def read_named(rows, directory):
    """Read the records that the values before name."""
    wanted = {kind: set() for kind in BY_KIND}
    for row in rows:
        for path, _before, value in row.changes:
            column = row.layout.columns.get(path)
            if column is not None and column.names not in ("", "place") and value:
                wanted[column.names].update(value if isinstance(value, list) else [value])
            elif path == "labels":
                wanted["actor"].update(label[0] for label in value if label[0])
            elif column is None and (key := figure_key(path)) and key[0][3]:
                wanted["incident"].add(key[0][3])
    for kind, uids in wanted.items():
        directory.read(kind, uids)


def remove(imports, directory):
    """The records that the import made, last kind first. Refused where something that is not of it hangs on them."""
    try:
        for layout in reversed(LAYOUTS.values()):
            pks = [directory.record(one.kind, str(one.uid)).pk for one in imports if one.kind == layout.kind]
            own_kind = [field.name for field in layout.model._meta.fields if field.many_to_one and field.related_model is layout.model]
            for some in in_batches(pks if own_kind else (), 1000):  # records of the import that name each other hold nobody
                layout.model.objects.filter(pk__in=some).update(**dict.fromkeys(own_kind))
            for some in in_batches(pks, 1000):
                layout.model.objects.filter(pk__in=some).delete()
    except ProtectedError as error:
        names = ", ".join(sorted({str(one) for one in error.protected_objects})[:5])
        raise ValidationError(_("Something was added to what this import brought: %(names)s.") % {"names": names}) from error
