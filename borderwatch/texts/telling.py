"""What a document says, field by field, as texts that can be compared: the words that a reader of its page would see."""

from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from borderwatch.texts import dating, words
from borderwatch.texts.field_words import TEXTS, field_name, list_of_codes

LEFT_OUT = ("id", "url", "slug", "edition", "first_published_at", "untranslated")
"""Fields that say which record it is, and when it was published."""
CALLED = ("name", "title", "headline")
QUOTED = ("quote", "headline", "wording", "words")
"""Fields with words of somebody else, in the language of the statement or article."""
NO_WORDS = ("sizes", "width", "height", "untranslated", "in_english")
DAYS = ("start", "end", "date_start", "date_end", "covers_start", "covers_end")


@dataclass
class Line:
    """One thing that a document says: `value` is a text, or a list of texts whose order says nothing.

    `key` tells which line of another edition says the same thing. `url`: where more of it is told. `language`: of the record's own or
    quoted words, which are not put into the reader's.
    """

    key: str
    label: str
    value: str | list
    url: str = ""
    language: str = ""


def lines_of(document, record, without=()):
    """The Lines of a document in its order; translations one by one."""
    found = []
    for name, value in document.items():
        if name == "translations":
            found += translations(value)
        elif name not in (*LEFT_OUT, *without):
            found += lines_of_field(document, record, name, value)
    return found


def lines_of_field(document, record, name, value):
    """The Line of a field; words of the record or of a speaker inside it stand in lines of their own, each in its language."""
    label = str(capfirst(field_name(name)))
    language = language_of(value if isinstance(value, dict) and "headline" in value else document, name)
    yield Line(name, label, in_words(record, name, value), language=language)
    for part, texts in texts_inside(value).items():
        yield Line(f"{name}.{part}", f"{label}: {field_name(part)}", texts, language=language_of(document, part))


def texts_inside(value):
    """Field → texts of the record or of a speaker in a value that has parts, or in a list of such; a reference has none."""
    parts = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict) and "headline" not in one]
    found = {}
    for part in parts:
        for name, text in part.items():
            if text and name not in CALLED and (name in TEXTS or name in QUOTED):
                found.setdefault(name, []).append(str(text))
    return found


def language_of(document, name):
    """The language that the words of a field are in; empty where they are codes, names or days, which are put into the reader's."""
    if name == "original_text":
        return document.get("original_language") or ""
    if name in QUOTED or (name == "article" and "headline" in document):
        return document.get("language") or ""
    return "en" if name in TEXTS else ""


def translations(value):
    """A line for each text in another language."""
    return [
        Line(f"{language}.{name}", f"{capfirst(field_name(name))} ({words.word(language, 'language')})", str(text), language=language)
        for language, texts in (value or {}).items()
        for name, text in texts.items()
    ]


def in_words(record, name, value):
    """A value as a reader sees it: text, or list of texts."""
    if isinstance(value, list):
        return [text for one in value if (text := str(in_words(record, name, one)))]
    if isinstance(value, dict):
        return in_dict(name, value)
    codes = list_of_codes(record, name)
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if codes:
        return str(words.word(value, codes))
    return strip_tags(dating.in_words(value)) if name.endswith("_on") or name in DAYS else str(value)


def in_dict(record, value):
    """A reference by its name, a day with its precision, a stored picture by its file; anything else part by part.

    `record`: the field that holds it, by which its own fields find their words.
    """
    called = next((value[name] for name in CALLED if value.get(name)), None)
    if "start" in value and "precision" in value:
        told = [strip_tags(dating.in_words(value["start"], value["end"], value["precision"])), value.get("local_time")]
        return _(", ").join(filter(None, told))
    if called and "id" in value:
        around = [value.get("province_name"), value.get("country_name")]
        return _(", ").join(dict.fromkeys(filter(None, [str(called), *around])))
    own = {name: one for name, one in value.items() if one and name not in (*NO_WORDS, *QUOTED) and name not in TEXTS}
    parts = ((name, in_words(record, name, one)) for name, one in own.items())
    told = ((name, _(", ").join(text) if isinstance(text, list) else text) for name, text in parts)
    return _("; ").join(f"{field_name(name)}: {text}" for name, text in told if text)
