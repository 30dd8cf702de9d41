"""Publishing what editors' tables brought: one release for what the imports made or changed and nobody else has to decide about."""

from django.db import transaction
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.publishing.planning import edited
from borderwatch.publishing.verbs import publish_many
from incidents.imports.publish import APPROVED, DRAFT, approve
from incidents.imports.tables.layouts import LAYOUTS
from incidents.imports.tables.write import write_tables
from incidents.models import ImportedRecord


@transaction.atomic
def write_and_publish_tables(plan, by=None):
    """Write a TablesPlan and publish its records. Returns the ImportBatch and the Release, each None where there is nothing to do.

    Drafts that an import made are approved by `by`. Left alone: what an editor entered, sent to review, withdrew, or edited since.
    """
    at_work = edited_before(plan)
    batch = write_tables(plan, by)
    made = made_by_imports(plan)
    drafts = [row.record for row in rows_of(plan) if row.layout.kind == "incident" and row.record.review_state == DRAFT]
    approve([incident for incident in drafts if incident.uid in made], plan.name, by)
    records = [row.record for row in rows_of(plan) if is_to_be_published(row, made, at_work)]
    note = _("Import of %(file)s.") % {"file": plan.name}
    return batch, publish_many(records, by=by, note=note) if records else None


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
