"""Who answered whom about an incident, and what became of promises and demands."""

from incidents.pages import responses

ONE, OTHER = {"type": "actor", "id": "AC-1", "name": "One side"}, {"type": "actor", "id": "AC-3", "name": "The other"}


def make_said(number, act="claim", **kwargs):
    return {"id": f"ST-{number}", "act": act, "denies": "", "origin": None, "in_reply_to": None, "outcome": ""} | kwargs


def chained(*statements):
    return [[(entry["statement"]["id"], entry["depth"]) for entry in chain] for chain in responses.chains({"statements": statements})]


def test_a_claim_its_denial_and_the_reply_to_that_stand_as_one_exchange():
    assert chained(make_said(1), make_said(2, "denial", in_reply_to="ST-1"), make_said(3, in_reply_to="ST-2"), make_said(4)) == [
        [("ST-1", 0), ("ST-2", 1), ("ST-3", 2)]
    ]


def test_a_reply_to_something_not_told_here_begins_an_exchange():
    assert chained(make_said(5, in_reply_to="ST-900")) == [[("ST-5", 0)]]


def test_statements_that_answer_each_other_in_a_circle_do_not_hang_the_page():
    assert chained(make_said(1, in_reply_to="ST-2"), make_said(2, in_reply_to="ST-1")) == []


def test_each_side_shows_what_it_did_in_order():
    document = {
        "statements": [make_said(1, origin=ONE), make_said(2, "denial", origin=OTHER, denies="responsibility"), make_said(3, origin=ONE)]
    }
    found = [(side["origin"]["id"], [(act["act"], len(act["statements"])) for act in side["acts"]]) for side in responses.sides(document)]
    assert found == [("AC-1", [("claim", 2)]), ("AC-3", [("denial", 1)])]


def test_open_promises_stand_before_settled_ones():
    statements = [make_said(1, "pledge", outcome="kept"), make_said(2, "demand", outcome="open"), make_said(3)]
    assert [said["id"] for said in responses.promises({"statements": statements})] == ["ST-2", "ST-1"]
