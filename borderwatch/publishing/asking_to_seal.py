"""Two people seal a record: one asks, another agrees. Sealing erases for good, so nobody does it alone."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from borderwatch.models import SealRequest
from borderwatch.projection import lock
from borderwatch.publishing.sealing import plan_seal, seal

PERMISSION = "borderwatch.seal_record"
GOOD_FOR = timedelta(days=7)


def open_request(record):
    """The request that waits for a second person, or None. After a week it is forgotten."""
    waiting = SealRequest.objects.filter(record=record.record_kind, uid=record.uid, ended_at__isnull=True).first()
    return waiting if waiting and waiting.asked_at > timezone.now() - GOOD_FOR else None


@transaction.atomic
def ask_to_seal(record, by, reason):
    """The request of the user `by`. Raises ValidationError where the record cannot be sealed or somebody asked already."""
    lock()
    allow(by)
    if not reason.strip():
        raise ValidationError(_("Give the reason: readers see it in place of the record. Keep it free of what must not be read."))
    if open_request(record):
        raise ValidationError(_("Somebody asked for this already: it waits for a second person."))
    plan_seal(record)
    SealRequest.objects.filter(record=record.record_kind, uid=record.uid, ended_at__isnull=True).update(ended_at=timezone.now())
    return SealRequest.objects.create(
        record=record.record_kind, uid=record.uid, reason=reason.strip(), asked_by=by, asked_by_name=by.get_username()
    )


@transaction.atomic
def agree_to_seal(record, by):
    """Seal the record: `by` is the second person. Returns the Release."""
    lock()
    allow(by)
    waiting = open_request(record)
    if waiting is None:
        raise ValidationError(_("Nobody asks for this record to be sealed any more."))
    if waiting.asked_by_id == by.pk:
        raise ValidationError(_("You asked for it yourself: a second person must agree."))
    release = seal(record, by, waiting.reason)
    end(waiting, by, is_sealed=True)
    return release


@transaction.atomic
def take_back(record, by):
    """End the request without sealing. Whoever may seal may do so, the one who asked too."""
    lock()
    allow(by)
    if waiting := open_request(record):
        end(waiting, by, is_sealed=False)


def end(waiting, by, is_sealed):
    waiting.ended_at, waiting.ended_by_name, waiting.is_sealed = timezone.now(), by.get_username(), is_sealed
    waiting.save()


def allow(by):
    if not by.has_perm(PERMISSION):
        raise PermissionDenied(_("Sealing needs a permission of its own."))
