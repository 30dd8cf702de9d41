"""Rule BW-1 by table: each clause of the rule, on the smallest case that shows it."""

import pytest

from incidents import toll
from tests.incidents.claims import AGENCY, CHINA, NARRATION, TAJIKISTAN, TALIBAN, make_figure, make_statement, make_wording

ID = "BW-2025-0001"


def numbers(result):
    """(low, best, high) with "+" where it is open ended."""
    span = (result["low"], result["best"], result["high"])
    return (*span, "+") if result["open_ended"] else span


def killed(*statements):
    return toll.toll(ID, list(statements))["killed"]


def span(low, best, high, **fields):
    return make_figure(low, best=best, high=high, **fields)


def people(group, number, nationality="", **fields):
    return make_figure(number, group=group, nationality=nationality, **fields)


# Nothing, words, zero


def test_nothing_reported_is_null_for_every_measure():
    result = toll.toll(ID, [make_statement()])
    assert [result[measure] for measure in ("killed", "injured", "missing", "detained")] == [None] * 4
    assert result["rule"] == "BW-1" and result["buckets"] == result["set_aside"] == result["together"] == []


def test_only_wordings_are_reported_but_not_counted():
    wording = make_wording()
    result = toll.toll(ID, [make_statement(wording)])
    expected = {"low": None, "best": None, "high": None, "open_ended": False, "counted": False, "used": [wording["id"]], "best_from": []}
    assert result["killed"] == expected
    assert result["buckets"] == []


def test_a_wording_beside_a_number_moves_no_number():
    assert numbers(killed(make_statement(make_figure(3)), make_statement(make_wording(), origin=CHINA))) == (3, 3, 3)


def test_a_reported_zero_is_zero():
    assert numbers(killed(make_statement(make_figure(0)))) == (0, 0, 0)


def test_measures_are_separate():
    result = toll.toll(ID, [make_statement(make_figure(3), make_figure(7, measure="injured"))])
    assert (result["killed"]["best"], result["injured"]["best"], result["missing"]) == (3, 7, None)


# Figures


def test_best_defaults_to_low():
    assert numbers(killed(make_statement(span(3, None, 5)))) == (3, 3, 5)


def test_more_than_five_is_six_and_open_ended():
    assert numbers(killed(make_statement(span(6, None, None)))) == (6, 6, 6, "+")


# Step 1: accounts


def test_within_an_account_the_latest_figure_stands():
    first, second = make_figure(3), make_figure(5)
    result = toll.toll(ID, [make_statement(first), make_statement(second, said_on="2025-12-02")])
    assert numbers(result["killed"]) == (5, 5, 5)
    assert result["killed"]["used"] == [second["id"]]
    assert result["set_aside"] == [{"figure": first["id"], "reason": "earlier"}]


def test_undated_figures_stand_only_where_none_is_dated():
    dated, undated = make_statement(make_figure(3)), make_statement(make_figure(9), said_on=None)
    assert numbers(killed(dated, undated)) == (3, 3, 3)
    assert numbers(killed(undated)) == (9, 9, 9)


def test_an_earlier_figure_of_another_group_stands_beside_a_later_one():
    earlier = make_statement(people("civilians", 2))
    assert numbers(killed(earlier, make_statement(people("state_forces", 3), said_on="2025-12-02"))) == (5, 5, 5)


def test_several_figures_of_one_day_span_to_the_cautious_best():
    assert numbers(killed(make_statement(span(3, 4, 6)), make_statement(span(2, 5, 5), article="AR-2"))) == (2, 4, 6)


def test_an_open_figure_of_one_day_opens_the_span():
    assert numbers(killed(make_statement(span(3, 4, 8)), make_statement(span(5, 5, None)))) == (3, 4, 8, "+")


def test_a_later_wording_does_not_replace_a_number():
    assert numbers(killed(make_statement(make_figure(3)), make_statement(make_wording(), said_on="2025-12-02"))) == (3, 3, 3)


def test_narration_widens_but_has_no_voice():
    told = make_statement(make_figure(9), origin=NARRATION, credibility=1, reliability="A", said_on="2025-12-09")
    assert numbers(killed(make_statement(make_figure(3)), told)) == (3, 3, 9)


def test_narration_speaks_where_nothing_else_does():
    assert numbers(killed(make_statement(make_figure(4), origin=NARRATION))) == (4, 4, 4)


def test_narration_is_one_account_per_article():
    four = make_statement(make_figure(4), origin=NARRATION, article="AR-1")
    five = make_statement(make_figure(5), origin=NARRATION, article="AR-2")
    fives = make_statement(make_figure(5), origin=NARRATION, article="AR-3")
    assert numbers(killed(four, five, fives)) == (4, 5, 5)


def test_preferred_narration_decides():
    told = make_statement(make_figure(4, verdict="preferred"), origin=NARRATION)
    assert numbers(killed(make_statement(make_figure(3)), make_statement(make_figure(3), origin=CHINA), told)) == (3, 4, 4)


def test_a_preferred_figure_is_kept_whatever_its_date():
    preferred = make_figure(3, verdict="preferred")
    result = toll.toll(ID, [make_statement(preferred), make_statement(make_figure(5), said_on="2025-12-09")])
    assert numbers(result["killed"]) == (3, 3, 5)
    assert result["killed"]["best_from"] == [preferred["id"]]
    assert result["set_aside"] == []


def test_a_preferred_figure_stands_for_its_group_only():
    statement = make_statement(people("civilians", 2, verdict="preferred"), people("state_forces", 3), people("civilians", 1))
    assert numbers(killed(statement)) == (4, 5, 5)


def test_a_preferred_figure_of_everybody_is_its_accounts_best_even_below_its_groups():
    statement = make_statement(make_figure(3, verdict="preferred"), people("civilians", 2), people("state_forces", 3))
    assert numbers(killed(statement)) == (3, 3, 5)


# Step 2: an account's total


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([make_figure(5), people("state_forces", 2, "TJ"), people("armed_group", 3)], (5, 5, 5)),
        ([make_figure(5), people("armed_group", 3)], (5, 5, 5)),
        ([people("state_forces", 2, "TJ"), people("armed_group", 4)], (6, 6, 6)),
        ([people("civilians", 4), people("civilians", 2, "CN"), people("civilians", 3, "TJ")], (5, 5, 5)),
        ([people("civilians", 6), people("civilians", 2, "CN"), people("civilians", 3, "TJ")], (6, 6, 6)),
        ([people("all", 4, "CN"), people("civilians", 3, "CN"), people("all", 2, "TJ")], (6, 6, 6)),
        ([people("all", 2, "CN"), people("civilians", 3, "CN"), people("state_forces", 1, "CN")], (4, 4, 4)),
        ([people("all", 2, "CN"), people("state_forces", 3)], (3, 3, 3)),
    ],
)
def test_an_accounts_total_is_the_largest_of_everybody_groups_and_nationalities(figures, expected):
    assert numbers(killed(make_statement(*figures))) == expected


def test_an_open_group_inside_a_larger_closed_total_does_not_open_it():
    assert numbers(killed(make_statement(make_figure(10), span(3, 3, None, group="civilians")))) == (10, 10, 10)


def test_an_open_group_in_the_sum_opens_it():
    assert numbers(killed(make_statement(span(3, 3, None, group="civilians"), people("state_forces", 2)))) == (5, 5, 5, "+")


# Step 3: across accounts


def test_low_and_high_span_all_accounts():
    assert numbers(killed(make_statement(span(3, 4, 5)), make_statement(span(2, 4, 7), origin=CHINA))) == (2, 4, 7)


def test_open_ended_needs_an_account_that_reaches_high():
    above = make_statement(make_figure(8), origin=CHINA)
    assert numbers(killed(make_statement(span(6, None, None)), above)) == (6, 6, 8)
    level = make_statement(make_figure(6), origin=CHINA)
    assert numbers(killed(make_statement(span(6, None, None)), level)) == (6, 6, 6, "+")


def test_best_is_what_most_origins_give_not_most_articles():
    relays = [make_statement(make_figure(9), article=f"AR-{number}") for number in range(5)]
    others = [make_statement(make_figure(4), origin=origin) for origin in (CHINA, TALIBAN)]
    assert numbers(killed(*relays, *others)) == (4, 4, 9)


@pytest.mark.parametrize(
    ("three", "five", "best"),
    [
        ({"credibility": 2}, {"credibility": 1}, 5),
        ({"credibility": 6}, {"credibility": None, "reliability": "A"}, 3),
        ({"credibility": 2, "reliability": "B"}, {"credibility": 2, "reliability": "A"}, 5),
        ({"reliability": "E"}, {"reliability": "F"}, 5),
        ({"reliability": "D"}, {"reliability": "F"}, 3),
        ({"said_on": "2025-12-01"}, {"said_on": "2025-12-02"}, 5),
        ({"said_on": "2025-12-01"}, {"said_on": None}, 3),
        ({}, {}, 3),
    ],
)
def test_a_tie_goes_to_credibility_then_reliability_then_date_then_the_lower(three, five, best):
    first, second = make_statement(make_figure(3), **three), make_statement(make_figure(5), origin=CHINA, **five)
    assert numbers(killed(first, second)) == numbers(killed(second, first)) == (3, best, 5)


def test_a_preferred_figure_of_everybody_decides_before_a_later_one_of_a_group():
    everybody = make_statement(make_figure(3, verdict="preferred"))
    group = make_statement(people("civilians", 5, verdict="preferred"), origin=CHINA, said_on="2025-12-09")
    assert numbers(killed(everybody, group)) == (3, 3, 5)


def test_the_latest_preferred_figure_decides():
    early = make_statement(people("state_forces", 3, verdict="preferred"), said_on="2025-12-05")
    late = make_statement(people("civilians", 5, verdict="preferred"), origin=CHINA, said_on="2025-12-09")
    assert numbers(killed(early, late)) == (3, 5, 5)


def test_best_from_names_the_figures_of_every_origin_that_gives_it():
    three, same, other = make_figure(3), make_figure(3), make_figure(7)
    result = killed(make_statement(three), make_statement(same, origin=CHINA), make_statement(other, origin=TALIBAN))
    assert result["best_from"] == sorted([three["id"], same["id"]])
    assert result["used"] == sorted([three["id"], same["id"], other["id"]])


# Step 4: people in no other account


def test_added_people_are_added():
    driver = make_statement(make_figure(1, adds=True), origin=CHINA)
    result = toll.toll(ID, [make_statement(span(3, 4, 5)), driver])
    assert numbers(result["killed"]) == (4, 5, 6)
    assert numbers(result["buckets"][0]) == (4, 5, 6)


def test_added_people_are_weighed_among_themselves():
    one, two = make_figure(1, adds=True), make_figure(2, adds=True)
    assert numbers(killed(make_statement(make_figure(3), one), make_statement(two, origin=CHINA, credibility=1))) == (4, 5, 5)


def test_added_people_alone_are_the_result():
    assert numbers(killed(make_statement(make_figure(2, adds=True)))) == (2, 2, 2)


# Who is not heard


@pytest.mark.parametrize(
    ("figure", "statement", "reason"),
    [
        ({"verdict": "excluded"}, {}, "excluded"),
        ({}, {"retracted_on": "2025-12-05"}, "retracted"),
        ({}, {"article": {"id": "AR-5", "retracted_on": "2025-12-05", "source": {"id": "SO-1", "reliability": "F"}}}, "retracted"),
        ({}, {"certainty": "probable"}, "uncertain"),
        ({}, {"certainty": "possible"}, "uncertain"),
        ({}, {"act": "tally"}, "tally"),
    ],
)
def test_what_does_not_count_is_set_aside_with_its_reason(figure, statement, reason):
    aside = make_figure(9, **figure)
    unheard = make_statement(aside, origin=CHINA) | statement
    result = toll.toll(ID, [make_statement(make_figure(3)), unheard])
    assert numbers(result["killed"]) == (3, 3, 3)
    assert result["set_aside"] == [{"figure": aside["id"], "reason": reason}]
    assert toll.toll(ID, [unheard])["killed"] is None


def test_a_superseded_figure_is_set_aside_even_if_it_was_said_later():
    old = make_figure(9)
    first = make_statement(old, said_on="2025-12-09")
    result = toll.toll(ID, [first, make_statement(make_figure(3), supersedes=first["id"], origin=CHINA)])
    assert numbers(result["killed"]) == (3, 3, 3)
    assert result["set_aside"] == [{"figure": old["id"], "reason": "superseded"}]


def test_superseding_reaches_back_through_a_chain():
    first = make_statement(make_figure(9), origin=CHINA)
    second = make_statement(supersedes=first["id"], origin=CHINA)
    third = make_statement(make_figure(3), supersedes=second["id"])
    assert numbers(killed(first, second, third)) == (3, 3, 3)


@pytest.mark.parametrize(
    "later",
    [
        {"figures": [make_figure(3, measure="injured")]},
        {"figures": [make_figure(3, verdict="excluded")]},
        {"figures": [make_figure(3)], "retracted_on": "2025-12-05"},
        {"figures": [make_figure(3)], "certainty": "possible"},
        {"figures": [make_figure(3, incidents=["BW-2025-0002"])]},
        {"figures": [make_figure(3, incidents=["BW-2025-0001", "BW-2025-0002"])]},
        {"figures": []},
    ],
)
def test_only_a_standing_figure_of_the_same_measure_for_this_incident_supersedes(later):
    first = make_statement(make_figure(9))
    assert numbers(killed(first, make_statement(supersedes=first["id"]) | later)) == (9, 9, 9)


def test_a_superseding_wording_takes_the_number_back():
    first = make_statement(make_figure(9))
    assert killed(first, make_statement(make_wording(), supersedes=first["id"]))["counted"] is False


def test_statements_that_supersede_each_other_do_not_hang():
    first = make_statement(make_figure(9), id="ST-1", supersedes="ST-2")
    assert killed(first, make_statement(make_figure(3), id="ST-2", supersedes="ST-1")) is None


def test_figures_of_another_incident_are_not_read():
    assert killed(make_statement(make_figure(9, incidents=["BW-2025-0002"]))) is None


# Buckets


def test_buckets_show_each_group_and_nationality_in_a_fixed_order():
    statements = [
        make_statement(people("armed_group", 3), people("state_forces", 2, "TJ"), make_figure(1, measure="injured")),
        make_statement(people("armed_group", 4), make_figure(6), origin=CHINA, credibility=1),
    ]
    found = toll.toll(ID, statements)["buckets"]
    assert [(one["measure"], one["group"], one["nationality"], *numbers(one)) for one in found] == [
        ("killed", "all", "", 6, 6, 6),
        ("killed", "state_forces", "TJ", 2, 2, 2),
        ("killed", "armed_group", "", 3, 4, 4),
        ("injured", "all", "", 1, 1, 1),
    ]
    assert set(found[0]) == {"measure", "group", "nationality", "low", "best", "high", "open_ended", "used", "best_from"}


# Together figures


def both(low=5, **fields):
    return make_figure(low, incidents=[ID, "BW-2025-0002"], **fields)


def test_a_together_figure_never_enters_the_toll_and_is_shown():
    more_than_five = both(6, best=None, high=None, group="civilians", nationality="CN")
    result = toll.toll(ID, [make_statement(more_than_five)])
    assert result["killed"] is None and result["buckets"] == []
    who = {"measure": "killed", "group": "civilians", "nationality": "CN", "incidents": [ID, "BW-2025-0002"]}
    assert result["together"] == [{"figure": more_than_five["id"], **who, "low": 6, "best": 6, "high": None, "recorded": None}]


def test_a_figure_stays_together_when_its_other_incident_is_not_public():
    result = toll.toll(ID, [make_statement(make_figure(5, together=True))])
    assert result["killed"] is None and len(result["together"]) == 1


@pytest.mark.parametrize(
    ("figure", "statement", "reason"),
    [
        ({"verdict": "excluded"}, {}, "excluded"),
        ({}, {"retracted_on": "2025-12-05"}, "retracted"),
        ({}, {"certainty": "probable"}, "uncertain"),
        ({}, {"act": "tally"}, "tally"),
    ],
)
def test_a_together_figure_that_does_not_count_is_not_shown_as_one(figure, statement, reason):
    aside = both(**figure)
    result = toll.toll(ID, [make_statement(aside, **statement)])
    assert result["together"] == []
    assert result["set_aside"] == [{"figure": aside["id"], "reason": reason}]


def test_a_together_figure_is_superseded_by_figures_that_divide_it():
    first = make_statement(both())
    divided = make_statement(make_figure(3), make_figure(2, incidents=["BW-2025-0002"]), supersedes=first["id"])
    assert toll.toll(ID, [first, divided])["together"] == []
    half = make_statement(make_figure(3), supersedes=first["id"])
    assert len(toll.toll(ID, [first, half])["together"]) == 1


def test_a_together_wording_has_no_number_to_show():
    assert toll.toll(ID, [make_statement(both(None, wording="several"))])["together"] == []


def test_people_total_reads_only_the_figures_of_those_people():
    figures = [make_figure(9), people("civilians", 3, "CN"), people("state_forces", 2, "TJ"), people("civilians", 1, "TJ")]
    statements = [make_statement(*figures)]
    asked = [("all", ""), ("civilians", ""), ("all", "TJ"), ("civilians", "CN")]
    totals = [toll.people_total(ID, statements, "killed", *who) for who in asked]
    assert [numbers(total) for total in totals] == [(9, 9, 9), (4, 4, 4), (3, 3, 3), (3, 3, 3)]
    assert toll.people_total(ID, statements, "killed", "armed_group", "") is None


def test_people_total_takes_several_groups_or_nationalities_at_once():
    statements = [make_statement(people("civilians", 3, "CN"), people("state_forces", 2, "TJ"), people("armed_group", 4))]
    assert numbers(toll.people_total(ID, statements, "killed", ("civilians", "state_forces"))) == (5, 5, 5)
    assert numbers(toll.people_total(ID, statements, "killed", ("civilians", "all"))) == (9, 9, 9)
    assert numbers(toll.people_total(ID, statements, "killed", "all", ["CN", "TJ"])) == (5, 5, 5)


def test_recorded_adds_the_best_numbers_and_is_null_where_one_is_missing():
    three = toll.people_total(ID, [make_statement(span(2, 3, 4))], "killed")
    uncounted = toll.people_total(ID, [make_statement(make_wording())], "killed")
    assert toll.recorded([three, three]) == 6
    assert toll.recorded([three, None]) is toll.recorded([three, uncounted]) is toll.recorded([]) is None


def test_sources_are_origins_as_actors_are():
    three = [make_statement(make_figure(3), origin=origin) for origin in (AGENCY, TAJIKISTAN)]
    assert numbers(killed(*three, make_statement(make_figure(5), origin=CHINA))) == (3, 3, 5)
