"""Who vouches for an incident, who acknowledges it, and what is disputed."""

import pytest

from incidents import evidence as rules
from tests.incidents.claims import (
    AGENCY,
    CHINA,
    NARRATION,
    TAJIKISTAN,
    TALIBAN,
    make_assertion,
    make_figure,
    make_statement,
    make_wording,
)

ID = "BW-2025-0001"
ISKP, CIRCLES = {"id": "AC-20", "name": "ISKP"}, {"id": "AC-21", "name": "Certain circles"}
TAJIKISTAN_KEY = {"type": "actor", "id": "AC-1"}


def evidence(*statements):
    return rules.evidence(ID, list(statements))


def disputed(*statements):
    return rules.disputed_on(ID, list(statements))


# Who vouches, who acknowledges


def test_nothing_said_is_single_source_without_origins():
    expected = {"status": "single-source", "reports": 0, "origins": [], "acknowledged_by": [], "disputed_on": []}
    assert evidence() == expected


def test_five_outlets_that_relay_one_communique_are_one_origin():
    found = evidence(*[make_statement(article=f"AR-{number}") for number in range(5)])
    assert (found["status"], found["reports"], found["origins"]) == ("single-source", 5, [TAJIKISTAN_KEY])


def test_two_origins_that_vouch_corroborate():
    found = evidence(make_statement(origin=CHINA, act="confirmation"), make_statement(act="claim"))
    assert found["status"] == "corroborated"
    assert found["origins"] == [TAJIKISTAN_KEY, {"type": "actor", "id": "AC-3"}]


def test_a_source_that_reports_itself_is_an_origin():
    assert evidence(make_statement(origin=AGENCY, act="report"))["origins"] == [{"type": "source", "id": "SO-9"}]


@pytest.mark.parametrize("act", ["report", "claim", "confirmation", "attribution"])
def test_these_acts_vouch(act):
    found = evidence(make_statement(act=act))
    assert (found["origins"], found["acknowledged_by"]) == ([TAJIKISTAN_KEY], [])


@pytest.mark.parametrize("act", ["condemnation", "condolence", "announcement", "demand", "pledge"])
def test_these_acts_acknowledge_and_do_not_confirm(act):
    found = evidence(make_statement(), make_statement(act=act, origin=TALIBAN))
    assert (found["status"], found["acknowledged_by"]) == ("single-source", [{"type": "actor", "id": "AC-2"}])


@pytest.mark.parametrize("act", ["denial", "accusation", "warning", "assessment", "no_comment", "background", "tally", "retraction"])
def test_these_acts_do_neither(act):
    found = evidence(make_statement(act=act))
    assert (found["origins"], found["acknowledged_by"], found["reports"]) == ([], [], 1)


def test_an_origin_that_vouches_is_not_listed_again_as_acknowledging():
    assert evidence(make_statement(), make_statement(act="condemnation"))["acknowledged_by"] == []


def test_narration_without_an_origin_corroborates_nothing():
    found = evidence(make_statement(), make_statement(origin=NARRATION, act="report", article="AR-2"))
    assert (found["status"], found["reports"], len(found["origins"])) == ("single-source", 2, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"certainty": "probable"},
        {"retracted_on": "2025-12-03"},
        {"article": {"id": "AR-2", "retracted_on": "2025-12-03", "source": {"id": "SO-1", "reliability": "F"}}},
    ],
)
def test_uncertain_and_retracted_statements_do_not_count(fields):
    found = evidence(make_statement(), make_statement(origin=CHINA) | fields)
    assert (found["status"], found["reports"]) == ("single-source", 1)
    assert rules.differences(ID, [make_statement(make_figure(3)), make_statement(make_figure(4), origin=CHINA) | fields]) == []


def test_an_origin_key_is_type_and_id():
    assert rules.origin_key(make_statement()) == ("actor", "AC-1")
    assert rules.origin_key(make_statement(origin=NARRATION)) is None


# Disputes


@pytest.mark.parametrize("what", ["occurrence", "responsibility"])
def test_a_denial_disputes(what):
    denial = make_statement(act="denial", denies=what, origin=TALIBAN)
    assert disputed(make_statement(), denial) == [what]
    withdrawn = make_statement(act="condolence", origin=TALIBAN, supersedes=denial["id"])
    assert disputed(make_statement(), denial, withdrawn) == []


def test_who_denies_that_it_happened_does_not_vouch_for_it():
    assert evidence(make_statement(act="claim", denies="occurrence"))["origins"] == []


def test_origins_that_name_different_actors_dispute_responsibility():
    first, second = make_statement(attributed_to=ISKP), make_statement(attributed_to=CIRCLES, origin=TALIBAN)
    assert disputed(first, second) == ["responsibility"]


@pytest.mark.parametrize(
    "other",
    [
        {"attributed_to": ISKP},
        {"attributed_to": CIRCLES, "origin": TAJIKISTAN},
        {"attributed_to": CIRCLES, "origin": NARRATION},
        {"attributed_to": None, "attributed_to_as": "some malicious actors"},
        {"attributed_to": CIRCLES, "certainty": "possible"},
    ],
)
def test_responsibility_is_not_disputed_by(other):
    assert disputed(make_statement(attributed_to=ISKP), make_statement(**{"origin": TALIBAN, **other})) == []


@pytest.mark.parametrize(
    ("one", "other", "are_disputed"),
    [
        ({"low": 3}, {"low": 4}, True),
        ({"low": 3, "high": 5}, {"low": 5}, False),
        ({"low": 3, "high": None}, {"low": 9}, False),
        ({"low": 6, "high": None}, {"low": 5}, True),
        ({"low": 3}, {"low": 4, "measure": "injured"}, False),
        ({"low": 3}, {"low": 4, "adds": True}, False),
        ({"low": 3}, {"low": 4, "verdict": "excluded"}, False),
        ({"low": 2, "group": "civilians"}, {"low": 3, "group": "armed_group"}, True),
    ],
)
def test_numbers_are_disputed_where_the_spans_of_two_origins_do_not_overlap(one, other, are_disputed):
    statements = [make_statement(make_figure(**one)), make_statement(make_figure(**other), origin=CHINA)]
    assert disputed(*statements) == (["numbers"] if are_disputed else [])


def test_numbers_of_one_bucket_can_be_disputed_though_the_totals_agree():
    tajik = make_statement(make_figure(5), make_figure(2, group="civilians"))
    chinese = make_statement(make_figure(5), make_figure(4, group="civilians"), origin=CHINA)
    assert disputed(tajik, chinese) == ["numbers"]


def test_wordings_and_narration_dispute_no_number():
    assert disputed(make_statement(make_figure(3)), make_statement(make_figure(9), origin=NARRATION)) == []
    assert disputed(make_statement(make_figure(3)), make_statement(make_wording(), origin=CHINA)) == []


def when(start, end=None, **fields):
    return make_assertion("date", starts_on=start, ends_on=end or start, **fields)


@pytest.mark.parametrize(
    ("one", "other", "are_disputed"),
    [
        (when("2025-12-24"), when("2025-12-25"), True),
        (when("2025-12-24", "2025-12-26"), when("2025-12-25"), False),
        (when("2025-12-23", role="crossing"), when("2025-12-24"), False),
        (when("2025-12-24"), when("2025-12-25", incident="BW-2025-0002"), False),
        (when("2025-12-24"), make_assertion("date", wording="last week"), False),
    ],
)
def test_dates_are_disputed_where_two_origins_leave_no_common_day(one, other, are_disputed):
    statements = [make_statement(assertions=[one]), make_statement(assertions=[other], origin=CHINA)]
    assert disputed(*statements) == (["date"] if are_disputed else [])
    narrated = [make_statement(assertions=[one]), make_statement(assertions=[other], origin=NARRATION)]
    assert disputed(*narrated) == []


def test_a_date_that_was_corrected_disputes_nothing():
    wrong = make_statement(assertions=[when("2025-12-25")], origin=CHINA)
    right = make_statement(assertions=[when("2025-12-24")], origin=CHINA, supersedes=wrong["id"])
    assert disputed(make_statement(assertions=[when("2025-12-24")]), wrong, right) == []


def where(slug, country, *within):
    return make_assertion("place", place={"id": slug, "name": slug.title(), "country": country, "within": list(within)})


@pytest.mark.parametrize(
    ("one", "other", "are_disputed"),
    [
        (where("khatlon", "TJ", "tajikistan"), where("sughd", "TJ", "tajikistan"), True),
        (where("khatlon", "TJ", "tajikistan"), where("tajikistan", "TJ"), False),
        (where("khatlon", "TJ", "tajikistan"), where("khatlon", "TJ", "tajikistan"), False),
        (where("khatlon", "TJ", "tajikistan"), where("takhar", "AF", "afghanistan"), True),
        (where("khatlon", "TJ", "tajikistan"), where("panj-river", ""), False),
    ],
)
def test_places_are_disputed_where_neither_lies_in_the_other(one, other, are_disputed):
    statements = [make_statement(assertions=[one]), make_statement(assertions=[other], origin=CHINA)]
    assert disputed(*statements) == (["place"] if are_disputed else [])


def test_without_what_lies_around_only_two_countries_are_known_to_exclude_each_other():
    def bare(slug, country):
        return [make_assertion("place", place={"id": slug, "name": slug, "country": country})]

    khatlon = make_statement(assertions=bare("khatlon", "TJ"))
    assert disputed(khatlon, make_statement(assertions=bare("sughd", "TJ"), origin=CHINA)) == []
    assert disputed(khatlon, make_statement(assertions=bare("takhar", "AF"), origin=CHINA)) == ["place"]
    assert disputed(khatlon, make_statement(assertions=bare("panj", ""), origin=CHINA)) == []


def test_disputes_stand_in_a_fixed_order():
    tajik = make_statement(make_figure(3), attributed_to=ISKP, assertions=[when("2025-12-24"), where("khatlon", "TJ")])
    other = make_statement(make_figure(9), attributed_to=CIRCLES, assertions=[when("2025-12-25"), where("takhar", "AF")], origin=CHINA)
    denial = make_statement(act="denial", denies="occurrence", origin=TALIBAN)
    assert disputed(denial, other, tajik) == ["occurrence", "responsibility", "numbers", "date", "place"]
