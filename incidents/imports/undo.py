"""Taking an import back: what it brought goes, what it changed is as before. Actors and the data set's source stay."""

from collections import Counter, defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.projection import lock
from incidents.imports.changes import Changes
from incidents.imports.desk import Desk
from incidents.imports.events import Event, uid_of
from incidents.imports.record import LAYOUT
from incidents.imports.staging import Staged
from incidents.imports.tables import layouts as tables
from incidents.imports.tables.undo import undo_tables
from incidents.imports.write import written_or_refused
from incidents.models import ImportBatch, ImportedEvent, Incident, Statement
from sources.models import Article


@transaction.atomic
def undo(batch, by=None):
    """Undo the ImportBatch `batch`, all or nothing. Raises ValidationError that says what stands in the way."""
    lock()
    batch = ImportBatch.objects.get(pk=batch.pk)
    undo_rows(batch, by)
    batch.undone_at, batch.undone_by_name = timezone.now(), by.get_username() if by else ""
    batch.save()


def undo_rows(batch, by):
    if batch.undone_at:
        raise ValidationError(_("This import was undone already."))
    if batch.layout in (tables.WORKBOOK, *tables.LAYOUTS):
        undo_tables(batch, by)
    else:
        undo_events(batch, by)


def undo_events(batch, by):
    events = list(batch.events.select_related("incident", "statement"))
    refuse(batch, events)
    article = Article.objects.filter(uid=uid_of(batch.layout, "article", batch.sha256)).first()
    put_back([event for event in events if not event.is_new], batch, by)
    remove([event for event in events if event.is_new])
    if article and article.public_id is None and not article.statements.exists():
        article.delete()


def refuse(batch, events):
    """What is public is withdrawn, not undone; what somebody worked on since is theirs."""
    if batch.layout == LAYOUT:
        raise ValidationError(_("A record that was read back is not undone: begin with an empty one again."))
    problems = []
    later = ImportedEvent.objects.filter(layout=batch.layout, batch__undone_at=None, batch__gt=batch)
    if later.filter(key__in=batch.events.values("key")).exists():
        problems.append(_("A later import changed the same events: undo that one first."))
    for event in [event for event in events if event.is_new]:
        made = [event.statement, *([event.incident] if is_ours(event) else [])]
        words = {"row": event.row, "incident": event.incident}
        if any(record.was_ever_public for record in made):
            problems.append(_("row %(row)d: “%(incident)s” was public: withdraw it instead.") % words)
        elif any(record.version > 1 for record in made):
            problems.append(_("row %(row)d: “%(incident)s” was edited since.") % words)
    if problems:
        raise ValidationError(problems)


def is_ours(event):
    return event.incident.uid == uid_of(event.layout, "incident", event.key)


def remove(events):
    """The incidents and statements that the import made. Refused where an editor hung something on them."""
    try:
        for some in in_batches(events):
            Statement.objects.filter(pk__in=[event.statement_id for event in some]).delete()
            Incident.objects.filter(pk__in=[event.incident_id for event in some if is_ours(event)]).delete()
    except ProtectedError as error:
        names = ", ".join(sorted({str(one) for one in error.protected_objects})[:5])
        raise ValidationError(_("Something was added to what this import brought: %(names)s.") % {"names": names}) from error


def put_back(events, batch, by):
    """Bring events that the import changed back to what the imports before said."""
    reason = _("Undo of the import of %(file)s") % {"file": batch.file_name}
    for former_batch, pairs in former_values(events).items():
        article = Article.objects.get(uid=uid_of(batch.layout, "article", former_batch.sha256))
        desk, staged = Desk(batch.layout, by, reason, article), Staged()
        changes = Changes(desk, staged, pairs)
        actors = desk.taken_new_actors()
        staged.reserve(changes.counts() + Counter(map(type, actors)))
        staged.add(map(staged.keyed, actors))
        changes.stage()
        with written_or_refused(staged, changes.rows):
            changes.rows.write(by, reason)
            staged.write(by, reason)


def former_values(events):
    """ImportBatch before → each event as that said it, with the ImportedEvent that is undone."""
    found = defaultdict(list)
    for event in events:
        former = ImportedEvent.objects.filter(layout=event.layout, key=event.key, batch__undone_at=None, batch__lt=event.batch_id)
        before = former.select_related("batch").last()
        found[before.batch].append((Event.of(before.key, before.row, before.values), event))
    return found
