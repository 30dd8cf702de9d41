"""The columns of editors' tables: how each cell is read, and what an editor is told of it.

A value that was read is plain (text, number, truth, list, dict or None), as JSON can keep it.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.files.cells import undone
from sources.addresses import normalised

EMPTIED = "[empty]"
"""What is written in a cell to empty a value; an empty cell leaves it alone."""
MOST = 2_147_483_647
EARLIEST, LATEST = 1800, 2200
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
OVERRIDES = re.compile(r"[\u202d\u202e]")
SPREADSHEET_ERRORS = frozenset("#REF! #N/A #NAME? #VALUE! #DIV/0! #NULL! #NUM!".split())
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Days from 1954 to 2119 as spreadsheets number them, where a cell lost its date format."""
TRUTH = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class Refused(Exception):
    """A cell that cannot be read; the message says why."""


@dataclass(frozen=True)
class Column:
    """`names`: the kind of record that a cell names; `is_list`: several, with ";" between; `empty`: the value that it is emptied to."""

    name: str
    about: str
    read: Callable
    example: str = ""
    is_required: bool = False
    names: str = ""
    is_list: bool = False
    codes: tuple = ()
    most: int | None = None
    empty: object = ""
    can_be_emptied: bool = True
    keeps_lines: bool = False
    is_part: bool = False
    """Whether it tells of a figure or label: a row may repeat the key alone and add such."""


def told(cell, keeps_lines=False):
    """The cell's text. Raises Refused for what the database cannot keep."""
    text = undone(cell.strip())
    if UNSTORABLE.search(text):
        raise Refused(_("holds a character that cannot be kept (a control character or half a character)"))
    if text in SPREADSHEET_ERRORS:
        raise Refused(_("holds the spreadsheet’s error %(text)s") % {"text": text})
    return text.replace("\r\n", "\n").replace("\r", "\n") if keeps_lines else " ".join(text.split())


def short(text):
    return text if len(text) <= 40 else f"{text[:39]}…"


def text(column, cell):
    words = told(cell, column.keeps_lines)
    if column.most and len(words) > column.most:
        raise Refused(_("has %(length)d characters; at most %(most)d fit") % {"length": len(words), "most": column.most})
    return words


def address(column, cell):
    """A web address without what only says how its reader came there."""
    try:
        return normalised(text(column, cell))
    except ValueError as error:
        raise Refused(_("“%(text)s” is not a web address") % {"text": short(cell)}) from error


def number(column, cell):
    """A whole number of people or incidents."""
    words = told(cell)
    if not re.fullmatch(r"[0-9]{1,40}([.,]0{1,9})?", words):
        raise Refused(_("“%(text)s” is not a whole number in digits") % {"text": short(words)})
    value = int(re.split("[.,]", words)[0])
    if value > MOST:
        raise Refused(_("“%(text)s” is too large") % {"text": short(words)})
    return value


def degrees(column, cell):
    words = told(cell)
    if not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{1,15})?", words):
        raise Refused(_("“%(text)s” is not a number of degrees such as 37.2") % {"text": short(words)})
    return float(words.replace(",", "."))


def day(column, cell):
    """ISO text of the day."""
    words = re.split(r"[T ]\d{1,2}:", told(cell))[0]
    found = serial_day(words) or written_day(words)
    if found is None or not EARLIEST <= found.year <= LATEST:
        raise Refused(_("“%(text)s” is not a date such as 2025-12-24") % {"text": short(words)})
    return found.isoformat()


def serial_day(words):
    if re.fullmatch(r"[0-9]{5}", words) and FIRST_SERIAL <= int(words) <= LAST_SERIAL:
        return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(words))
    return None


def written_day(words):
    for form in DAY_FORMATS:
        try:
            return datetime.datetime.strptime(words, form).date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    return None


def time(column, cell):
    words = told(cell)
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(:[0-5][0-9])?", words)
    if not found:
        raise Refused(_("“%(text)s” is not a time such as 23:15") % {"text": short(words)})
    return f"{int(found[1]):02}:{found[2]}:00"


def truth(column, cell):
    words = told(cell).lower()
    if words not in TRUTH:
        raise Refused(_("“%(text)s” is neither yes nor no") % {"text": short(words)})
    return TRUTH[words]


def code(column, cell):
    """A code of the list, or its word."""
    words = told(cell)
    plain = words.removesuffix(".0").casefold()
    for value, label in column.codes:
        if plain in (str(value).casefold(), str(label).casefold()):
            return value
    known = ", ".join(str(value) for value, _label in column.codes)
    raise Refused(_("“%(text)s” is none of %(known)s") % {"text": short(words), "known": known})


def several(column, cell):
    return list(dict.fromkeys(filter(None, (part.strip() for part in text(column, cell).split(";")))))


def pairs(column, cell):
    """`wikidata=Q1; acled=TAJ1` as a dict."""
    found = {}
    for part in several(column, cell):
        name, equals, value = part.partition("=")
        if not (equals and re.fullmatch(r"[a-z0-9_]{1,40}", name.strip()) and value.strip()):
            raise Refused(_("“%(text)s” is not written as name=id, as in wikidata=Q1") % {"text": short(part)})
        found[name.strip()] = value.strip()
    return found


def reference(column, cell):
    """Whom or what the cell names, still as text: names.py finds the record."""
    return several(column, cell) if column.is_list else text(column, cell)


# Columns that follow from a model's field


def column_of(model, name, **more):
    """The Column of a field: its words, codes, length and emptiness are the model's own."""
    field = model._meta.get_field(name)
    about = " – ".join(as_in_a_cell(one) for one in (capfirst(field.verbose_name), field.help_text) if one)
    is_many = field.many_to_many
    empty = None if field.null else [] if is_many else field.get_default()
    found = {
        "about": about,
        "read": reader_of(field),
        "names": kind_of(field.related_model) if field.is_relation else "",
        "is_list": is_many,
        "codes": tuple(field.flatchoices or ()),
        "most": getattr(field, "max_length", None) if not field.is_relation else None,
        "empty": empty,
        "is_required": not field.null and not field.blank and not field.has_default() and not is_many,
        "can_be_emptied": field.null or field.blank or field.has_default(),
        "keeps_lines": isinstance(field, models.TextField),
    }
    return Column(name, **(found | more))


def as_in_a_cell(words):
    """The form's words for a table: a list is written with ";" there."""
    return re.sub(r"\[([^]]*)\]", lambda found: found[1].replace('"', "").replace(", ", "; "), str(words).rstrip("."))


def reader_of(field):
    if field.is_relation:
        return reference
    if field.flatchoices:
        return code
    if isinstance(field, models.JSONField):
        return several if field.get_default() == [] else pairs
    readers = {
        models.DateField: day,
        models.TimeField: time,
        models.BooleanField: truth,
        models.FloatField: degrees,
        models.IntegerField: number,
    }
    return next((reader for kind, reader in readers.items() if isinstance(field, kind)), text)


def kind_of(model):
    return getattr(model, "record_kind", "") or "place"


WRITTEN = {
    day: gettext_lazy("a day: 2025-12-24, 24.12.2025 or 24 December 2025"),
    time: gettext_lazy("a time: 23:15"),
    truth: gettext_lazy("yes or no"),
    degrees: gettext_lazy("degrees: 37.2 or 37,2"),
    number: gettext_lazy("a whole number"),
    several: gettext_lazy("one or more, with ; between them"),
    pairs: gettext_lazy("name=id, with ; between several"),
    address: gettext_lazy("a web address"),
}


def written_as(column):
    """How a cell is written, for templates and documentation."""
    if column.codes:
        return "; ".join(f"{value} = {label}" if str(value) != str(label) else str(value) for value, label in column.codes if value != "")
    if column.names:
        named = _("a %(kind)s: its key, id, address word, web address, name or alias") % {"kind": column.names}
        return named + (_("; several with ; between them") if column.is_list else "")
    if column.most == 2 and column.name in ("country", "nationality"):
        return _("two capital letters, as in TJ (ISO 3166-1)")
    return str(WRITTEN.get(column.read, _("text")))
