"""Editions read back onto the desk: the inverse of the modules that write contents."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from borderwatch.desk.as_it_stood import AsItStood, Row, no_longer, no_picture, now, relation_of, row_then, told_fields
from borderwatch.models import Edition
from borderwatch.state import PublicState


def of_edition(record, number):
    """The AsItStood of what the edition `number` told readers; fields that are not public are not in it.

    Raises ValidationError where there is none, where it was sealed, and where it only says that the record is gone.
    """
    edition = Edition.objects.filter(record=record.record_kind, uid=record.uid, number=number).first()
    words = {"record": record, "number": number}
    if edition is None:
        raise ValidationError(_("“%(record)s” has no edition %(number)s.") % words)
    if not edition.content:
        raise ValidationError(_("Edition %(number)s of “%(record)s” was sealed: its words were erased for good.") % words)
    content = edition.own_content()
    if not content:
        raise ValidationError(_("Edition %(number)s only says that “%(record)s” is no longer public.") % words)
    return ReadBack(record, PublicState.current().as_read(content)).stood


class ReadBack:
    """One reading: names by uid, places by slug and figures by public id become keys again."""

    def __init__(self, record, content):
        self.record, self.stood = record, AsItStood(record)
        for name, told in content.items():
            self.take(record._meta.get_field(name), told)
        self.stood.values = record.as_entered(self.stood.values)
        self.stood.gone = list(dict.fromkeys(self.stood.gone))

    def take(self, one, told):
        """One part of the content."""
        through = getattr(one.remote_field, "through", None)
        if one.one_to_many or (through and not through._meta.auto_created):
            self.take_rows(through or one.related_model, told)
        elif one.many_to_many:
            self.stood.many[one.name] = self.keys(one, told)
        elif isinstance(one, models.FileField):
            self.take_picture(one, told)
        else:
            self.stood.values[one.name] = self.value(one, told)

    def take_picture(self, one, told):
        """A picture with what is said of it, or its name alone."""
        told = told if isinstance(told, dict) else {"file": told}
        self.stood.values[one.name] = file = told.pop("file") or ""
        if file and not one.storage.exists(file):
            self.stood.gone.append(no_picture(one))
        for about, value in told.items():
            if about_field := next((other for other in told_fields(type(self.record)) if other.name == f"{one.name}_{about}"), None):
                self.stood.values[about_field.name] = self.value(about_field, value)

    def take_rows(self, model, told):
        name = next(name for name in self.record.rows_inside if relation_of(self.record, name).related_model is model)
        rows = [self.row(model, row) for row in told]
        find_keys(relation_of(self.record, name), self.record, rows)
        self.stood.rows[name] = rows

    def row(self, model, told):
        row = Row({}, public_id=told.get("id"))
        for name, value in told.items():
            if name != "id":
                one = model._meta.get_field(name)
                kept = row.many if one.many_to_many else row.values
                kept[name] = self.keys(one, value) if one.many_to_many else self.value(one, value)
        return row

    def value(self, one, told):
        if one.related_model is not None:
            return self.keys(one, [told])[0] if told else None
        return one.to_python(told) if told is not None else None

    def keys(self, one, names):
        """Primary keys of the records that the content names; None for one that is gone."""
        model = one.related_model
        known_by = next(name for name in ("uid", "public_id", "slug") if name in {known.name for known in model._meta.fields})
        found = dict(model._base_manager.filter(**{f"{known_by}__in": names}).values_list(known_by, "pk"))
        found = {str(name): key for name, key in found.items()}
        self.stood.gone += [no_longer(one.model, one.name, name) for name in names if name not in found]
        keys = [found.get(name) for name in names]
        return sorted(key for key in keys if key) if one.many_to_many else keys


# Which rows of an edition are which rows of the desk


def find_keys(relation, record, rows):
    """Give each row the key that it has, or had before it was deleted: by public id, else by what it says, else by likeness."""
    model, belongs = relation.related_model, relation.field
    held = [(row.key, row) for row in now(record).rows[relation.name]]
    history = list(model.history.filter(**{belongs.attname: record.pk}).order_by("-history_date", "-history_id")) if rows else []
    elsewhere = model._base_manager.exclude(**{belongs.name: record}).filter(pk__in=[entry.id for entry in history])
    moved = set(elsewhere.values_list("pk", flat=True))
    former = [(entry.id, row_then(entry, model, belongs.name)) for entry in history if entry.id not in moved]
    for is_it, known in ((is_numbered_as, held), (is_numbered_as, former), (says_the_same, held), (says_the_same, former), (is_like, held)):
        for row in [row for row in rows if row.key is None]:
            taken = {other.key for other in rows}
            row.key = next((key for key, other in known if key not in taken and is_it(row, other)), None)


def is_numbered_as(row, other):
    return row.public_id is not None and row.public_id == other.public_id


def says_the_same(row, other):
    return row.public_id is None and all(other.values[name] == value for name, value in row.values.items())


def is_like(row, other):
    """Whether at least half of what both rows say is the same."""
    said = [name for name, value in row.values.items() if value not in (None, "") or other.values[name] not in (None, "")]
    return row.public_id is None and 2 * sum(row.values[name] == other.values[name] for name in said) >= len(said)
