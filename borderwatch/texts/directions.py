"""Pieces of a page that are not in its language or run the other way: names in another script, numbers with a dash."""

from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi


def isolated(text: str) -> str:
    """The text with its own direction, between isolating characters, on a page that runs from right to left; elsewhere as it is."""
    return f"\u2068{text}\u2069" if get_language_bidi() else text


def lang_mark(code: str) -> str:
    """The attribute that says in which language words are; none where it is the page's own, or is not known."""
    return format_html(' lang="{}"', code) if code and code != get_language() else ""


def name_element(reference: dict) -> str:
    """The name of what is referred to, with its own direction; marked as English where `untranslated` says that it is."""
    name = reference.get("name") or reference.get("title") or reference["id"]
    return format_html("<bdi{}>{}</bdi>", lang_mark("en" if reference.get("untranslated") else ""), name)
