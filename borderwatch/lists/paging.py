"""One page of a list: where it starts is the last row of the page before, so that a page neither skips nor repeats rows under inserts."""

import base64
import binascii
import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from borderwatch.lists import by_words
from borderwatch.public.caching import remembered

COUNTED_EXACTLY = 10_000
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Position:
    """A row as the edge of a page: its value in the sort column (None: unknown, stands last) and its public id."""

    ordering: str
    is_backwards: bool
    value: object
    id: str

    def __str__(self):
        value = self.value.isoformat() if hasattr(self.value, "isoformat") else self.value
        text = json.dumps([self.ordering, int(self.is_backwards), value, self.id], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def position(text, asked):
    """The Position that the parameter `cursor` names in the list that `asked` (a ReaderFilterSet) orders."""
    try:
        found = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        ordering, is_backwards, value, public_id = found
        if ordering != asked.ordering or is_backwards not in (0, 1) or not isinstance(public_id, str):
            raise ValueError
        return Position(ordering, bool(is_backwards), column_value(asked, value), text_value(public_id))
    except (ValueError, TypeError, ValidationError, binascii.Error, RecursionError):
        raise ValidationError(_("Take the cursor from the links “next” and “previous” of the same list and order.")) from None


def column_value(asked, value):
    """A value out of a cursor as the sort column holds it; ValueError or ValidationError for what cannot stand there."""
    if value is None:
        return None
    column = asked.queryset.model._meta.get_field(asked.sort[0])
    if isinstance(column, models.IntegerField):
        if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
            raise ValueError
        return value
    return text_value(value) if isinstance(column, models.CharField) else column.to_python(text_value(value))


def text_value(value):
    if not isinstance(value, str) or "\0" in value or len(value) > 500:
        raise ValueError
    value.encode()  # a lone surrogate is a ValueError
    return value


@dataclass
class Page:
    """Rows of a list with the cursors (texts or None) of the pages around them."""

    rows: list
    count: int
    count_is_exact: bool
    next: str | None
    previous: str | None


def what_is_listed(rows, asked):
    """Rows of today with no more than a list shows: whole documents stay where they are. Those of another day are composed from all."""
    item = None if asked.as_of else getattr(asked.queryset.model, "list_item", None)
    return rows.values_list(*dict.fromkeys((item, asked.sort[0], asked.id_column)), named=True) if item else rows


def page(asked, narrow=what_is_listed, version=None):
    """The Page that `asked` (a ReaderFilterSet) is about; `narrow` says what is read of its rows.

    `version`: of the record as this request sees it (caching.Stamp), so that what matches is counted once for all pages of a list.
    """
    start, limit = asked.position, asked.limit
    is_backwards = start is not None and start.is_backwards
    found = rows_with_words(asked, start, narrow, version) if asked.words_asked and not is_backwards else None
    if found is None:
        found = rows_of_page(asked.qs if asked.led_rows is None else asked.led_rows, sort_column(asked), asked, start, narrow)
    has_more, found = len(found) > limit, found[:limit]
    if is_backwards:
        found.reverse()
    has_next, has_previous = (start is not None, has_more) if is_backwards else (has_more, start is not None)
    count = remembered(counted_as(asked), version, lambda: counted(asked.qs)) if has_next or has_previous else len(found)
    return Page(
        rows=found,
        count=min(count, COUNTED_EXACTLY),
        count_is_exact=count <= COUNTED_EXACTLY,
        next=cursor_at(found[-1:], asked, is_backwards=False) if has_next else None,
        previous=cursor_at(found[:1], asked, is_backwards=True) if has_previous else None,
    )


def rows_of_page(rows, column, asked, start, narrow):
    """The page's rows and one more, read in the order of `column`."""
    is_backwards = start is not None and start.is_backwards
    rows = in_order(rows, asked, is_backwards, column)
    if start is not None:
        rows = rows.filter(beyond(start, asked, column))
    return list(narrow(rows, asked)[: asked.limit + 1])


def rows_with_words(asked, start, narrow, version):
    """The same where words are asked for: out of the newest that hold them, day by day. None where too few of them are kept."""

    def in_page(rows):
        return rows_of_page(rows, asked.sort[0], asked, start, narrow)

    return by_words.rows_with_words(asked, start, version, in_page)


def counted(rows, most=COUNTED_EXACTLY):
    """How many there are, counted no further than one beyond `most`: by a column that the indexes of what is shown now hold."""
    column = "valid_to" if hasattr(rows.model, "valid_to") else "pk"
    return rows.order_by().values(column)[: most + 1].count()


def counted_as(asked):
    """The question whose answers are counted: the same for every page, order and length of page."""
    chosen = sorted((name, sorted(texts)) for name, texts in asked.given.items() if name not in ("ordering", "limit", "cursor", "fields"))
    return f"count {type(asked).__qualname__} {asked.queryset.model._meta.label} {json.dumps(chosen)}"


def cursor_at(rows, asked, is_backwards):
    """The cursor of the page beyond the one row of `rows`; None where there is none."""
    for row in rows:
        return str(Position(asked.ordering, is_backwards, getattr(row, asked.sort[0]), getattr(row, asked.id_column)))


def sort_column(asked):
    """The column that pages are read by: where one facet leads to the rows, the date that it repeats."""
    return asked.sort[0] if asked.led_rows is None else "lead__date"


def in_order(rows, asked, is_backwards=False, column=None):
    """`rows` in the order asked for; unknown values last, equal ones by public id. `column`: in place of the one asked for."""
    column, largest_first = column or asked.sort[0], asked.sort[1]
    by_id = ["id_length", asked.id_column] if asked.ids_have_no_fixed_length else [asked.id_column]
    if asked.ids_have_no_fixed_length:
        rows = rows.annotate(id_length=Length(asked.id_column))
    if asked.sort[0] in asked.never_unknown:  # saying where nulls stand would keep databases from using the index
        signs = ("-" if largest_first != is_backwards else "", "-" if is_backwards else "")
        return rows.order_by(signs[0] + column, *(signs[1] + name for name in by_id))
    if is_backwards:
        value = F(column).asc(nulls_first=True) if largest_first else F(column).desc(nulls_first=True)
        return rows.order_by(value, *(f"-{name}" for name in by_id))
    value = F(column).desc(nulls_last=True) if largest_first else F(column).asc(nulls_last=True)
    return rows.order_by(value, *by_id)


def beyond(start, asked, column):
    """Rows that stand beyond the position, in the direction that it looks."""
    largest_first = asked.sort[1]
    unknown, equal_but_beyond = Q(**{f"{column}__isnull": True}), id_beyond(start, asked)
    if start.value is None:
        return unknown & equal_but_beyond | (~unknown if start.is_backwards else Q(pk__in=[]))
    side = "lt" if largest_first != start.is_backwards else "gt"
    found = Q(**{f"{column}__{side}": start.value}) | Q(**{column: start.value}) & equal_but_beyond
    if asked.sort[0] in asked.never_unknown:
        return Q(**{f"{column}__{side}e": start.value}) & found  # says the same again, in words that an index understands
    return found if start.is_backwards else found | unknown


def id_beyond(start, asked):
    side = "lt" if start.is_backwards else "gt"
    beyond_by_text = Q(**{f"{asked.id_column}__{side}": start.id})
    if not asked.ids_have_no_fixed_length:
        return beyond_by_text
    length = len(start.id)
    return Q(**{f"id_length__{side}": length}) | Q(id_length=length) & beyond_by_text
