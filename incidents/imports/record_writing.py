"""Our own record onto an empty desk, in one transaction; published, every record and figure keeps its public id."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from borderwatch.models import Edition
from borderwatch.projection import lock
from borderwatch.publishing.planning import IdGiver
from borderwatch.publishing.verbs import publish_many
from incidents.imports.history import create_with_history
from incidents.imports.record import LAYOUT, MODELS, NAMED, refuse_a_record_with_content
from incidents.models import Assertion, Figure, ImportBatch, Incident, Label, Office, Participation, StatementIncident

PARTS = (Office, Participation, StatementIncident, Figure, Label, Assertion)


@transaction.atomic
def write_record(plan, by=None, publish=False):
    """Write a RecordPlan, and publish it with `publish`. Returns the ImportBatch and the Release, None where there is nothing to do.

    Not published, the records stay on the desk and get new ids when they are published.
    """
    if plan.is_known:
        return None, None
    lock()
    refuse_a_record_with_content(plan)
    if publish and Edition.objects.exists():
        raise ValidationError(_("This record has releases: ids can be kept in an empty one only."))
    if plan.errors:
        raise ValidationError([str(error) for error in plan.errors])
    prepare(plan, publish)
    enter(plan, by, _("Import of %(file)s") % {"file": plan.documents.name})
    batch = ImportBatch.objects.create(
        layout=LAYOUT,
        file_name=plan.documents.name[:255],
        sha256=plan.documents.sha256,
        imported_by=by,
        imported_by_name=by.get_username() if by else "",
    )
    return batch, publish_with_ids(plan, by) if publish else None


def prepare(plan, publish):
    """What is published at once is approved and numbered as it was; what is not gets its numbers later."""
    for incident in plan.records["incident"].values():
        incident.review_state = Incident.ReviewState.APPROVED if publish else Incident.ReviewState.DRAFT
    plan.figures = {part.public_id: part for part in plan.parts if isinstance(part, Figure)}
    if not publish:
        for figure in plan.figures.values():
            figure.public_id = None


def enter(plan, by, reason):
    """Records kind after kind, then what they say of records of their own kind, then parts and lists."""
    for kind, model in MODELS.items():
        records = list(plan.records[kind].values())
        add(model, records, own_kind(kind), by, reason)
    for model in PARTS:
        add(model, [part for part in plan.parts if isinstance(part, model)], (), by, reason)
    for record, name, others in plan.many:
        found = [plan.figures[other] for other in others if other in plan.figures] if name == "derived_from" else others
        if found:
            getattr(record, name).set(found)


def own_kind(kind):
    """Fields in which a record of this kind names another of the same kind."""
    return [name for name, of_kind in NAMED[kind].items() if of_kind == kind]


def add(model, rows, later, by, reason):
    """Create rows; the fields in `later` name other rows of the same model and are written once all are there."""
    named = [{name: getattr(row, name) for name in later} for row in rows]
    for row in rows:
        for name in later:
            setattr(row, name, None)
    create_with_history(model, rows, by, reason)
    joined = [(row, values) for row, values in zip(rows, named, strict=True) if any(values.values())]
    for row, values in joined:
        for name, value in values.items():
            setattr(row, name, value)
    if joined:
        options = {"default_user": by, "default_change_reason": reason[:100], "batch_size": 500}
        bulk_update_with_history([row for row, _values in joined], model, list(later), **options)


# Publishing under the same ids


class KeptIds(IdGiver):
    """Hands every record the public id that it had, and continues after the highest."""

    def __init__(self, kept):
        super().__init__()
        self.kept = kept
        for public_id in kept.values():
            prefix, number = public_id.rpartition("-")[::2]
            self.last[f"{prefix}-"] = max(self.last.get(f"{prefix}-", 0), int(number))

    def give_to(self, record, prefix):
        return self.kept.get(str(record.uid)) or super().give_to(record, prefix)


def publish_with_ids(plan, by):
    records = [record for found in plan.records.values() for record in found.values()]
    note = _("Import of %(file)s.") % {"file": plan.documents.name}
    return publish_many(records, by=by, note=note, ids=KeptIds(plan.public_ids))
