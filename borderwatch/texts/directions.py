"""Pieces of a text that run the other way than the page: numbers with a dash, names in another script."""

from django.utils.translation import get_language_bidi


def isolated(text: str) -> str:
    """The text with its own direction, between isolating characters, on a page that runs from right to left; elsewhere as it is."""
    return f"\u2068{text}\u2069" if get_language_bidi() else text
