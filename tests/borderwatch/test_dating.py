"""Dates are said with the precision that is known, and never more."""

import re

import pytest

from borderwatch.texts.dating import in_words, moment_in_words


def plain(html):
    return re.sub(r"<[^>]+>", "", str(html))


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2025-12-24", "2025-12-24", 1, "24 December 2025"),
        ("2025-12-24", None, 1, "24 December 2025"),
        ("2025-11-27", "2025-12-01", 2, "between 27 November and 1 December 2025"),
        ("2025-12-29", "2026-01-02", 2, "between 29 December 2025 and 2 January 2026"),
        ("2026-01-12", "2026-01-18", 3, "week of 12 January 2026"),
        ("2025-12-27", None, 3, "week of 27 December 2025"),
        ("2025-11-01", "2025-11-30", 4, "November 2025"),
        ("2025-11-20", "2025-12-10", 4, "between 20 November and 10 December 2025"),
        ("2025-01-01", "2025-12-31", 5, "2025"),
        ("2025-12-01", None, 2, "about 1 December 2025"),
        (None, None, 1, "date not reported"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(start, end, precision, said):
    assert plain(in_words(start, end, precision)) == said


def test_the_markup_holds_the_iso_date():
    assert in_words("2025-12-24") == '<time dir="auto" datetime="2025-12-24">24 December 2025</time>'


def test_a_moment_is_given_in_utc():
    assert plain(moment_in_words("2025-12-02T14:05:00Z", with_time=True)) == "2 December 2025, 14:05 UTC"
    assert moment_in_words(None) == ""
