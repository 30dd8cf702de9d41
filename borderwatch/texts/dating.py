"""Dates as a reader says them: with the precision that is known, and never more.

Precision is UCDP's date_prec: 1 the day, 2 two to six days, 3 the week, 4 the month, 5 the year or longer.
"""

from datetime import date, datetime

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _


def parse_day(text):
    """The date of an ISO day or moment; None where there is none."""
    if not text:
        return None
    return text if isinstance(text, date) else date.fromisoformat(str(text)[:10])


def time_element(day, pattern="DATE_FORMAT", iso=None):
    """<time> with the ISO date for programs and the long form for people; patterns are those of borderwatch/formats."""
    return format_html('<time dir="auto" datetime="{}">{}</time>', iso or day.isoformat(), date_format(day, pattern))


def month_or_year(start, precision):
    return time_element(start, "YEAR_MONTH_FORMAT", f"{start:%Y-%m}") if precision == 4 else time_element(start, "Y", f"{start:%Y}")


def in_words(start, end=None, precision=1):
    """A date or range as HTML: "24 December 2025", "between 27 November and 1 December 2025", "week of 12 January 2026"."""
    start, end = parse_day(start), parse_day(end)
    if start is None:
        return _("date not reported")
    end = end or start
    if precision in (4, 5) and (start.year, start.month if precision == 4 else 0) == (end.year, end.month if precision == 4 else 0):
        return month_or_year(start, precision)
    if precision == 3 and (end - start).days <= 7:
        return format_html(_("week of {}"), time_element(start))
    if end == start:
        return time_element(start) if precision == 1 else format_html(_("about {}"), time_element(start))
    first = time_element(start, "MONTH_DAY_FORMAT") if start.year == end.year else time_element(start)
    return format_html(_("between {} and {}"), first, time_element(end))


def moment_in_words(text, with_time=False):
    """An ISO moment as its day in UTC, with the time where `with_time`: "2 December 2025, 14:05 UTC"."""
    moment = text if isinstance(text, datetime) else parse_datetime(str(text or ""))
    if moment is None:
        return ""
    pattern = "DATETIME_FORMAT" if with_time else "DATE_FORMAT"
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    words = time_element(moment, pattern, stamp)
    return format_html("{} UTC", words) if with_time else words
