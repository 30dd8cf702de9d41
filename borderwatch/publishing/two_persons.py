"""The two-person rule: who wrote the last change to a record may not publish it. On where the setting TWO_PERSONS says so.

A change is one of the record's content or of a row inside it, such as a figure; a comment, an assignment, a note or a step of the
review is none. A replay (`at`) tells what others published before and is not asked.
"""

from collections import defaultdict

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.comments import rows_inside

NOT_CONTENT = frozenset("version note public_id review_state assigned_to".split())
"""Fields whose change readers never see."""


def refuse_own_work(plan, by, at=None):
    """Raise ValidationError that names every record of the plan whose last change `by` wrote, and who may publish it."""
    problems = [] if at else own_work(plan, by)
    if problems:
        raise ValidationError(problems, code="two_persons")


def own_work(plan, by, most=5):
    """Sentences about the plan's records, a few of those written from the desk, that somebody else must publish; none with the rule off."""
    if not settings.TWO_PERSONS:
        return []
    writers = last_writers([planned.desk for planned in plan.editions if planned.desk is not None])
    refused = [record for record, writer in writers.items() if writer and by_id(by) in (writer, None)]
    return [sentence(record, by) for record in refused[:most]]


def by_id(by):
    return getattr(by, "pk", None)


def sentence(record, by):
    if by is None:
        return _("Say who publishes “%(record)s”: not who wrote its last change.") % {"record": record}
    others = ", ".join(who_else_may_publish(record, by)) or _("nobody yet, an administrator makes a second editor")
    words = {"record": record, "others": others}
    return _("You wrote the last change to “%(record)s”: somebody else has to publish it. Who may: %(others)s.") % words


def who_else_may_publish(record, by, most=5):
    """User names of other people who may publish the record, a few of them."""
    permission = f"{record._meta.app_label}.publish_{record._meta.model_name}"
    users = get_user_model().objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return list(users.exclude(pk=by_id(by)).order_by("username").values_list("username", flat=True)[:most])


# Who wrote the last change


def last_writers(records):
    """Record → key of the user who wrote its last change, or None where nobody is known: a few queries for hundreds of records."""
    changes = defaultdict(list)
    by_model = defaultdict(dict)
    for record in records:
        by_model[type(record)][record.pk] = record
    for model, known in by_model.items():
        for batch in in_batches(list(known), 500):
            for key, moment, writer in changes_of(model, batch):
                changes[known[key]].append((moment, writer))
    return {record: max(found, key=lambda change: change[0])[1] for record, found in changes.items()}


def changes_of(model, keys):
    """(record's key, moment, key of the user) of the last change to each record itself, and of the changes of rows inside."""
    yield from own_changes(model, keys)
    for link in rows_inside(model):
        belongs = link.field.attname
        entries = link.related_model.history.filter(**{f"{belongs}__in": keys}).order_by()
        yield from entries.values_list(belongs, "history_date", "history_user_id")


def own_changes(model, keys):
    """The same of the records' own fields: entries that differ from the one before in something readers may see."""
    names = [field.attname for field in model._meta.fields if field.name not in NOT_CONTENT]
    entries = model.history.filter(id__in=keys).order_by("id", "history_date", "history_id")
    before = None
    for entry in entries.values("history_date", "history_user_id", "version", *names).iterator(chunk_size=500):
        if before is None or is_change(before, entry, names):
            yield entry["id"], entry["history_date"], entry["history_user_id"]
        before = entry


def is_change(before, entry, names):
    """Two entries of one version: what differs is a list of other records, which stands beside the fields."""
    return before["version"] == entry["version"] or any(before[name] != entry[name] for name in names)
