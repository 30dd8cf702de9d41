"""What differs between two states of a record: numbers first, then its fields, then its rows; long texts word by word."""

import difflib
import re
from dataclasses import dataclass, field

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borderwatch.as_it_stood import former_name, relation_of
from borderwatch.desk.wording import in_words

SAME, GONE, NEW, CUT = "same", "gone", "new", "cut"
"""What a piece of text is: on both sides, on the earlier one only, on the later one only, left out here."""
NUMBERS = (models.IntegerField, models.FloatField)
FEW = 12
"""Texts of a list up to which all are shown, also those that both sides have."""
SHORT = 5
"""Words up to which a text is shown as a whole."""
CONTEXT = 160
"""Characters kept on either side where a long stretch that both have is cut."""
LAST = ("translations", "note", "external_ids")
"""Fields that editors ask for last."""
MANY_WORDS = 6000
"""Above it texts are compared line by line: comparing words takes time with their square."""


@dataclass
class Difference:
    """One field or row on both sides, each as (what, text) pieces; `state`: same, changed, added or removed."""

    label: str
    state: str
    before: list
    after: list


@dataclass
class Part:
    """A heading with what stands under it."""

    title: str
    differences: list = field(default_factory=list)

    @property
    def changed(self):
        return [one for one in self.differences if one.state != SAME]


@dataclass
class Comparison:
    parts: list

    @property
    def is_any(self):
        return any(part.changed for part in self.parts)

    @property
    def count(self):
        return sum(len(part.changed) for part in self.parts)


def compare(before, after, results=(), cut=True):
    """The Comparison of two AsItStood of one record; what one of them does not tell is left out.

    `results`: (label, texts before, texts after) of what was computed. `cut`: long stretches that both have are shortened.
    """
    comparing = Comparing(before, after, cut)
    numbers, fields = Part(_("Numbers")), Part(_("Fields"))
    numbers.differences += [comparing.lines(*result) for result in results]
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
            return [self.texts(label, self.text(one, old), self.text(one, new))]
        old, new = translated(old), translated(new)
        return [self.texts(f"{label}: {key}", old.get(key, ""), new.get(key, "")) for key in dict.fromkeys([*old, *new])]

    def texts(self, label, old, new):
        if old == new:
            return Difference(label, SAME, [(SAME, old)], [(SAME, new)])
        return Difference(label, "changed", *word_by_word(old, new, self.cut))

    def lines(self, label, old, new):
        """Texts of which each is on one side, or on both."""
        before = [(SAME if text in new else GONE, text) for text in old]
        after = [(SAME if text in old else NEW, text) for text in new]
        if self.cut and max(len(old), len(new)) > FEW:
            before, after = without_common(before), without_common(after)
        return Difference(str(label), "changed" if old != new else SAME, spaced(before), spaced(after))

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
        difference = self.lines(label, before, after)
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


def spaced(pieces):
    """Pieces with something between them."""
    return [piece for index, piece in enumerate(pieces) for piece in ([(SAME, " · ")] if index else []) + [piece]]


def without_common(pieces):
    """Of many pieces those that differ, and how many do not."""
    left_out = sum(what == SAME for what, _text in pieces)
    told = [(CUT, ngettext("%(count)s that both have", "%(count)s that both have", left_out) % {"count": left_out})] if left_out else []
    return [piece for piece in pieces if piece[0] != SAME] + told


# Texts


def word_by_word(old, new, cut=True):
    """The pieces of two texts, earlier and later."""
    if not old or not new or max(len(old.split()), len(new.split())) <= SHORT:
        return [(GONE, old)] if old else [], [(NEW, new)] if new else []
    pattern = r"[^\n]*\n?" if max(len(old.split()), len(new.split())) > MANY_WORDS else r"\s+|\w+|[^\w\s]"
    before, after = re.findall(pattern, old), re.findall(pattern, new)
    matcher = difflib.SequenceMatcher(lambda piece: piece.isspace(), before, after, autojunk=len(before) > 1000)
    codes = matcher.get_opcodes()
    pieces = (
        [(SAME if code == "equal" else GONE, "".join(before[start:end])) for code, start, end, _start, _end in codes],
        [(SAME if code == "equal" else NEW, "".join(after[start:end])) for code, _start, _end, start, end in codes],
    )
    return tuple([piece for one in side if one[1] for piece in (shortened(one) if cut else [one])] for side in map(joined, pieces))


def joined(pieces):
    """Changes with nothing but a space between them are one."""
    found = []
    for what, text in pieces:
        if len(found) > 1 and what != SAME and what == found[-2][0] and found[-1][1].isspace():
            between = found.pop()[1]
            found[-1] = (what, found[-1][1] + between + text)
        elif text:
            found.append((what, text))
    return found


def shortened(piece):
    """A long stretch that both sides have, without its middle."""
    what, text = piece
    if what != SAME or len(text) <= 2 * CONTEXT + 80:
        return [piece]
    left_out = len(text.split()) - len(text[:CONTEXT].split()) - len(text[-CONTEXT:].split())
    return [(SAME, text[:CONTEXT]), (CUT, _("%(count)s words that both have") % {"count": left_out}), (SAME, text[-CONTEXT:])]
