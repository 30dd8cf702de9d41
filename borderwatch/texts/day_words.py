"""Days as people write them: "24 Dec", "24.12.2025", "2025-12", "last Thursday", "week of 1 Dec".

Pure: what is relative is read from a given day, as an article's words are read from the day it was published.
Precision is UCDP's date_prec (borderwatch.codes.DatePrecision). English words; names of months in Russian, Tajik and Dari too.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.codes import DatePrecision

AHEAD = 31
"""How many days a day without a year may lie ahead of the day it is read from; further ahead it is the last one before."""
EXAMPLES = gettext_lazy("24 Dec, 24 December 2025, 24.12.2025, 2025-12, Thursday, last Thursday, yesterday, week of 1 Dec")
LONGEST = 60


class NotADay(ValueError):
    """Words that name no day, or more than one; its text is a sentence for an editor."""


@dataclass(frozen=True)
class Days:
    """What was meant: the first and the last day, and how exactly that says when."""

    first: datetime.date
    last: datetime.date
    precision: int

    def __str__(self):
        """Read back, so that a misunderstanding is seen: "Wednesday 24 December 2025"."""
        if self.precision == DatePrecision.DAY:
            return date_format(self.first, "l j F Y")
        if self.precision == DatePrecision.WEEK:
            return _("week of %(day)s") % {"day": date_format(self.first, "l j F Y")}
        if self == whole_month(self.first.year, self.first.month):
            return date_format(self.first, "F Y")
        if self == whole_year(self.first.year):
            return str(self.first.year)
        return _("%(first)s to %(last)s") % {"first": date_format(self.first, "j F Y"), "last": date_format(self.last, "j F Y")}


def read_days(text, from_day, ahead=AHEAD):
    """The Days that `text` names, read from `from_day` (date). Raises NotADay.

    `ahead`: how many days after `from_day` a day without a year may lie; 0 where nothing can have happened yet.
    """
    words = plain(text)
    for pattern, read in PATTERNS:
        if found := re.fullmatch(pattern, words):
            try:
                return read(Reading(from_day, ahead), **found.groupdict())
            except (OverflowError, KeyError):  # other words of the same shape
                continue
    raise NotADay(_("“%(words)s” is no day that can be read. Write it like one of these: %(examples)s.") % shown(text))


def shown(text):
    text = str(text)
    return {"words": text if len(text) <= LONGEST else text[:LONGEST] + "…", "examples": EXAMPLES}


def plain(text):
    """Lower case, single spaces, ASCII digits and hyphens, without what says nothing ("on", "the", "of", commas, "24th")."""
    text = unicodedata.normalize("NFKC", str(text))[: 2 * LONGEST].lower()
    text = "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in text)
    text = re.sub(r"[‐-―−]", "-", text)
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text)
    text = re.sub(r"\bweek (of|from)\b", "week_of", text)
    return " ".join(re.sub(r"[,،]|\b(on|the|of|in|г\.?|года|соли)(?=\s|$)|(?<=[^\W\d])\.", " ", text).split())


class Reading:
    """How the words are read: from which day, and how far ahead of it."""

    def __init__(self, from_day, ahead):
        self.day, self.ahead = from_day, datetime.timedelta(days=ahead)

    def without_year(self, number, day):
        """The last such day, or the coming one where that is not far ahead."""
        near = [self.day.year + step for step in (1, 0, -1, -2, -3, -4)]  # 29 February comes every four years
        days = [datetime.date(a_year, number, day) for a_year in near if exists(a_year, number, day)]
        return next((one for one in days if one <= self.day + self.ahead), None) or refuse(number, day)


# What the words say


def one_day(reading, day, month, year=None):
    number = month_number(month)
    if year is None:
        return exactly(reading.without_year(number, int(day)))
    return exactly(existing(full_year(year), number, int(day)))


def day_and_weekday(reading, weekday, **day):
    """A day that says itself which day of the week it is; a contradiction is named."""
    days, number = one_day(reading, **day), weekday_number(weekday)
    if days.first.weekday() != number:
        raise NotADay(_("%(day)s is no %(weekday)s.") % {"day": date_format(days.first, "j F Y"), "weekday": weekday.capitalize()})
    return days


def with_slashes(reading, first, second, year):
    """Day first, as the region writes it; where month first makes a day too, nobody can know."""
    if int(first) <= 12 and int(second) <= 12 and first != second:
        ways = [existing(full_year(year), int(number), int(day)) for number, day in ((second, first), (first, second))]
        raise NotADay(
            _("“%(words)s” can be %(one)s or %(other)s. Write the month as a word.")
            % {"words": f"{first}/{second}/{year}", "one": date_format(ways[0], "j F Y"), "other": date_format(ways[1], "j F Y")}
        )
    number, day = (second, first) if int(first) > 12 or first == second else (first, second)
    return exactly(existing(full_year(year), int(number), int(day)))


def one_month(reading, month, year=None):
    number = month_number(month)
    return whole_month(full_year(year) if year else reading.without_year(number, 1).year, number)


def one_year(reading, year):
    return whole_year(full_year(year))


def one_weekday(reading, weekday, which=None):
    """The last one up to the day itself; "last" is before it, "next" after it."""
    back = (reading.day.weekday() - weekday_number(weekday)) % 7
    if which == "next":
        return exactly(reading.day + datetime.timedelta(days=7 - back))
    return exactly(reading.day - datetime.timedelta(days=(back or 7) if which == "last" else back))


def some_days_ago(reading, count, unit):
    number = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}.get(count) or int(count)
    return exactly(reading.day - datetime.timedelta(days=number * (7 if unit == "week" else 1)))


def near_day(reading, word):
    return exactly(reading.day + datetime.timedelta(days=NEAR_DAYS[word]))


def some_week(reading, which):
    monday = reading.day - datetime.timedelta(days=reading.day.weekday())
    return whole_week(monday - datetime.timedelta(days=7 if which == "last" else 0))


def some_month(reading, which):
    first = reading.day.replace(day=1)
    before = first - datetime.timedelta(days=1 if which == "last" else 0)
    return whole_month(before.year, before.month)


def week_of(reading, rest):
    return whole_week(read_days(rest, reading.day, reading.ahead.days).first)


def a_range(reading, first, last):
    """From one day to another; what the first leaves out (month, year) stands at the second."""
    until = read_days(last, reading.day, reading.ahead.days)
    if first.isdigit():
        first = f"{first} {MONTHS[until.last.month - 1][0]}"
    since = read_days(first, until.first, 0)
    if since.first > until.last:
        raise NotADay(_("The last day lies before the first: %(first)s, %(last)s.") % {"first": since, "last": until})
    return Days(since.first, until.last, DatePrecision.of_range(since.first, until.last))


# Days, weeks, months, years


def exactly(day):
    return Days(day, day, DatePrecision.DAY)


def whole_week(first):
    return Days(first, first + datetime.timedelta(days=6), DatePrecision.WEEK)


def whole_month(year, number):
    """The whole month."""
    after = datetime.date(year + number // 12, number % 12 + 1, 1)
    return Days(existing(year, number, 1), after - datetime.timedelta(days=1), DatePrecision.MONTH)


def whole_year(number):
    """The whole year."""
    return Days(datetime.date(number, 1, 1), datetime.date(number, 12, 31), DatePrecision.YEAR)


def exists(year, number, day):
    try:
        return bool(datetime.date(year, number, day))
    except ValueError:
        return False


def existing(year, number, day):
    return datetime.date(year, number, day) if exists(year, number, day) else refuse(number, day, year)


def refuse(number, day, year=""):
    raise NotADay(_("There is no such day: %(day)s.") % {"day": f"{day}.{number}.{year}".rstrip(".")})


def full_year(text):
    """The year, of the common calendar; two digits are of this century."""
    number = int(text) + (2000 if len(text) == 2 else 0)
    if not 1900 <= number <= 2100:
        raise NotADay(_("%(year)s is no year of the common calendar: write years as 2025, not as 1404.") % {"year": text})
    return number


# Names

MONTHS = (
    ("january", "января", "январь", "январи", "جنوری"),
    ("february", "февраля", "февраль", "феврали", "فبروری"),
    ("march", "марта", "марти", "مارچ"),
    ("april", "апреля", "апрель", "апрели", "اپریل"),
    ("may", "мая", "май", "майи", "می"),
    ("june", "июня", "июнь", "июни", "جون"),
    ("july", "июля", "июль", "июли", "جولای"),
    ("august", "августа", "августи", "اگست"),
    ("september", "сентября", "сентябрь", "сентябри", "سپتمبر"),
    ("october", "октября", "октябрь", "октябри", "اکتوبر"),
    ("november", "ноября", "ноябрь", "ноябри", "نومبر"),
    ("december", "декабря", "декабрь", "декабри", "دسمبر"),
)
"""Names of the months; a beginning of three letters is enough."""
WEEKDAYS = (
    ("monday", "понедельник"),
    ("tuesday", "tues", "вторник"),
    ("wednesday", "среда", "среду"),
    ("thursday", "thurs", "четверг"),
    ("friday", "пятница", "пятницу"),
    ("saturday", "суббота", "субботу"),
    ("sunday", "воскресенье"),
)
NEAR_DAYS = {"today": 0, "yesterday": -1, "day before yesterday": -2, "tomorrow": 1, "сегодня": 0, "вчера": -1, "позавчера": -2}


def number_of(names, word):
    """The place, from 1, of the one name that `word` is or begins."""
    found = [place for place, some in enumerate(names, start=1) if any(is_short_for(word, name) for name in some)]
    if len(found) != 1:
        raise KeyError(word)
    return found[0]


def is_short_for(word, name):
    return word == name or (len(word) >= 3 and name.startswith(word))


def month_number(word):
    if not word.isdigit():
        return number_of(MONTHS, word)
    return int(word) if 1 <= int(word) <= 12 else refuse_month(word)


def refuse_month(word):
    raise NotADay(_("There is no month %(number)s.") % {"number": word})


def weekday_number(word):
    return number_of(WEEKDAYS, word) - 1


NAME = r"[^\W\d_]{2,}"
PATTERNS = (
    (r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", one_day),
    (r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4}|\d\d)", one_day),
    (r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.?", one_day),
    (r"(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year>\d{4}|\d\d)", with_slashes),
    (rf"(?P<day>\d\d?)[ -]?(?P<month>{NAME})(?:[ -](?P<year>\d{{4}}))?", one_day),
    (rf"(?P<month>{NAME}) (?P<day>\d\d?)(?: (?P<year>\d{{4}}))?", one_day),
    (rf"(?P<weekday>{NAME}) (?P<day>\d\d?) (?P<month>{NAME})(?: (?P<year>\d{{4}}))?", day_and_weekday),
    (rf"(?P<weekday>{NAME}) (?P<month>{NAME}) (?P<day>\d\d?)(?: (?P<year>\d{{4}}))?", day_and_weekday),
    (r"(?P<year>\d{4})-(?P<month>\d\d?)", one_month),
    (r"(?P<month>\d\d?)[./](?P<year>\d{4})", one_month),
    (rf"(?P<month>{NAME}) (?P<year>\d{{4}})", one_month),
    (r"(?P<year>\d{4})", one_year),
    (r"(?P<word>" + "|".join(sorted(NEAR_DAYS, key=len, reverse=True)) + ")", near_day),
    (r"(?P<count>\d{1,3}|a|one|two|three|four|five|six|seven) (?P<unit>day|week)s? ago", some_days_ago),
    (r"week_of (?P<rest>.+)", week_of),
    (r"(?P<which>last|this) week", some_week),
    (r"(?P<which>last|this) month", some_month),
    (r"(?:between |from )?(?P<first>.+?)(?: - | ?- ?(?=\d\d? ?[^\W\d_])| to | and | until )(?P<last>.+)", a_range),
    (rf"(?:(?P<which>last|this|next) )?(?P<weekday>{NAME})", one_weekday),
    (rf"(?P<month>{NAME})", one_month),
)
"""Patterns of plain words → what reads them; the first that matches decides."""
