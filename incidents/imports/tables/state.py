"""A record's values by column, plain as they were read, so that file, desk and an earlier import can be compared."""

import datetime

from django.db.models import DateField, ForeignKey, TimeField

from incidents.imports.tables import parts
from incidents.models import Place


def plain_of(record, name):
    """The value of a column as a file would give it: other records by uid, places by slug."""
    if parts.is_part(record, name):
        return parts.plain_of(record, name)
    field = record._meta.get_field(name)
    value = getattr(record, name)
    if field.many_to_many:
        return [str(one.uid) for one in value.all()]
    if isinstance(field, ForeignKey):
        return value and (value.slug if isinstance(value, Place) else str(value.uid))
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def is_equal(one, other):
    """Whether two plain values say the same; in lists the order says nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return one == other


def put(record, values, directory):
    """Set plain values on a record in memory. Returns the values of its parts and lists, which are written after it."""
    later = {}
    for name, value in values.items():
        if parts.is_part(record, name) or record._meta.get_field(name).many_to_many:
            later[name] = value
        else:
            setattr(record, name, as_field(record._meta.get_field(name), value, directory))
    return later


def as_field(field, value, directory):
    if value is None:
        return None
    if isinstance(field, ForeignKey):
        return directory.place(value) if field.related_model is Place else directory.record(field.related_model.record_kind, value)
    if isinstance(field, DateField):
        return datetime.date.fromisoformat(value)
    if isinstance(field, TimeField):
        return datetime.time.fromisoformat(value)
    return value
