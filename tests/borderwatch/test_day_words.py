"""Days as people write them, read from a day: what each form means, and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderwatch.texts.day_words import NotADay, read_days

FRIDAY = date(2025, 12, 26)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-12-24", "2025-12-24"),
        ("24 Dec", "2025-12-24"),
        ("24 December 2025", "2025-12-24"),
        ("Dec 24, 2025", "2025-12-24"),
        ("on the 24th of December", "2025-12-24"),
        ("24.12.2025", "2025-12-24"),
        ("24.12.25", "2025-12-24"),
        ("24.12.", "2025-12-24"),
        ("24/12/2025", "2025-12-24"),
        ("12/24/2025", "2025-12-24"),
        ("Wednesday, 24 December", "2025-12-24"),
        ("24 декабря 2025 г.", "2025-12-24"),
        ("24 декабри соли 2025", "2025-12-24"),
        ("۲۴ دسمبر ۲۰۲۵", "2025-12-24"),
        ("30 Dec", "2025-12-30"),
        ("24 June", "2025-06-24"),
        ("2 Feb", "2025-02-02"),
        ("29 Feb", "2024-02-29"),
        ("Thursday", "2025-12-25"),
        ("Friday", "2025-12-26"),
        ("last Friday", "2025-12-19"),
        ("last Thursday", "2025-12-25"),
        ("next Thursday", "2026-01-01"),
        ("mon", "2025-12-22"),
        ("today", "2025-12-26"),
        ("yesterday", "2025-12-25"),
        ("the day before yesterday", "2025-12-24"),
        ("вчера", "2025-12-25"),
        ("3 days ago", "2025-12-23"),
        ("a week ago", "2025-12-19"),
    ],
)
def test_a_day_is_read_from_the_day_it_was_written(words, day):
    days = read_days(words, FRIDAY)
    assert (days.first.isoformat(), days.last, days.precision) == (day, days.first, 1)


@pytest.mark.parametrize(
    ("words", "first", "last", "precision", "read_back"),
    [
        ("2025-12", "2025-12-01", "2025-12-31", 4, "December 2025"),
        ("December", "2025-12-01", "2025-12-31", 4, "December 2025"),
        ("Sept 2025", "2025-09-01", "2025-09-30", 4, "September 2025"),
        ("12.2025", "2025-12-01", "2025-12-31", 4, "December 2025"),
        ("last month", "2025-11-01", "2025-11-30", 4, "November 2025"),
        ("2025", "2025-01-01", "2025-12-31", 5, "2025"),
        ("week of 1 Dec", "2025-12-01", "2025-12-07", 3, "week of Monday 1 December 2025"),
        ("last week", "2025-12-15", "2025-12-21", 3, "week of Monday 15 December 2025"),
        ("24-26 Dec", "2025-12-24", "2025-12-26", 2, "24 December 2025 to 26 December 2025"),
        ("between 27 November and 1 December 2025", "2025-11-27", "2025-12-01", 2, "27 November 2025 to 1 December 2025"),
        ("24 Dec to 1 Jan", "2025-12-24", "2026-01-01", 4, "24 December 2025 to 1 January 2026"),
    ],
)
def test_what_is_no_single_day_has_a_first_day_and_a_precision(words, first, last, precision, read_back):
    days = read_days(words, FRIDAY)
    assert (days.first.isoformat(), days.last.isoformat(), days.precision, str(days)) == (first, last, precision, read_back)


def test_where_nothing_can_lie_ahead_a_day_without_a_year_is_the_last_one():
    assert read_days("30 Dec", FRIDAY, ahead=0).first == date(2024, 12, 30)
    assert read_days("26 Dec", FRIDAY, ahead=0).first == FRIDAY


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("soon", "24 Dec, 24 December 2025, 24.12.2025"),
        ("", "like one of these"),
        ("03/04/2025", "3 April 2025 or 4 March 2025"),
        ("31.2.2025", "no such day"),
        ("2025-13-01", "no month 13"),
        ("1404-10-03", "no year of the common calendar"),
        ("Friday 24 December 2025", "24 December 2025 is no Friday"),
        ("26 Dec 2025 to 24 Dec 2025", "before the first"),
        ("12", "no day"),
    ],
)
def test_what_is_unclear_is_refused_with_a_reason(words, told):
    with pytest.raises(NotADay, match=told):
        read_days(words, FRIDAY)


@given(st.one_of(st.text(max_size=40), st.from_regex(r"[0-9a-z .,/-]{1,20}", fullmatch=True)), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_no_words_fail_otherwise(words, day):
    try:
        days = read_days(words, day)
    except NotADay:
        return
    assert days.first <= days.last and str(days)
