"""Where accounts differ: every question with more than one distinct answer."""

import pytest

from incidents.evidence import differences
from tests.incidents.claims import CHINA, NARRATION, TALIBAN, make_assertion, make_figure, make_label, make_statement, make_wording
from tests.incidents.five_articles import ASSAULT, BOTH, CHINESE, CLASH, DEAD_OF_I3, DRONE, FOUR, record

ID = "BW-2025-0001"


def differ(*statements):
    return differences(ID, list(statements))


def of_record(number):
    return next(document["evidence"]["differences"] for document in record() if document["id"] == number)


def asked(found, on, **question):
    """The one difference on this question."""
    fitting = [one for one in found if one["on"] == on and all(one[name] == value for name, value in question.items())]
    assert len(fitting) == 1, f"{len(fitting)} differences on {on} {question}"
    return fitting[0]


def values(difference):
    return [answer["value"] if answer["value"] is not None else answer["wording"] for answer in difference["answers"]]


def exactly(number):
    return {"low": number, "best": number, "high": number}


MORE_THAN_FIVE = {"low": 6, "best": 6, "high": None}


# The five articles, row by row


@pytest.mark.parametrize("number", BOTH)
def test_the_accounts_of_the_chinese_dead_in_both_attacks_differ(number):
    found = asked(of_record(number), "together", measure="killed", **CHINESE)
    assert found["incidents"] == BOTH
    assert values(found) == [exactly(5), MORE_THAN_FIVE, "several"]
    assert [answer["statements"] for answer in found["answers"]] == [["ST-19"], ["ST-3", "ST-4"], ["ST-7"]]


@pytest.mark.parametrize("number", BOTH)
def test_the_accounts_of_the_injured_in_both_attacks_differ(number):
    found = asked(of_record(number), "together", measure="injured")
    assert values(found) == [exactly(5), "several"]
    assert [answer["statements"] for answer in found["answers"]] == [["ST-1", "ST-3"], ["ST-19"]]


def test_the_accounts_of_the_day_of_the_assault_differ():
    found = asked(of_record(ASSAULT), "date", role="occurrence")
    assert values(found) == ["2025-11-16/2025-12-15", "2025-11-24/2025-11-30", "2025-11-24/2025-12-01", "just days later"]


def test_the_accounts_of_the_day_of_the_firefight_differ():
    found = asked(of_record(CLASH), "date")
    assert found == {
        "on": "date",
        "incidents": [CLASH],
        "role": "occurrence",
        "answers": [
            {"value": "2025-12-24", "wording": "", "origins": [{"type": "actor", "id": "AC-1"}], "statements": ["ST-12"]},
            {"value": "2025-12-25", "wording": "last Thursday", "origins": [], "statements": ["ST-16"]},
        ],
    }


@pytest.mark.parametrize("number", BOTH)
def test_the_accounts_of_who_is_behind_both_attacks_differ(number):
    found = asked(of_record(number), "responsibility")
    assert found["incidents"] == [number]
    assert values(found) == [
        "Afghan citizens",
        "certain circles",
        "malicious groups that seek to worsen relations",
        "unidentified armed groups",
        "Islamic State Khorasan Province",
    ]
    assert found["answers"][-1]["actor"]["id"] == "AC-20"


def test_the_dead_of_the_firefight_are_called_differently():
    found = asked(of_record(CLASH), "label")
    assert found["called"] == {"actor": None, "described": DEAD_OF_I3}
    assert values(found) == ["intruders", "terrorists", "militants"]


def test_one_wording_for_the_attacker_is_no_difference():
    assert not [one for one in of_record(CLASH) if one["on"] == "responsibility"]
    assert of_record(FOUR) == []


@pytest.mark.parametrize(
    ("number", "status", "origins", "acknowledged_by"),
    [
        (DRONE, "corroborated", ["AC-1", "AC-3"], ["AC-2"]),
        (ASSAULT, "corroborated", ["AC-1", "AC-3"], ["AC-2"]),
        (CLASH, "single-source", ["AC-1"], ["AC-2"]),
        (FOUR, "single-source", ["AC-1"], []),
    ],
)
def test_the_evidence_of_the_five_articles(number, status, origins, acknowledged_by):
    found = next(document["evidence"] for document in record() if document["id"] == number)
    assert (found["status"], found["disputed_on"]) == (status, [])
    assert [origin["id"] for origin in found["origins"]] == origins
    assert [origin["id"] for origin in found["acknowledged_by"]] == acknowledged_by


# What is a difference


def test_the_same_answer_from_everybody_is_no_difference():
    def given(**fields):
        words = [make_label("terrorists"), make_label(" Terrorists ")]
        return make_statement(make_figure(3), assertions=[make_assertion(starts_on="2025-12-24")], labels=words, **fields)

    assert differ(given(), given(origin=CHINA), given(origin=NARRATION)) == []


def test_overlapping_answers_differ_too():
    found = differ(make_statement(make_figure(3, high=5)), make_statement(make_figure(4, high=5), origin=CHINA))
    assert values(found[0]) == [{"low": 3, "best": 3, "high": 5}, {"low": 4, "best": 4, "high": 5}]
    assert {name: found[0][name] for name in ("on", "measure", "group", "nationality", "adds")} == {
        "on": "number",
        "measure": "killed",
        "group": "all",
        "nationality": "",
        "adds": False,
    }


def test_numbers_differ_per_group_and_nationality():
    figures = [make_figure(3, group="civilians"), make_figure(4, group="state_forces"), make_figure(5, nationality="CN"), make_figure(9)]
    assert differ(*[make_statement(figure) for figure in figures]) == []


def test_a_number_and_a_wording_differ_and_the_wording_stands_last():
    found = differ(make_statement(make_wording("a number of")), make_statement(make_figure(3, wording="three")))
    assert values(found[0]) == [exactly(3), "a number of"]
    assert [answer["wording"] for answer in found[0]["answers"]] == ["three", "a number of"]


def test_open_ended_answers_stand_after_closed_ones():
    statement = make_statement(make_figure(3, high=None), make_figure(3, high=9), make_figure(3))
    assert [answer["value"]["high"] for answer in differ(statement)[0]["answers"]] == [3, 9, None]


def test_people_in_no_other_account_are_another_question():
    assert differ(make_statement(make_figure(3)), make_statement(make_figure(1, adds=True), origin=CHINA)) == []


@pytest.mark.parametrize("fields", [{"verdict": "excluded"}, {"incidents": ["BW-2025-0002"]}])
def test_excluded_figures_and_those_of_other_incidents_answer_nothing(fields):
    assert differ(make_statement(make_figure(3)), make_statement(make_figure(9, **fields))) == []


def test_a_superseded_answer_is_gone_only_where_it_was_answered_anew():
    old = make_statement(make_figure(9), assertions=[make_assertion(starts_on="2025-12-25")], attributed_to_as="some", origin=CHINA)
    new = make_statement(make_figure(3), assertions=[make_assertion(starts_on="2025-12-24")], supersedes=old["id"], origin=CHINA)
    other = make_statement(make_figure(3), assertions=[make_assertion(starts_on="2025-12-24")], attributed_to_as="others")
    assert [one["on"] for one in differ(old, new, other)] == ["responsibility"]
    assert {one["on"] for one in differ(old, other)} == {"date", "number", "responsibility"}


def test_together_figures_are_compared_with_those_of_the_same_incidents():
    def both(low, *others):
        return make_statement(make_figure(low, incidents=[*others, ID]))

    assert differ(both(5, "BW-2025-0002"), both(6, "BW-2025-0003"), make_statement(make_figure(7))) == []
    assert differ(both(5, "BW-2025-0002"), both(6, "BW-2025-0002"))[0]["incidents"] == [ID, "BW-2025-0002"]


def test_places_are_compared_per_role():
    def at(slug, **fields):
        return make_statement(assertions=[make_assertion("place", place={"id": slug, "name": slug.title(), "country": "TJ"}, **fields)])

    assert differ(at("khatlon"), at("sughd", role="launch")) == []
    found = differ(at("khatlon"), at("sughd"))[0]
    assert (found["on"], found["role"], values(found)) == ("place", "occurrence", ["Khatlon", "Sughd"])
    assert found["answers"][0]["place"]["id"] == "khatlon"


def test_an_assertion_about_another_incident_answers_nothing():
    other = make_assertion(starts_on="2025-12-25", incident="BW-2025-0002")
    assert differ(make_statement(assertions=[make_assertion(starts_on="2025-12-24", incident=ID), other])) == []


def test_an_actor_is_the_same_answer_whatever_it_is_called():
    iskp = {"id": "AC-20", "name": "ISKP"}
    named, described = make_statement(attributed_to=iskp), make_statement(attributed_to=iskp, attributed_to_as="Daesh")
    assert differ(named, described) == []
    found = differ(named, described, make_statement(attributed_to_as="smugglers"))[0]
    assert [answer["actor"] for answer in found["answers"]] == [iskp, None]


def test_a_denial_of_responsibility_is_an_answer():
    denial = make_statement(act="denial", denies="responsibility", origin=TALIBAN)
    found = differ(make_statement(attributed_to_as="Afghan citizens"), denial)[0]
    assert [(answer["value"], answer["is_denial"]) for answer in found["answers"]] == [("Afghan citizens", False), (None, True)]
    assert found["answers"][1]["origins"] == [{"type": "actor", "id": "AC-2"}]


def test_labels_are_compared_for_those_who_are_meant():
    actor = {"id": "AC-9", "name": "The men"}
    assert differ(make_statement(labels=[make_label("terrorists"), make_label("guards", "the two")])) == []
    found = differ(make_statement(labels=[make_label("terrorists", "", actor=actor), make_label("smugglers", "them", actor=actor)]))[0]
    assert (found["called"]["actor"], values(found)) == (actor, ["smugglers", "terrorists"])
