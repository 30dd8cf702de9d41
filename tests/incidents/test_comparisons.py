"""Other people's tallies beside the record."""

import pytest

from incidents import tallies
from tests.incidents.claims import make_document, make_figure, make_statement, make_wording
from tests.incidents.five_articles import BOTH, CLASH, FOUR, afp_tally, record

A, B = "BW-2025-0001", "BW-2025-0002"


def make_tally(*figures, **covers):
    blank = {"start": "2025-11-01", "end": "2026-01-18", "place": None, "incidents_low": None, "incidents_high": None, "note": ""}
    return make_statement(*figures, act="tally", covers={**blank, **covers})


def one(number=A, *figures, **fields):
    return make_document(number, [make_statement(*[{**figure, "incidents": [number]} for figure in figures])], **fields)


def test_afp_counts_sixteen_where_the_record_holds_fourteen():
    assert tallies.compare(afp_tally(), record()) == {
        "statement": "ST-20",
        "covers": {"start": "2025-11-01", "end": "2026-01-18"},
        "claimed": {"incidents": {"low": 5, "high": None}, "killed": {"low": 16, "high": 16}},
        "recorded": {"incidents": 4, "killed": {"low": 14, "best": 14, "high": 15, "open_ended": True}},
        "difference": {"incidents": 1, "killed": 2},
        "assumption": "The tally is taken to include Sunday's four.",
        "incidents": [*BOTH, CLASH, FOUR],
    }


@pytest.mark.parametrize(
    ("start", "end", "is_compared"),
    [
        ("2025-10-31", None, False),
        ("2025-10-30", "2025-11-01", True),
        ("2026-01-18", "2026-01-25", True),
        ("2026-01-19", None, False),
    ],
)
def test_only_incidents_whose_dates_can_fall_into_its_time_are_compared(start, end, is_compared):
    found = tallies.compare(make_tally(make_figure(16)), [one(A, make_figure(3), start=start, end=end)])
    assert found["incidents"] == ([A] if is_compared else [])


def test_a_tally_without_a_first_day_covers_all_before_its_last():
    found = tallies.compare(make_tally(make_figure(16), start=None), [one(A, make_figure(3), start="1999-01-01")])
    assert found["difference"]["killed"] == 13


@pytest.mark.parametrize(("figure", "is_deadly"), [(make_figure(1), True), (make_wording(), True), (make_figure(0), False)])
def test_incidents_with_deaths_are_counted(figure, is_deadly):
    found = tallies.compare(make_tally(make_figure(16), incidents_low=3), [one(A, figure), one(B, make_figure(4, measure="injured"))])
    assert found["recorded"]["incidents"] == int(is_deadly)
    assert found["difference"]["incidents"] == 3 - int(is_deadly)


def test_what_is_missing_on_either_side_is_null():
    nothing = tallies.compare(make_tally(make_wording()), [one(A, make_figure(3))])
    assert (nothing["claimed"]["killed"], nothing["difference"]) == (None, {"incidents": None, "killed": None})
    empty = tallies.compare(make_tally(make_figure(16)), [])
    assert (empty["recorded"]["killed"]["best"], empty["difference"]["killed"]) == (None, None)


def test_an_excluded_figure_of_a_tally_is_not_compared():
    assert tallies.compare(make_tally(make_figure(16, verdict="excluded")), [])["claimed"]["killed"] is None


def test_a_tally_of_some_people_is_compared_with_the_records_count_of_the_same():
    documents = [one(A, make_figure(3, group="civilians"), make_figure(2, group="state_forces"))]
    found = tallies.compare(make_tally(make_figure(4, group="civilians")), documents)
    assert (found["recorded"]["killed"]["best"], found["difference"]["killed"]) == (3, 1)


def test_the_claim_about_everybody_is_compared_before_its_parts():
    found = tallies.compare(make_tally(make_figure(4, group="civilians"), make_figure(9)), [one(A, make_figure(3))])
    assert found["claimed"]["killed"]["low"] == 9


def test_other_measures_are_compared_when_claimed():
    found = tallies.compare(make_tally(make_figure(9, measure="injured")), [one(A, make_figure(3), make_figure(4, measure="injured"))])
    assert found["difference"] == {"incidents": None, "killed": None, "injured": 5}


def test_a_retracted_tally_and_one_that_covers_nothing_are_not_comparable():
    assert tallies.is_comparable(afp_tally())
    assert not tallies.is_comparable(afp_tally() | {"retracted_on": "2026-01-20"})
    assert not tallies.is_comparable(afp_tally() | {"covers": None})
    assert not tallies.is_comparable(make_tally(make_figure(16), start=None, end=None))
    assert not tallies.is_comparable(afp_tally() | {"act": "report"})
