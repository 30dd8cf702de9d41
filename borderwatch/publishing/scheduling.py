"""Publications that wait for their hour: what the editor saw announced is what is published then, or nothing is."""

import datetime
import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from borderwatch.ledger import database_now
from borderwatch.models import ScheduledPublication
from borderwatch.projection import lock
from borderwatch.publishing.planning import IdGiver, plan_publications
from borderwatch.publishing.rehearsing import rehearsal
from borderwatch.publishing.verbs import publish_many
from borderwatch.records import record_models

State = ScheduledPublication.State
LONGEST = datetime.timedelta(days=366)
log = logging.getLogger(__name__)


@transaction.atomic
def schedule(records, by, due_at, note="", kind=None, carry=None, fingerprint=None):
    """Let `records` be published in one release at `due_at` (aware); arguments otherwise as of publish_many.

    Raises ValidationError for whatever would be refused if it were published now, and for an hour that is past or over a year away.
    """
    lock()
    refuse_wrong_hour(due_at)
    refuse_unless_may_publish(by, [*records, *(carry or [])])
    refuse_what_waits_already(records)
    with rehearsal():
        if publish_many(records, by, note, kind, carry=carry, fingerprint=fingerprint) is None:
            raise ValidationError(_("Readers see all of this already: there is nothing to publish."))
    return ScheduledPublication.objects.create(
        records=pairs(records),
        carry=pairs(carry or []),
        kind=kind or "",
        note=note,
        due_at=due_at,
        fingerprint=promise(records, kind, carry),
        asked_by=by,
        asked_by_name=by.get_username(),
    )


def publish_due():
    """End every publication whose hour has come, the earliest first; returns them. Any number of processes may do this at once."""
    ended = []
    while due().exists():
        if one := end_next():
            ended.append(one)
    return ended


def seconds_to_next():
    """How long until the next one is due; None where none waits."""
    next_one = waiting().first()
    return None if next_one is None else max(0.0, (next_one.due_at - database_now()).total_seconds())


@transaction.atomic
def cancel(scheduled, by):
    """Take back a publication that waits, or put aside one that was refused."""
    lock()
    scheduled.refresh_from_db()
    refuse_unless_may_publish(by, existing(scheduled.records))
    if scheduled.state not in (State.WAITING, State.REFUSED):
        raise ValidationError(_("It has ended already: nothing was cancelled."))
    words = {"name": by.get_username(), "reason": scheduled.outcome}
    sentence = _("Put aside by %(name)s. %(reason)s") if scheduled.outcome else _("Cancelled by %(name)s.")
    end(scheduled, State.CANCELLED, outcome=sentence % words)


# Which


def waiting():
    return ScheduledPublication.objects.filter(state=State.WAITING)


def due():
    return waiting().filter(due_at__lte=database_now())


def waiting_for(record):
    """The publication that `record` waits for, or None."""
    pair = pairs([record])[0]
    return next((one for one in waiting() if pair in one.records), None)


def pairs(records):
    """The records as they are kept: kind and uid."""
    return [[record.record_kind, str(record.uid)] for record in records]


def existing(kept):
    """The records of such pairs that are still on the desk."""
    found = [record_models()[kind]._default_manager.filter(uid=uid).first() for kind, uid in kept]
    return [record for record in found if record is not None]


# At the hour


@transaction.atomic
def end_next():
    """Publish or refuse the earliest publication that is due; None where another process was faster."""
    lock()
    scheduled = due().first()
    if scheduled is None:
        return None
    try:
        with transaction.atomic():
            release = carry_out(scheduled)
        end(scheduled, State.PUBLISHED, release=release)
    except (OperationalError, InterfaceError):
        raise  # The database is away, the publication as good as before: it is tried again.
    except Exception as refused:
        end(scheduled, State.REFUSED, outcome=reason_of(refused))
    return scheduled


def carry_out(scheduled):
    """Write the release that was announced. Raises ValidationError where that cannot be."""
    records, carry = existing(scheduled.records), existing(scheduled.carry)
    if len(records) + len(carry) < len(scheduled.records) + len(scheduled.carry):
        raise ValidationError(_("One of the records is not on the desk any more."))
    refuse_unless_may_publish(scheduled.asked_by, [*records, *carry])
    kind = scheduled.kind or None
    if promise(records, kind, carry) != scheduled.fingerprint:
        raise ValidationError(_("Something changed after it was scheduled: what would be published is not what was announced."))
    return publish_many(records, scheduled.asked_by, scheduled.note, kind, carry=carry)


def end(scheduled, state, outcome="", release=None):
    scheduled.state, scheduled.outcome, scheduled.release = state, outcome, release
    # Asked by this machine's clock, ended by the database's: the order holds all the same.
    scheduled.ended_at = max(database_now(), scheduled.asked_at)
    scheduled.save()


def reason_of(refused):
    if isinstance(refused, ValidationError):
        return " ".join(refused.messages)
    if isinstance(refused, PermissionDenied):
        return str(refused)
    log.error("A scheduled publication failed", exc_info=refused)
    return _("An error in the program: %(name)s. The log of the site tells more.") % {"name": type(refused).__name__}


class ProvisionalIds(IdGiver):
    """Ids after all that were ever given, whatever is published in between: so the plan of one publication stays one plan."""

    FIRST = 1_000_000_000

    def give(self, prefix):
        self.last.setdefault(prefix, self.FIRST)
        return super().give(prefix)


def promise(records, kind, carry):
    """The fingerprint of what readers will be shown, new ids apart."""
    return plan_publications(records, kind, carry, ProvisionalIds()).fingerprint


# What is refused


def refuse_wrong_hour(due_at):
    now = database_now()
    if due_at <= now:
        raise ValidationError(_("That moment is past. Choose a later one, or publish at once."))
    if due_at > now + LONGEST:
        raise ValidationError(_("That moment is more than a year away. Check the day."))


def refuse_unless_may_publish(user, records):
    """Raise ValidationError unless `user` may sign in and publish each of `records` now."""
    if user is None or not user.is_active or not user.is_staff:
        raise ValidationError(_("Whoever asked for it may not use the desk any more."))
    kinds = {type(record)._meta for record in records}
    refused = [str(meta.verbose_name_plural) for meta in kinds if not user.has_perm(f"{meta.app_label}.publish_{meta.model_name}")]
    if refused:
        words = {"name": user.get_username(), "kinds": ", ".join(sorted(refused))}
        raise ValidationError(_("%(name)s may not publish these: %(kinds)s.") % words)


def refuse_what_waits_already(records):
    for record in records:
        if scheduled := waiting_for(record):
            words = {"record": record, "moment": f"{scheduled.due_at:%Y-%m-%d %H:%M} UTC"}
            raise ValidationError(_("“%(record)s” waits already, until %(moment)s. Cancel that first.") % words)
