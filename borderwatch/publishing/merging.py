"""Merging two records that are one: everything moves to the record that stays, in one release.

The ledger gets one edition of kind merge, a tombstone that names its successor. Records that name the merged one keep
their editions and are read as naming the successor; incidents whose numbers change by it are re-issued.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from borderwatch.comments import move_comments
from borderwatch.models import Change
from borderwatch.projection import lock
from borderwatch.published import public_kinds
from borderwatch.publishing.planning import IdGiver, Planned, with_dependants
from borderwatch.publishing.verbs import refuse_unannounced, write
from borderwatch.state import PublicRecord


def plan_merge(record, other):
    """The Plan of merging public `record` into public `other`."""
    model = public_kinds()[record.record_kind]
    rows = {row.uid: row for row in model.objects.current().with_text().filter(uid__in=[record.uid, other.uid])}
    if type(record) is not type(other) or record.pk == other.pk:
        raise ValidationError(_("Choose another record of the same kind."))
    if len(rows) < 2:
        raise ValidationError(_("Both records must be public. Withdraw or delete the one that nobody needs instead."))
    record.refuse_merge(other)
    row = rows[record.uid]
    before = PublicRecord.from_row(row)
    merged = Planned(row.record, str(row.uid), row.public_id, row.number + 1, Change.MERGE, {}, before, merged_into=str(other.uid))
    return with_dependants([merged])


@transaction.atomic
def merge(record, other, by, note, fingerprint=None):
    """Write the release that merges `record` into `other`, and move what hangs on it; see Record.merge_into.

    `fingerprint`: refuse if the plan is another one now.
    """
    lock()
    if not note.strip():
        raise ValidationError(_("Say why the two are one: readers see it."))
    plan = plan_merge(record, other)
    refuse_unannounced(plan, fingerprint)
    move_references(record, other)
    move_comments(record, other)
    return write(plan, by, note, None, IdGiver())


@transaction.atomic
def merge_draft(record, other):
    """Merge a record that never was public into `other`, on the desk alone: everything moves and the record is deleted. No release."""
    if type(record) is not type(other) or record.pk == other.pk:
        raise ValidationError(_("Choose another record of the same kind."))
    if record.was_ever_public:
        raise ValidationError(_("“%(record)s” was public: readers must be told of the merge.") % {"record": record})
    record.refuse_merge(other)
    move_references(record, other)
    move_comments(record, other)
    record.delete()


def moved_relations(record):
    """What may name `record` on the desk and moves along; history stays as it was, what is derived is written anew."""
    related = record._meta.related_objects
    return [
        one
        for one in related
        if not (one.related_model.__name__.startswith("Historical") or getattr(one.related_model, "is_derived", False))
    ]


def moving(record):
    """(model, field, how many) of what would move with `record`; what a link joins to it is named, not the link."""
    relations = moved_relations(record)
    links = [one.field.remote_field.through for one in relations if one.many_to_many]
    shown = [one for one in relations if one.related_model not in links]
    counted = [(one, one.related_model._default_manager.filter(**{one.field.name: record}).count()) for one in shown]
    return [(one.related_model, one.field, count) for one, count in counted if count]


def move_references(record, other):
    """On the desk, let everything that names `record` name `other`."""
    for relation in moved_relations(record):
        move = move_members if relation.many_to_many else move_rows
        move(relation, record, other)


def move_rows(relation, record, other):
    """Foreign keys: each row is saved, so that its history tells who moved it; a row that `other` has already is dropped."""
    name = relation.field.name
    for row in relation.related_model._default_manager.filter(**{name: record}):
        setattr(row, name, None if row == other else other)
        if not is_there_already(row, relation.related_model):
            row.save()
        else:
            row.delete()


def is_there_already(row, model):
    """Whether another row holds the same values under an unconditional unique constraint."""
    unique = [constraint for constraint in model._meta.constraints if getattr(constraint, "fields", None) and not constraint.condition]
    wanted = [{name: getattr(row, name) for name in constraint.fields} for constraint in unique]
    return any(model._default_manager.filter(**values).exclude(pk=row.pk).exists() for values in wanted)


def move_members(relation, record, other):
    """Many-to-many fields that list `record` list `other` instead."""
    name = relation.field.name
    for row in relation.related_model._default_manager.filter(**{name: record}):
        members = getattr(row, name)
        if members.through._meta.auto_created:
            members.remove(record)
            members.add(other)
