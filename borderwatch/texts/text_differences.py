"""What differs between two texts or lists of texts, as pieces that a page can mark: pure, for the desk and for readers alike."""

import difflib
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SAME, GONE, NEW, CUT = "same", "gone", "new", "cut"
"""What a piece of text is: on both sides, on the earlier one only, on the later one only, left out here."""
FEW = 12
"""Texts of a list up to which all are shown, also those that both sides have."""
SHORT = 5
"""Words up to which a text is shown as a whole."""
CONTEXT = 160
"""Characters kept on either side where a long stretch that both have is cut."""
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


def texts(label, old, new, cut=True):
    """The Difference of two texts, word by word."""
    if old == new:
        return Difference(label, SAME, [(SAME, old)], [(SAME, new)])
    return Difference(label, "changed", *word_by_word(old, new, cut))


def lines(label, old, new, cut=True):
    """The Difference of two lists of texts, of which each is on one side, or on both."""
    before = [(SAME if text in new else GONE, text) for text in old]
    after = [(SAME if text in old else NEW, text) for text in new]
    if cut and max(len(old), len(new)) > FEW:
        before, after = without_common(before), without_common(after)
    return Difference(str(label), "changed" if old != new else SAME, spaced(before), spaced(after))


def spaced(pieces):
    """Pieces with something between them."""
    return [piece for index, piece in enumerate(pieces) for piece in ([(SAME, " · ")] if index else []) + [piece]]


def without_common(pieces):
    """Of many pieces those that differ, and how many do not."""
    left_out = sum(what == SAME for what, _text in pieces)
    told = [(CUT, ngettext("%(count)s that both have", "%(count)s that both have", left_out) % {"count": left_out})] if left_out else []
    return [piece for piece in pieces if piece[0] != SAME] + told


# Word by word


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
