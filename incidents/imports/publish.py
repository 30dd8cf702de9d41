"""Publishing what a file brought: one release for all of its events that nobody else has to decide about."""

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from borderwatch.batches import in_batches
from borderwatch.published import public_kinds
from borderwatch.publishing.verbs import publish_many
from incidents.imports.events import uid_of
from incidents.imports.write import prepare
from incidents.models import ImportedEvent, Incident

DRAFT, APPROVED = Incident.ReviewState.DRAFT, Incident.ReviewState.APPROVED


def write_and_publish(plan, by=None):
    """Write a plan and publish its events. Returns the ImportBatch and the Release, each None when there is nothing to do.

    Drafts of the import are approved by `by`. Left alone: what an editor sent to review, withdrew, or edited since it was published.
    """
    writing = prepare(plan, by, APPROVED)
    with transaction.atomic():
        edited = edited_by_hand(plan)
        batch = writing.write()
        return batch, publish_events(plan, edited, by)


def publish_events(plan, edited, by):
    """The Release of what may be published of the file's events; `edited`: keys of those that an editor works on."""
    events = imported(plan)
    approve([event.incident for event in events if is_ours(event) and event.incident.review_state == DRAFT], plan.table.name, by)
    records = to_publish(events, {event.key for event in plan.changed} - edited)
    note = _("Import of %(file)s.") % {"file": plan.table.name}
    return publish_many(records, by=by, note=note) if records else None


def edited_by_hand(plan):
    """Keys of changed events whose public record differs from the desk before the import: an editor is at work there."""
    found = set()
    for event in plan.changed:
        known = plan.known[event.key]
        if known.incident.has_unpublished_changes or known.statement.has_unpublished_changes:
            found.add(event.key)
    return found


def imported(plan):
    """What the record knows of the file's events, with their incidents and statements."""
    found = {}
    for keys in in_batches([event.key for event in plan.events], 500):
        known = ImportedEvent.objects.filter(layout=plan.layout, key__in=keys, batch__undone_at=None).order_by("pk")
        found.update({event.key: event for event in known.defer("values").select_related("incident", "statement")})
    return list(found.values())


def is_ours(event):
    """Whether the import made the incident: one that an editor entered is the editor's to publish."""
    return event.incident.uid == uid_of(event.layout, "incident", event.key)


def approve(incidents, file, by):
    """Approve what a file brought, in the name of `by`."""
    for incident in incidents:
        incident.review_state = APPROVED
        incident.version += 1
    if incidents:
        reason = _("Approved with the import of %(file)s") % {"file": file}
        options = {"default_user": by, "default_change_reason": reason[:100], "batch_size": 500}
        bulk_update_with_history(incidents, Incident, ["review_state", "version"], **options)


def to_publish(events, changed):
    """Incidents never public, changed ones that are public, and new statements about public incidents."""
    public = current_uids("incident", [event.incident for event in events])
    said = current_uids("statement", [event.statement for event in events])
    records = [event.incident for event in events if event.incident.public_id is None and is_ours(event) and is_approved(event)]
    for event in events:
        if event.incident.uid in public:
            is_new = event.statement.public_id is None and event.statement.may_go_along
            records += [event.statement] if is_new or (event.key in changed and event.statement.uid in said) else []
            records += [event.incident] if event.key in changed and is_approved(event) else []
    return records


def is_approved(event):
    return event.incident.review_state == APPROVED


def current_uids(kind, records):
    """uids of those of `records` that readers see now."""
    rows = public_kinds()[kind].objects.current()
    uids = [record.uid for record in records if record.public_id]
    return {uid for batch in in_batches(uids, 5000) for uid in rows.filter(uid__in=batch).values_list("uid", flat=True)}
