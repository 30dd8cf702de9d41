"""A desk record as it stood: now, at an earlier version, or (read_back.py) as an edition told it. One shape, to be compared and put back.

A version is told by the history of the record and of its rows. What it names may be gone by now: then the answer says so.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.utils import get_m2m_reverse_field_name

OF_THE_SYSTEM = ("uid", "public_id", "version")
"""Fields that say which record it is, not what it says."""


@dataclass
class Row:
    """A row inside a record; `key`: its primary key, also of one that was deleted since; None for one that never was on the desk."""

    values: dict
    many: dict = field(default_factory=dict)
    key: int | None = None
    public_id: str | None = None


@dataclass
class AsItStood:
    """Field → value (primary keys for records), lists of records by their keys, relation → rows."""

    record: models.Model
    values: dict = field(default_factory=dict)
    many: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    gone: list = field(default_factory=list)
    """Sentences: what it names and the desk does not hold any more."""


# Which fields tell of a record


def relation_of(record, name):
    """The relation that holds rows of a record."""
    return record._meta.get_field(name)


def told_fields(model, belongs=None):
    """Fields that say something; `belongs`: the one by which a row belongs to its record."""
    left_out = {model._meta.pk.name, *OF_THE_SYSTEM, belongs}
    return [one for one in model._meta.concrete_fields if one.name not in left_out]


def list_fields(model):
    """Lists of other records that are no rows of their own."""
    return [one for one in model._meta.many_to_many if one.remote_field.through._meta.auto_created]


def plain(value):
    """A stored file by its name."""
    return getattr(value, "name", value) or "" if isinstance(value, models.fields.files.FieldFile) else value


# Now


def now(record):
    """The AsItStood of the record as the desk holds it now."""
    stood = AsItStood(record, values_of(record), lists_of(record))
    for name in record.rows_inside:
        belongs = relation_of(record, name).field.name
        held = relation_of(record, name).related_model._base_manager.filter(**{belongs: record}).order_by("pk")
        stood.rows[name] = [Row(values_of(row, belongs), lists_of(row), row.pk, getattr(row, "public_id", None)) for row in held]
    return stood


def values_of(record, belongs=None):
    return {one.name: plain(getattr(record, one.attname)) for one in told_fields(type(record), belongs)}


def lists_of(record):
    return {one.name: sorted(getattr(record, one.name).values_list("pk", flat=True)) for one in list_fields(type(record))}


# At a version


def of_version(record, version):
    """The AsItStood of the record when its version was this one, until it was saved again. Raises ValidationError where none is known."""
    history = record.history.order_by("history_date", "history_id")
    entry = history.filter(version=version).last()
    if entry is None:
        raise ValidationError(_("The history of “%(record)s” holds no version %(version)s.") % {"record": record, "version": version})
    later = history.filter(version__gt=version).first()
    stood = AsItStood(record, values_then(entry, type(record)), lists_then(entry, type(record)))
    for name in record.rows_inside:
        stood.rows[name] = rows_then(relation_of(record, name), record, later and later.history_date)
    stood.gone = list(dict.fromkeys(gone_names(stood)))
    return stood


def rows_then(relation, record, before):
    """Rows as they stood just before the moment `before` (None: now)."""
    model, belongs = relation.related_model, relation.field
    history = model.history.filter(**{belongs.attname: record.pk}).order_by("history_date", "history_id")
    last = {entry.id: entry for entry in (history.filter(history_date__lt=before) if before else history)}
    standing = [last[key] for key in sorted(last) if last[key].history_type != "-"]
    numbers = public_ids(history) if hasattr(model, "public_id") else {}
    rows = [row_then(entry, model, belongs.name) for entry in standing]
    for row in rows:
        row.public_id = numbers.get(row.key)
    return rows


def row_then(entry, model, belongs):
    return Row(values_then(entry, model, belongs), lists_then(entry, model), entry.id, getattr(entry, "public_id", None))


def public_ids(history):
    """Key → public id of rows: it was given without a line in their history, but every later line knows it."""
    return {entry.id: entry.public_id for entry in history if entry.public_id}


def values_then(entry, model, belongs=None):
    return {one.name: getattr(entry, one.attname) for one in told_fields(model, belongs)}


def lists_then(entry, model):
    return {one.name: keys_then(entry, one.name) for one in list_fields(model)}


def keys_then(entry, name):
    """Primary keys of the records that a list of a history entry named."""
    key = get_m2m_reverse_field_name(entry.instance_type._meta.get_field(name)) + "_id"
    return sorted(getattr(entry, name).values_list(key, flat=True))


# What it names and is gone


def gone_names(stood):
    """Sentences about records that `stood` names and that exist no more."""
    yield from gone_from(type(stood.record), stood.values, stood.many, stood.record.stays_on_put_back)
    for name, rows in stood.rows.items():
        relation = relation_of(stood.record, name)
        for row in rows:
            yield from gone_from(relation.related_model, row.values, row.many, (relation.field.name,))


def gone_from(model, values, many, left_out):
    for name, keys in [*((name, [value]) for name, value in values.items() if value), *many.items()]:
        one = model._meta.get_field(name)
        if isinstance(one, models.FileField) and not one.storage.exists(keys[0]):
            yield no_picture(one)
        named = one.related_model
        if named is None or name in left_out:
            continue
        found = set(named._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        yield from (no_longer(model, name, former_name(named, key)) for key in keys if key not in found)


def no_picture(one):
    return _("%(field)s: the stored picture no longer exists.") % {"field": capfirst(one.verbose_name)}


def no_longer(model, name, called):
    label = capfirst(model._meta.get_field(name).verbose_name)
    return _("%(field)s: “%(record)s” no longer exists.") % {"field": label, "record": called}


def former_name(model, key):
    """What a record that is gone was called last."""
    entry = model.history.filter(id=key).order_by("history_date", "history_id").last() if hasattr(model, "history") else None
    try:
        return str(entry.instance) if entry else f"{model._meta.verbose_name} {key}"
    except models.ObjectDoesNotExist:  # its name needs another record that is gone
        return f"{model._meta.verbose_name} {key}"
