"""Putting a record back as it stood: an ordinary save of the record, its lists and its rows, or no save at all."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from borderwatch.desk.as_it_stood import now, of_version, relation_of
from borderwatch.desk.read_back import of_edition
from borderwatch.records import StaleRecord


def put_back_version(record, version, by):
    """See Record.put_back."""
    entry = record.history.filter(version=version).order_by("history_date", "history_id").last()
    reason = _("Put back as of version %(version)s") % {"version": version}
    put_back(of_version(record, version), by, f"{reason} ({entry.history_date:%Y-%m-%d %H:%M} UTC)")


def put_back_edition(record, number, by):
    """See Record.put_back_edition."""
    put_back(of_edition(record, number), by, _("Put back as of edition %(number)s") % {"number": number})


def put_back(stood, by, reason):
    """Save the record as it `stood`; it then is as the database has it."""
    opened = stood.record
    if stood.gone:
        raise ValidationError([_("It cannot be put back, because it names what is no longer there."), *stood.gone])
    try:
        with transaction.atomic():
            record = type(opened)._base_manager.get(pk=opened.pk)
            if record.version != opened.version:
                raise StaleRecord(opened)
            PuttingBack(record, stood, by, reason).all()
    except ProtectedError as refused:
        others = ", ".join(f"“{one}”" for one in list(refused.protected_objects)[:5])
        raise ValidationError(_("Other records need what would go: %(others)s.") % {"others": others}) from refused
    except IntegrityError as refused:
        raise ValidationError(_("What stood then contradicts what stands now: %(details)s.") % {"details": refused}) from refused
    opened.refresh_from_db()


class PuttingBack:
    """One such save, inside a transaction."""

    def __init__(self, record, stood, by, reason):
        self.record, self.stood, self.by, self.reason = record, stood, by, reason[:100]
        self.now = now(record)

    def all(self):
        self.record.refuse_put_back(self.stood, self.by)
        if not self.differs():
            raise ValidationError(_("Nothing differs: “%(record)s” stands like that now.") % {"record": self.record})
        for name, rows in self.stood.rows.items():
            self.delete_others(name, {row.key for row in rows})
        self.lay(self.record, self.values())
        self.record.follow_from_what_was_put_back()
        self.save(self.record, self.stood.many)
        for name in self.record.rows_inside:
            self.save_rows([self.wanted(name, row) for row in self.stood.rows.get(name, ()) if self.is_other(name, row)])

    def values(self):
        return {name: value for name, value in self.stood.values.items() if name not in self.record.stays_on_put_back}

    # What differs

    def differs(self):
        values = any(self.now.values[name] != value for name, value in self.values().items())
        many = any(self.now.many[name] != keys for name, keys in self.stood.many.items())
        return values or many or any(self.rows_differ(name, rows) for name, rows in self.stood.rows.items())

    def rows_differ(self, name, rows):
        return {row.key for row in rows} != {row.key for row in self.now.rows[name]} or any(self.is_other(name, row) for row in rows)

    def is_other(self, name, row):
        """Whether the row is to be saved: the desk holds none like it."""
        held = next((held for held in self.now.rows[name] if held.key == row.key), None)
        return held is None or {**held.values, **row.values} != held.values or {**held.many, **row.many} != held.many

    # Saving

    def delete_others(self, name, keys):
        for row in relation_of(self.record, name).related_model._base_manager.filter(**self.belongs(name)).exclude(pk__in=keys - {None}):
            self.sign(row)
            row.delete()

    def belongs(self, name):
        return {relation_of(self.record, name).field.name: self.record}

    def wanted(self, name, row):
        """The row as it will be saved, with its lists."""
        model = relation_of(self.record, name).related_model
        found = model._base_manager.filter(pk=row.key).first() or model(pk=row.key)
        if row.public_id and not found.public_id:
            found.public_id = row.public_id
        self.lay(found, row.values)
        for field, record in self.belongs(name).items():
            setattr(found, field, record)
        return found, row.many

    def lay(self, record, values):
        for name, value in values.items():
            setattr(record, record._meta.get_field(name).attname, value)

    def save_rows(self, waiting):
        """Rows may stand in each other's way (who is preferred): whatever is refused is tried again after the others."""
        while waiting:
            refused = [(row, many, error) for row, many in waiting if (error := self.refusal(row, many))]
            if len(refused) == len(waiting):
                raise refused[0][2]
            waiting = [(row, many) for row, many, _error in refused]

    def refusal(self, row, many):
        """Why the row could not be saved; None when it was."""
        try:
            return self.save(row, many)
        except ValidationError as error:
            return error

    def save(self, record, many):
        self.sign(record)
        refuse_wrong_values(record)
        record.save()
        for name, keys in many.items():
            getattr(record, name).set(keys)

    def sign(self, record):
        record._history_user, record._change_reason = self.by, self.reason


def refuse_wrong_values(record):
    """Everything that a form would refuse, as sentences that name the field."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise ValidationError([sentence for name, found in told(error) for sentence in sentences(type(record), name, found)]) from error


def told(error):
    return error.message_dict.items() if hasattr(error, "error_dict") else [("__all__", error.messages)]


def sentences(model, name, found):
    label = "" if name == "__all__" else f"{capfirst(model._meta.get_field(name).verbose_name)}: "
    return [f"{label}{sentence}" for sentence in found]
