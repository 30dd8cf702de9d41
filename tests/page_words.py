"""What a page says in which language: its texts, and those of its attributes that are read out, each with the language marked on it."""

import re
from html.parser import HTMLParser

READ_OUT = ("title", "aria-label", "placeholder", "alt", "data-label", "data-done")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
NO_WORDS = ("script", "style", "pre", "code")
NO_LANGUAGE = ("id", "digest")
"""Classes of what belongs to no language: public ids, digests."""


class PageWords(HTMLParser):
    """`found`: [(language, text)] in the page's order; the language is "" inside what belongs to none."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], [("", "")]
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        language = self.open[-1][1]
        if tag in NO_WORDS or set(NO_LANGUAGE) & set((given.get("class") or "").split()):
            language = ""
        elif "lang" in given:
            language = given["lang"]
        self.found += [(language, given[name]) for name in READ_OUT if given.get(name)]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while tag not in VOID and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        self.found.append((self.open[-1][1], text))


def in_latin(html, language, known=""):
    """The texts marked as `language` that hold a word in Latin letters; `known`: a pattern of words that are the same in every language."""
    texts = (re.sub(known, "", text) if known else text for marked, text in PageWords(html).found if marked == language)
    return [" ".join(text.split()) for text in texts if re.search(r"[A-Za-z]{2,}", text)]
