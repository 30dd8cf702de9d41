"""What a document says, field by field, as texts that can be compared: the words that a reader of its page would see."""

from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.text import capfirst

from borderwatch.texts import dating, words
from borderwatch.texts.field_words import TEXTS, field_name, list_of_codes

LEFT_OUT = ("id", "url", "slug", "edition", "first_published_at", "untranslated")
"""Fields that say which record it is, and when it was published."""
CALLED = ("name", "title", "headline")


@dataclass
class Line:
    """One thing that a document says: `value` is a text, or a list of texts whose order says nothing.

    `key` tells which line of another edition says the same thing. `url`: where more of it is told.
    """

    key: str
    label: str
    value: str | list
    url: str = ""
    is_english: bool = False


def lines_of(document, record, without=()):
    """The Lines of a document in its order; translations one by one."""
    found = []
    for name, value in document.items():
        if name == "translations":
            found += translations(value)
        elif name not in (*LEFT_OUT, *without):
            found.append(Line(name, str(capfirst(field_name(name))), in_words(record, name, value), is_english=name in TEXTS))
    return found


def translations(value):
    """A line for each text in another language."""
    return [
        Line(f"{language}.{name}", f"{capfirst(field_name(name))} ({words.word(language, 'language')})", str(text))
        for language, texts in (value or {}).items()
        for name, text in texts.items()
    ]


def in_words(record, name, value):
    """A value as a reader sees it: text, or list of texts."""
    if isinstance(value, list):
        return [text for one in value if (text := str(in_words(record, name, one)))]
    if isinstance(value, dict):
        return in_dict(record, value)
    codes = list_of_codes(record, name)
    if value in (None, ""):
        return ""
    if name.endswith("_on") or name in ("start", "end"):
        return strip_tags(dating.in_words(value))
    return str(words.word(value, codes) if codes and value is not True else value)


def in_dict(record, value):
    """A reference by its name, a day with its precision, a stored picture by its file; anything else part by part."""
    called = next((value[name] for name in CALLED if value.get(name)), None)
    if "start" in value and "precision" in value:
        told = [strip_tags(dating.in_words(value["start"], value["end"], value["precision"])), value.get("local_time")]
        return ", ".join(filter(None, told))
    if called and "id" in value:
        around = [value.get("province_name"), value.get("country_name"), value.get("description")]
        return ", ".join(dict.fromkeys(filter(None, [str(called), *around])))
    parts = ((name, in_words(record, name, one)) for name, one in value.items() if name not in ("sizes", "width", "height") and one)
    return "; ".join(f"{field_name(name)}: {', '.join(text) if isinstance(text, list) else text}" for name, text in parts if text)
