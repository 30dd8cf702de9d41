"""The words that a reader searched for, marked where they stand in a title or summary, in whatever script.

Pure: what is marked is what the search finds (search.py): beginnings of words, quoted words in order, names that sound alike.
"""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe

from borderwatch.search import parse_query, sounds, tokens

WORD = re.compile(r"[\w'’ʻʼ\u200c]+")
ELLIPSIS = "…"


def marked(text, query):
    """`text` as safe HTML with <mark> around what `query` found there."""
    found, end = [], 0
    for start, stop in spans(text, query):
        found += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return mark_safe("".join([*found, escape(text[end:])]))  # noqa: S308 each piece is escaped


def excerpt(text, query="", most=110):
    """`text` in at most `most` characters, from its beginning or, where nothing found stands there, from before the first word found."""
    if len(text) <= most:
        return text
    first, stop = next(iter(spans(text, query)), (0, 0))
    start = text.rfind(" ", 0, max(first - most // 3, 0)) + 1 if stop > most else 0
    cut = text[start : start + most]
    if start + most < len(text):
        cut = cut.rsplit(" ", 1)[0].rstrip(",;:. ") + ELLIPSIS
    return (ELLIPSIS if start else "") + cut


def spans(text, query):
    """(start, end) of every stretch of `text` that `query` finds, in order, none inside another."""
    if not query:
        return []
    words = [(*one.span(), token) for one in WORD.finditer(text) for token in tokens(one[0])[:1]]
    found = sorted(span for asked, is_quoted in parse_query(query) for span in spans_of(asked, is_quoted, words))
    return [span for place, span in enumerate(found) if place == 0 or span[0] >= max(end for _start, end in found[:place])]


def spans_of(asked, is_quoted, words):
    """Where the words `asked` stand in a row among `words`; the last may be a beginning unless they were quoted."""
    count, keys = len(asked), set(sounds(asked[0])) if len(asked) == 1 and not is_quoted else set()
    for place in range(len(words) - count + 1):
        run = [token for _start, _end, token in words[place : place + count]]
        is_last_alike = run[-1] == asked[-1] or (not is_quoted and run[-1].startswith(asked[-1]))
        if (run[:-1] == asked[:-1] and is_last_alike) or (keys and keys & set(sounds(run[-1]))):
            yield words[place][0], words[place + count - 1][1]
