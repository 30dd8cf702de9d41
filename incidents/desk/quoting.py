"""Where the words of a statement stand in a captured text. A place is (start, end), counted in code points as Python counts them.

Browsers count UTF-16 units: workbench.js converts. Newlines are line feeds everywhere, so that both sides count the same.
"""

import re
from dataclasses import dataclass, field

QUOTE_MARKS = "\"“”„«»'‘’"
DASHES = "-‐‑–—"
GAP = re.compile(r"\s*(?:\.\.\.|…)\s*")
LONGEST_GAP = 3000
MOST_PLACES = 20


@dataclass
class Piece:
    """A part of the text over which the same quotes lie."""

    text: str
    keys: list
    """Of the quotes that cover it, the shortest quote first."""
    begins: list = field(default_factory=list)
    """Of the quotes that begin with it."""


def with_line_feeds(text):
    """`text` with one kind of newline: forms send two characters where a page holds one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def places_of(text, quote):
    """Every place where exactly this quote stands."""
    return [match.span() for match in re.finditer(re.escape(quote), text)] if quote else []


def places(text, words):
    """Every place where `words` stand: letter by letter; else whatever the spaces, dashes, quotation marks and case;
    else from the first words to the last of "first words … last words". Never more than MOST_PLACES."""
    words = with_line_feeds(words).strip()
    if not words:
        return []
    found = places_of(text, words)
    for pattern in (forgiving(words), from_to(words)):
        if not found and pattern:
            found = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
    return found[:MOST_PLACES]


def forgiving(words):
    """A pattern that takes any spacing, any dash and any quotation mark."""
    return r"\s+".join("".join(letter_pattern(letter) for letter in word) for word in words.split())


def letter_pattern(letter):
    for alike in (QUOTE_MARKS, DASHES):
        if letter in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(letter)


def from_to(words):
    """A pattern for what stands between the first words and the last; None without a gap."""
    ends = GAP.split(words)
    if len(ends) != 2 or not all(ends):
        return None
    return forgiving(ends[0]) + rf"(?s:.{{0,{LONGEST_GAP}}}?)" + forgiving(ends[1])


def around(text, place, width=40):
    """The words at a place with a little of what stands before and after, in one line."""
    start, end = place
    before, after = text[max(0, start - width) : start], text[end : end + width]
    quote = text[start:end]
    inside = quote if len(quote) <= 2 * width else f"{quote[:width]}…{quote[-width:]}"
    return " ".join(f"…{before}[{inside}]{after}…".split())


def stands_at(text, quote, start, end):
    """Whether `quote` is what stands there."""
    return start is not None and end is not None and bool(quote) and text[start:end] == quote


def pieces(text, marks):
    """The text cut wherever a quote begins or ends; `marks` are (start, end, key), and may lie over each other."""
    marks = sorted((mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)), key=lambda mark: mark[1] - mark[0])
    cuts = sorted({0, len(text), *(cut for start, end, _key in marks for cut in (start, end))})
    found = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        keys = [key for first, last, key in marks if first <= start and end <= last]
        begins = [key for first, _last, key in marks if first == start]
        found.append(Piece(text[start:end], keys, begins))
    return found
