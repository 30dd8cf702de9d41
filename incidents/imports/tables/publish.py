"""Publishing what editors' tables brought: what imports made or changed and nobody else has to decide about."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.publishing.planning import edited
from borderwatch.publishing.verbs import publish_many
from incidents.imports.publish import APPROVED, DRAFT, PART, approve
from incidents.imports.tables.layouts import LAYOUTS
from incidents.imports.tables.write import prepare_tables
from incidents.models import ImportedRecord


def write_and_publish_tables(plan, by=None):
    """Write a TablesPlan and publish its records. Returns the ImportBatch and the last Release, each None when there is nothing to do.

    Drafts that an import made are approved by `by`. Left alone: what an editor entered, sent to review, withdrew, or edited since.
    Longer files are published in several releases, as events are (incidents/imports/publish.py).
    """
    writing = prepare_tables(plan, by)
    with transaction.atomic():
        at_work = edited_before(plan)
        batch = writing.write()
        if plan.total <= PART:
            return batch, publish_rows(plan, at_work, by)
    return batch, publish_rows(plan, at_work, by)


def publish_rows(plan, at_work, by):
    """The last Release of what may be published of the file's records; `at_work`: uids of those that an editor works on."""
    made = made_by_imports(plan)
    approve_drafts(plan, made, by)
    records = [row.record for row in rows_of(plan) if is_to_be_published(row, made, at_work)]
    note = _("Import of %(file)s.") % {"file": plan.name}
    release = None
    for part in in_batches(records, PART):
        release = publish_many(part, by=by, note=note) or release
    return release


def approve_drafts(plan, made, by):
    """Approve incidents that imports made. It is no edit since: what the import knows of their versions follows."""
    incidents = [row.record for row in rows_of(plan) if row.layout.kind == "incident" and row.record.uid in made]
    for some in in_batches([incident for incident in incidents if incident.review_state == DRAFT], 1000):
        known = ImportedRecord.objects.filter(kind="incident", uid__in=[incident.uid for incident in some], batch__undone_at=None)
        with transaction.atomic():
            approve(some, plan.name, by)
            known.update(version=F("version") + 1)


def rows_of(plan):
    """Every row of the plan, kind after kind as records need each other."""
    rows = [*plan.new, *plan.changed, *plan.same]
    return [row for layout in LAYOUTS.values() for row in rows if row.layout is layout]


def edited_before(plan):
    """uids of public records that stood otherwise on the desk before this import: an editor is at work there."""
    found = set()
    for layout in LAYOUTS.values():
        pks = [row.record.pk for row in plan.changed if row.layout is layout and row.record.was_ever_public]
        for some in in_batches(pks, 500):
            found |= {record.uid for record in edited(list(layout.model.objects.filter(pk__in=some)))}
    return found


def made_by_imports(plan):
    """uids of the plan's records that imports made and nobody has edited since."""
    found, versions = set(), {row.record.uid: row.record.version for row in rows_of(plan)}
    for some in in_batches(versions, 1000):
        rows = ImportedRecord.objects.filter(uid__in=some, batch__undone_at=None).order_by("pk")
        made = {uid for uid, is_new in rows.values_list("uid", "is_new") if is_new}
        last = dict(rows.values_list("uid", "version"))
        found |= {uid for uid in made if last[uid] >= versions[uid]}
    return found


def is_to_be_published(row, made, at_work):
    """Never public and made by an import, or public and changed by this one."""
    record = row.record
    if row.layout.kind == "incident" and record.review_state != APPROVED:
        return False
    if record.was_ever_public:
        return bool(row.changes) and record.uid not in at_work and record.edition is not None
    return record.uid in made and (row.layout.kind != "statement" or record.may_go_along)
