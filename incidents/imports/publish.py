"""Publishing what a file brought of events that nobody else has to decide about: in one release, or in several where there are many.

What comes onto the desk is all or nothing. Publishing an event takes some five milliseconds and can only be planned once it is on the
desk; a long file in one release would keep every other editor waiting for minutes. So each release of a part is whole by itself, and the
same import again takes up where one was killed.
"""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.published import public_kinds
from borderwatch.publishing.going_along import Reading
from borderwatch.publishing.planning import edited
from borderwatch.publishing.verbs import publish_many
from incidents.imports.events import uid_of
from incidents.imports.history import add_to_history
from incidents.imports.write import prepare
from incidents.models import ImportedEvent, Incident, Statement

DRAFT, APPROVED = Incident.ReviewState.DRAFT, Incident.ReviewState.APPROVED


PART = 200
"""Records in one release: the write lock is held for a second or so."""


def write_and_publish(plan, by=None):
    """Write a plan and publish its events. Returns the ImportBatch and the last Release, each None when there is nothing to do.

    Drafts of the import are approved by `by`. Left alone: what an editor sent to review, withdrew, or edited since it was published.
    """
    writing = prepare(plan, by, APPROVED)
    at_work = edited_by_hand(plan)  # who begins to work on what changes from here on is not overwritten: the import is refused
    with transaction.atomic():
        batch = writing.write()
        if plan.total <= PART:
            return batch, publish_events(plan, at_work, by)
    return batch, publish_events(plan, at_work, by)


def publish_events(plan, at_work, by):
    """The last Release of what may be published of the file's events; `at_work`: keys of those that an editor works on."""
    changed, note = {event.key for event in plan.changed} - at_work, _("Import of %(file)s.") % {"file": plan.table.name}
    records = (record for events in imported(plan) for record in publishable(events, changed, plan.table.name, by))
    release = None
    for part in in_batches(records, PART):
        release = publish_many(part, by=by, note=note) or release
    return release


def publishable(events, changed, file, by):
    """What may be published of these events, drafts of the import approved."""
    approve([event.incident for event in events if is_ours(event) and event.incident.review_state == DRAFT], file, by)
    return to_publish(events, changed)


def edited_by_hand(plan):
    """Keys of changed events whose public record differs from the desk before the import: an editor is at work there."""
    found = set()
    for some in in_batches([plan.known[event.key] for event in plan.changed], 250):
        records = {record: one.key for one in some for record in (Incident(pk=one.incident_id), Statement(pk=one.statement_id))}
        found |= {records[record] for record in edited(Reading().copies(records))}
    return found


def imported(plan):
    """What the record knows of the file's events, with their incidents and statements, some hundreds at a time."""
    for keys in in_batches([event.key for event in plan.events], 500):
        known = ImportedEvent.objects.filter(layout=plan.layout, key__in=keys, batch__undone_at=None).order_by("pk")
        known = known.defer("values").select_related("incident", "statement")
        yield list({event.key: event for event in known}.values())


def is_ours(event):
    """Whether the import made the incident: one that an editor entered is the editor's to publish."""
    return event.incident.uid == uid_of(event.layout, "incident", event.key)


def approve(incidents, file, by):
    """Approve what a file brought, in the name of `by`."""
    reason = _("Approved with the import of %(file)s") % {"file": file}
    for some in in_batches(incidents, 1000):
        with transaction.atomic():
            drafts = Incident.objects.filter(pk__in=[incident.pk for incident in some])
            drafts.update(review_state=APPROVED, version=F("version") + 1)
            add_to_history(Incident, [incident.pk for incident in some], "~", by, reason)
        for incident in some:
            incident.review_state = APPROVED
            incident.version += 1


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
