"""What the record holds in all, and what figures about several incidents at once do to it."""

from time import process_time

import pytest

from incidents.rule.sums import NeedsStatements
from incidents.tallies import BY, tally
from tests.incidents.claims import CHINA, NARRATION, as_list_item, make_document, make_figure, make_statement, make_wording
from tests.incidents.five_articles import ASSAULT, BOTH, CHINESE, CLASH, DRONE, FOUR, record

A, B, C = "BW-2025-0001", "BW-2025-0002", "BW-2025-0003"


def numbers(counted):
    span = (counted["low"], counted["best"], counted["high"])
    return (*span, "+") if counted["open_ended"] else span


def rows(found):
    return {row["key"]: numbers(row) for row in found["rows"]}


# The demonstration record


@pytest.mark.parametrize(
    ("articles", "tolls"),
    [
        (1, {DRONE: 3, ASSAULT: 2}),
        (2, {DRONE: 3, ASSAULT: 2}),
        (3, {DRONE: 3, ASSAULT: 2, CLASH: 5}),
        (4, {DRONE: 3, ASSAULT: 2, CLASH: 5}),
        (5, {DRONE: 3, ASSAULT: 2, CLASH: 5, FOUR: 4}),
    ],
)
def test_each_incident_of_the_five_articles_has_its_toll(articles, tolls):
    found = {document["id"]: document["toll"]["killed"] for document in record(articles)}
    assert {number: numbers(toll) for number, toll in found.items()} == {number: (best,) * 3 for number, best in tolls.items()}


def test_the_assaults_two_are_derived_and_from_january_preferred():
    before, after = record(4)[1]["toll"]["killed"], record(5)[1]["toll"]["killed"]
    assert (before["best_from"], after["best_from"]) == (["FG-3"], ["FG-17"])


def test_the_five_articles_hold_fourteen_open_to_fifteen():
    found = tally(record(), by="month")
    assert found["total"] | {"uncounted": 0, "not_reported": 0, "incidents": 4} == found["total"]
    assert numbers(found["total"]) == (14, 14, 15, "+")
    assert rows(found) == {"2025-11": (5, 5, 6, "+"), "2025-12": (5, 5, 5), "2026-01": (4, 4, 4)}
    assert found["rows"][0]["ids"] == BOTH and found["rows_add_up"] is True
    assert [(entry["figure"], entry["recorded"]) for entry in found["together"]] == [("FG-1", 5), ("FG-5", 5), ("FG-6", 5), ("FG-15", 5)]


def test_more_than_five_moves_nothing_while_the_record_holds_no_such_people_of_the_assault():
    found = tally(record(4), by="month")
    assert numbers(found["total"]) == (10, 10, 10)
    assert {entry["figure"]: entry["recorded"] for entry in found["together"]} == {"FG-1": 5, "FG-5": None, "FG-6": None}


def test_the_chinese_dead_are_five_open_to_six():
    found = tally(record(), by="month", nationality="CN")
    assert numbers(found["total"]) == (5, 5, 6, "+")
    assert (found["total"]["incidents"], found["total"]["not_reported"]) == (4, 2)
    assert rows(found) == {"2025-11": (5, 5, 6, "+"), "2025-12": (None, None, None), "2026-01": (None, None, None)}


def test_two_groups_asked_for_are_counted_together():
    found = tally(record(), by="group", group=("civilians", "state_forces"))
    assert numbers(found["total"]) == (7, 7, 8, "+")
    assert rows(found) == {"civilians": (5, 5, 6, "+"), "state_forces": (2, 2, 2)}


def test_the_injured_are_not_reported_for_any_one_incident():
    found = tally(record(), by="year", measure="injured")
    assert numbers(found["total"]) == (None, None, None)
    assert found["total"]["not_reported"] == 4
    assert {entry["figure"]: entry["recorded"] for entry in found["together"]} == {"FG-2": None, "FG-7": None}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("year", {"2025": (10, 10, 11, "+"), "2026": (4, 4, 4)}),
        ("province", {"": (5, 5, 6, "+"), "khatlon": (9, 9, 9)}),
        ("country", {"TJ": (14, 14, 15, "+")}),
        ("kind", {"armed_clash": (14, 14, 15, "+")}),
        ("evidence", {"corroborated": (5, 5, 6, "+"), "single-source": (9, 9, 9)}),
        ("source", {"SO-1": (14, 14, 15, "+")}),
        ("actor", {"": (14, 14, 15, "+")}),
        ("group", {"civilians": (5, 5, 6, "+"), "state_forces": (2, 2, 2), "armed_group": (7, 7, 7)}),
        ("nationality", {"": (4, 4, 4), "CN": (5, 5, 6, "+"), "TJ": (2, 2, 2)}),
    ],
)
def test_the_five_articles_can_be_tallied_by(by, expected):
    found = tally(record(), by=by)
    assert rows(found) == expected
    assert [row["key"] for row in found["rows"]] == sorted(expected)
    assert found["rows_add_up"] is (by not in ("group", "nationality", "actor", "source"))
    assert numbers(found["total"]) == (14, 14, 15, "+")


# Sums


def one(number, *figures, **fields):
    own = [{**figure, "incidents": figure["incidents"] if figure["together"] else [number]} for figure in figures]
    return make_document(number, [make_statement(*own)] if own else [], **fields)


def test_an_empty_tally_holds_no_number_rather_than_zero():
    found = tally([], by="month")
    assert numbers(found["total"]) == (None, None, None)
    assert (found["total"]["incidents"], found["rows"], found["rows_add_up"], found["together"]) == (0, [], True, [])


def test_a_reported_zero_is_a_number():
    assert numbers(tally([one(A, make_figure(0))], by="month")["total"]) == (0, 0, 0)


def test_incidents_without_a_number_add_nothing_and_are_named_apart():
    total = tally([one(A, make_figure(3)), one(B), one(C, make_wording())], by="month")["total"]
    assert numbers(total) == (3, 3, 3)
    assert (total["incidents"], total["not_reported"], total["uncounted"]) == (3, 1, 1)


def test_a_sum_is_open_when_one_toll_is():
    assert numbers(tally([one(A, make_figure(3)), one(B, make_figure(6, high=None))], by="month")["total"]) == (9, 9, 9, "+")


def test_an_incident_over_two_months_is_counted_in_the_first():
    assert rows(tally([one(A, make_figure(3), start="2025-11-30", end="2025-12-02")], by="month")) == {"2025-11": (3, 3, 3)}


def test_an_incident_stands_in_the_row_of_every_named_actor():
    named = [{"actor": {"id": number, "name": number.lower()}, "role": "target"} for number in ("AC-2", "AC-9", "AC-2")]
    found = tally([one(A, make_figure(3), participants=named), one(B, make_figure(2))], by="actor")
    assert rows(found) == {"": (2, 2, 2), "AC-2": (3, 3, 3), "AC-9": (3, 3, 3)}
    assert found["rows"][1]["label"] == "ac-2" and found["rows_add_up"] is False


def test_a_province_carries_its_name():
    assert tally([one(A, make_figure(3))], by="province")["rows"][0]["label"] == "Khatlon"


# Together figures


def five(low=5, **fields):
    return make_figure(low, together=True, incidents=[A, B], **fields)


def two_and_three(*together, **fields):
    """Two incidents of 2 and 3 dead, told of together by another origin."""
    about_both = make_statement(*together, origin=CHINA, **fields)
    two = make_statement(make_figure(2, incidents=[A]))
    three = make_statement(make_figure(3, incidents=[B]))
    return [make_document(A, [two, about_both]), make_document(B, [three, about_both], start="2026-01-01")]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (five(), (5, 5, 5)),
        (five(4), (4, 5, 5)),
        (five(7), (5, 5, 7)),
        (five(4, best=6, high=8), (4, 5, 8)),
        (five(6, high=None), (5, 5, 6, "+")),
        (five(5, high=None), (5, 5, 5, "+")),
        (five(4, high=None), (4, 5, 5)),
        (five(4, best=None, high=None), (4, 5, 5)),
    ],
)
def test_a_together_figure_widens_low_and_high_and_never_best(figure, expected):
    assert numbers(tally(two_and_three(figure), by="month")["total"]) == expected


def test_two_together_figures_never_move_a_tally_at_once():
    assert numbers(tally(two_and_three(five(7), five(8)), by="month")["total"]) == (5, 5, 8)


def test_rows_of_two_months_are_not_widened_and_do_not_add_up():
    found = tally(two_and_three(five(7)), by="month")
    assert rows(found) == {"2025-12": (2, 2, 2), "2026-01": (3, 3, 3)}
    assert found["rows_add_up"] is False
    assert rows(tally(two_and_three(five(7)), by="country")) == {"TJ": (5, 5, 7)}


def test_a_tally_without_one_of_its_incidents_neither_widens_nor_lists_it():
    found = tally(two_and_three(five(9))[:1], by="month")
    assert numbers(found["total"]) == (2, 2, 2) and found["together"] == []


@pytest.mark.parametrize("fields", [{"retracted_on": "2025-12-09"}, {"act": "tally"}, {"certainty": "possible"}])
def test_a_together_figure_that_does_not_count_moves_nothing(fields):
    found = tally(two_and_three(five(9), **fields), by="month")
    assert numbers(found["total"]) == (5, 5, 5) and found["together"] == []


def test_an_excluded_together_figure_moves_nothing():
    assert numbers(tally(two_and_three(five(9, verdict="excluded")), by="month")["total"]) == (5, 5, 5)


def test_a_together_figure_uncertain_for_one_of_its_incidents_moves_nothing():
    first, second = two_and_three(five(9))
    unsure = [{**statement, "certainty": "probable"} if statement["origin"] == CHINA else statement for statement in second["statements"]]
    found = tally([first, make_document(B, unsure)], by="month")
    assert numbers(found["total"]) == (5, 5, 5) and found["together"] == []


def test_a_together_figure_also_about_an_incident_outside_the_record_moves_nothing():
    assert numbers(tally(two_and_three(five(9, about_others=True)), by="month")["total"]) == (5, 5, 5)


def test_without_a_number_for_one_of_its_incidents_a_together_figure_is_listed_and_moves_nothing():
    about_both = make_statement(five(9), origin=CHINA)
    documents = [make_document(A, [make_statement(make_figure(2)), about_both]), make_document(B, [about_both])]
    found = tally(documents, by="month")
    assert numbers(found["total"]) == (2, 2, 2)
    assert [entry["recorded"] for entry in found["together"]] == [None]


def test_a_filtered_tally_uses_only_together_figures_inside_its_filter():
    figures = [make_figure(2, incidents=[A], **CHINESE), five(9), five(4, **CHINESE), five(8, group="state_forces")]
    shared = make_statement(*figures[1:], origin=CHINA)
    documents = [
        make_document(A, [make_statement(figures[0]), shared]),
        make_document(B, [make_statement(make_figure(1, incidents=[B], **CHINESE)), shared]),
    ]
    found = tally(documents, by="month", group="civilians")
    assert numbers(found["total"]) == (3, 3, 4)
    assert [entry["figure"] for entry in found["together"]] == [figures[2]["id"]]


def test_replacing_some_of_the_people_never_leaves_fewer_than_none_of_the_others():
    told = make_statement(make_figure(1, incidents=[A]), origin=NARRATION)
    shared = make_statement(five(1, **CHINESE), origin=CHINA)
    documents = [
        make_document(A, [told, make_statement(make_figure(5, incidents=[A], **CHINESE)), shared]),
        make_document(B, [make_statement(make_figure(0, incidents=[B], **CHINESE)), shared]),
    ]
    assert numbers(tally(documents, by="month")["total"]) == (1, 5, 5)


# List items


def test_list_items_give_the_same_tally_where_statements_are_not_needed():
    documents = [one(A, make_figure(3)), one(B, make_figure(6, high=None), start="2026-02-01"), one(C)]
    for by in set(BY) - {"group", "nationality", "source"}:
        assert tally(documents, by=by) == tally([as_list_item(document) for document in documents], by=by)


@pytest.mark.parametrize(
    "asked", [{"by": "group"}, {"by": "source"}, {"by": "month", "group": "civilians"}, {"by": "month", "nationality": "CN"}]
)
def test_a_list_item_where_statements_are_needed_is_refused(asked):
    with pytest.raises(NeedsStatements, match=A):
        tally([as_list_item(one(A, make_figure(3)))], **asked)


def test_a_list_item_beside_a_together_figure_about_it_is_refused():
    first, second = two_and_three(five())
    with pytest.raises(NeedsStatements, match=B):
        tally([first, as_list_item(second)], by="month")


def test_twenty_thousand_list_items_are_tallied_at_once():
    short = as_list_item(one(A, make_figure(3)))
    documents = [{**short, "id": f"BW-2025-{number:04}"} for number in range(20_000)]
    started = process_time()
    found = tally(documents, by="month")
    assert found["total"]["best"] == 60_000
    assert process_time() - started < 2
