"""What differs between two states of a record on the desk: numbers first, then its fields, then its rows."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from borderwatch.desk.as_it_stood import former_name, relation_of
from borderwatch.desk.wording import in_words
from borderwatch.texts.text_differences import Comparison, Part, lines, texts

NUMBERS = (models.IntegerField, models.FloatField)
LAST = ("translations", "note", "external_ids")
"""Fields that editors ask for last."""


def compare(before, after, results=(), cut=True):
    """The Comparison of two AsItStood of one record; what one of them does not tell is left out.

    `results`: (label, texts before, texts after) of what was computed. `cut`: long stretches that both have are shortened.
    """
    comparing = Comparing(before, after, cut)
    numbers, fields = Part(_("Numbers")), Part(_("Fields"))
    numbers.differences += [lines(*result, cut) for result in results]
    rows = []
    for name in (name for name in after.rows if name in before.rows):
        part = Part(str(capfirst(relation_of(after.record, name).related_model._meta.verbose_name_plural)), comparing.rows(name))
        if hasattr(relation_of(after.record, name).related_model, "public_id"):
            numbers.differences += part.differences
        else:
            rows.append(part)
    for one in sorted(after.record._meta.get_fields(), key=lambda one: one.name in LAST):
        (numbers if is_number(one) else fields).differences.extend(comparing.field(one))
    return Comparison([part for part in (numbers, fields, *rows) if part.differences])


def is_number(one):
    return isinstance(one, NUMBERS) and not one.choices


class Comparing:
    """One comparison; names of records are read once."""

    def __init__(self, before, after, cut):
        self.before, self.after, self.cut, self.names = before, after, cut, {}

    def field(self, one):
        """The Difference of a field or list, none where one side does not tell it; of translations one for each text."""
        told = [stood.values | stood.many for stood in (self.before, self.after)]
        if not all(one.name in values for values in told):
            return []
        label, (old, new) = str(capfirst(one.verbose_name)), (values[one.name] for values in told)
        if one.name != "translations":
            return [texts(label, self.text(one, old), self.text(one, new), self.cut)]
        old, new = translated(old), translated(new)
        return [texts(f"{label}: {key}", old.get(key, ""), new.get(key, ""), self.cut) for key in dict.fromkeys([*old, *new])]

    # Rows

    def rows(self, name):
        """Differences of the rows of a relation, in the order of the later side."""
        model = relation_of(self.after.record, name).related_model
        old, new = list(self.before.rows[name]), self.after.rows[name]
        pairs = [(self.same_row(row, old), row) for row in new]
        left = [row for row in old if not any(row is other for other, _row in pairs)]
        return [self.row(model, *pair) for pair in [*pairs, *((row, None) for row in left)]]

    def same_row(self, row, others):
        return next((other for other in others if row.key is not None and other.key == row.key), None)

    def row(self, model, old, new):
        """A row; parts that differ are marked."""
        known = {name for row in (old, new) if row for name in (*row.values, *row.many)}
        for row in (old, new):
            known &= {*row.values, *row.many} if row else known
        before, after = (self.said(model, row, known) for row in (old, new))
        public_id = next((row.public_id for row in (new, old) if row and row.public_id), "")
        label = " ".join(filter(None, [str(capfirst(model._meta.verbose_name)), public_id]))
        difference = lines(label, before, after, self.cut)
        difference.state = "added" if old is None else "removed" if new is None else difference.state
        return difference

    def said(self, model, row, known):
        """What a row says, part by part."""
        if row is None:
            return []
        values = {name: value for name, value in (row.values | row.many).items() if name in known and value is not False}
        told = [(one, self.text(one, values[one.name])) for one in model._meta.get_fields() if one.name in values]
        return [text if says_itself(one) else f"{one.verbose_name} {text}" for one, text in told if text]

    # Values

    def text(self, one, value):
        if one.is_relation:
            keys = value if isinstance(value, list) else [value] if value else []
            return ", ".join(self.name(one.related_model, key) for key in keys)
        return in_words(one, value)

    def name(self, model, key):
        """What the record is called now, or was called last."""
        if (model, key) not in self.names:
            record = model._base_manager.filter(pk=key).first()
            gone = "" if record else _("%(record)s (no longer exists)") % {"record": former_name(model, key)}
            self.names[model, key] = gone or " ".join(filter(None, [getattr(record, "public_id", None) or "", str(record)]))
        return self.names[model, key]


def translated(words):
    """Language and field → text."""
    return {f"{language} · {name}": str(text) for language, texts in (words or {}).items() for name, text in texts.items()}


def says_itself(one):
    """Whether a value needs no name of its field beside it."""
    return bool(one.is_relation or one.choices)
