"""The verbs that make the record public: publish one record or many, withdraw. Each writes one release, or nothing."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from borderwatch.batches import update_rows
from borderwatch.ledger import database_now, write_editions, write_release
from borderwatch.models import Change
from borderwatch.projection import lock, project, public_data_changed
from borderwatch.publishing.going_along import Reading
from borderwatch.publishing.planning import IdGiver, dropped_outlets, plan_publications, plan_withdrawal
from borderwatch.publishing.recomposing import finish, may_wait
from borderwatch.publishing.two_persons import refuse_own_work


def publish(record, by, note="", kind=None, at=None, carry=None, fingerprint=None):
    """Write the release that publishes `record`; see Record.publish. `fingerprint`: refuse if the plan is another one now."""
    return publish_many([record], by, note, kind, at, carry, fingerprint)


@transaction.atomic
def publish_many(records, by, note="", kind=None, at=None, carry=None, fingerprint=None, ids=None):
    """Write one release that publishes all of `records`, or none of them; otherwise like `publish`."""
    lock()
    reading, ids = Reading(), ids or IdGiver()
    refuse_incomplete(reading.copies(records), note, kind)
    plan = plan_publications(records, kind, carry, ids, reading)
    if plan.is_empty:
        return None
    refuse_own_work(plan, by, at)
    if sentences := missing_along(plan, records):
        raise ValidationError(sentences)
    refuse_unannounced(plan, fingerprint)
    return write(plan, by, note, at, ids)


@transaction.atomic
def withdraw(record, by, reason, at=None, fingerprint=None):
    """Write the release that withdraws `record`; see Record.withdraw. `fingerprint`: refuse if the plan is another one now."""
    lock()
    if not reason.strip():
        raise ValidationError(_("Give the reason: readers see it in place of the record."))
    plan = plan_withdrawal(record)
    refuse_unannounced(plan, fingerprint)
    return write(plan, by, reason, at, IdGiver())


def refuse_unannounced(plan, fingerprint):
    """A page that announced one plan does not carry out another."""
    if fingerprint and plan.fingerprint != fingerprint:
        raise ValidationError(
            _("The record changed since this page was opened. Look at what would change now, then press the button again."),
            code="announced",
        )


def refuse_incomplete(records, note, kind):
    """Say what is missing; where several records are published, of which one."""
    name = "{record}: {sentence}" if len(records) > 1 else "{sentence}"
    problems = [name.format(record=one, sentence=sentence) for one in records for sentence in one.missing()]
    if kind not in (None, Change.UPDATE, Change.CORRECTION):
        problems.append(_("Say “update” or “correction”; other kinds follow from what changed."))
    if kind == Change.CORRECTION and not note.strip():
        problems.append(_("A correction needs an explanation that readers will see."))
    if problems:
        raise ValidationError(problems)


def missing_along(plan, records):
    """Sentences that say what is missing of the records that would go along with `records`."""
    named = set(records)
    along = [planned.desk for planned in plan.editions if planned.desk is not None and planned.desk not in named]
    return [f"{one}: {sentence}" for one in along for sentence in one.missing()]


def write(plan, by, note, at, ids):
    """Append the plan's editions under the lock and bring the public tables up to date."""
    recorded_at = database_now()
    valid_from = at or recorded_at
    refuse_wrong_moment(plan, valid_from, recorded_at)
    finish(plan.editions)
    release = write_release(by, note, recorded_at, valid_from)
    editions = write_editions(release, plan.editions)
    ids.save()
    remember_public_ids(plan)
    project(editions, plan.state, dropped_outlets(plan.editions), may_wait(plan.editions))
    public_data_changed(recorded_at)
    return release


def refuse_wrong_moment(plan, valid_from, recorded_at):
    if valid_from.tzinfo is None or valid_from > recorded_at:
        raise ValidationError(_("The moment of a replay must be in the past and have a time zone."))
    for planned in plan.editions:
        if planned.before and planned.before.valid_from > valid_from:
            words = {"id": planned.public_id, "moment": planned.before.valid_from.isoformat()}
            raise ValidationError(_("%(id)s has an edition of %(moment)s: a replay cannot go behind it.") % words)


def remember_public_ids(plan):
    """Keep the ids on the desk without touching version or history."""
    ids = defaultdict(dict)
    for planned in [planned for planned in plan.editions if planned.desk is not None]:
        if planned.desk.public_id is None:
            ids[type(planned.desk)][planned.desk.pk] = planned.public_id
        if planned.part_ids:
            ids[planned.desk.part_model].update(planned.part_ids)
    for model, given in ids.items():
        update_rows(model, ["public_id"], [(pk, [public_id]) for pk, public_id in given.items()])
