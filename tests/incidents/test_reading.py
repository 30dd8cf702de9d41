"""How an incident document reads on its page: claims, accounts side by side, what is not known."""

import pytest

from borderwatch.texts import words
from incidents.pages import reading

TAJIKISTAN = {"type": "actor", "id": "AC-1", "name": "Government of Tajikistan"}
THIS, OTHER = "BW-2025-0001", "BW-2025-0002"


def make_figure(number, **kwargs):
    own = {"id": f"FG-{number}", "measure": "killed", "group": "all", "nationality": "", "low": 5, "best": 5, "high": 5, "wording": ""}
    return own | {"incidents": [THIS], "together": False} | kwargs


def make_said(number, *figures, origin=None, **kwargs):
    return {"id": f"ST-{number}", "origin": origin, "figures": list(figures), "said_on": None, "article": {"id": "AR-1"}} | kwargs


def make_document(*statements, killed=None, **toll):
    counted = {"killed": killed, "injured": None, "missing": None, "detained": None, "buckets": [], "set_aside": [], "together": []}
    return {
        "id": THIS,
        "date": {"start": "2025-12-24", "end": "2025-12-24", "precision": 1},
        "place": {"name": "Khatlon", "precision": 4},
        "toll": counted | toll,
        "evidence": {"status": "single-source", "origins": [TAJIKISTAN], "differences": []},
        "participants": [],
        "statements": list(statements),
    }


def result(best_from, *used):
    return {"low": 5, "best": 5, "high": 5, "open_ended": False, "best_from": [best_from], "used": [best_from, *used]}


def parts(document):
    return {claim["figure"]["id"]: claim["part"] for claim in reading.claims(document, "killed")}


def test_every_figure_about_the_incident_plays_one_part():
    document = make_document(
        make_said(1, make_figure(1), make_figure(2, low=4)),
        make_said(2, make_figure(3, low=None, wording="several"), make_figure(4, together=True, incidents=[THIS, OTHER])),
        make_said(3, make_figure(5)),
        killed=result("FG-1", "FG-2"),
        set_aside=[{"figure": "FG-5", "reason": "superseded"}],
    )
    assert parts(document) == {"FG-1": "best", "FG-2": "used", "FG-3": "not_counted", "FG-5": "set_aside", "FG-4": "together"}


def test_a_figure_about_another_incident_is_no_claim_here():
    document = make_document(make_said(1, make_figure(1), make_figure(2, incidents=[OTHER])), killed=result("FG-1"))
    assert parts(document) == {"FG-1": "best"}


def test_a_number_says_by_whose_count_it_is():
    by_an_origin = make_document(make_said(1, make_figure(1), origin=TAJIKISTAN), killed=result("FG-1"))
    narrated = make_document(make_said(1, make_figure(1)), killed=result("FG-1"))
    names = [[origin["name"] for origin in reading.counted_by(document, "killed")] for document in (by_an_origin, narrated)]
    assert names == [["Government of Tajikistan"], ["an article's own words"]]


def test_accounts_stand_in_columns_with_narration_last_and_what_differs_marked():
    document = make_document(make_said(2), make_said(1, origin=TAJIKISTAN))
    answers = [{"value": "2025-12-24", "statements": ["ST-1"]}, {"value": "2025-12-25", "statements": ["ST-2"]}]
    document["evidence"]["differences"] = [{"on": "date", "role": "occurrence", "incidents": [THIS], "answers": answers}]
    table = reading.comparison(document)
    assert [column["name"] for column in table["accounts"]] == ["Government of Tajikistan", "Articles' own words"]
    marks = [[answer["differs"] for answer in cell["answers"]] for cell in table["rows"][0]["cells"]]
    assert marks == [[False], [True]]


def test_the_record_takes_no_position_on_who_did_it():
    assert reading.own_answer(make_document(), {"on": "responsibility"}) is None


def test_equal_figures_for_several_incidents_stand_once_with_all_who_give_them():
    figure = {
        "measure": "killed",
        "group": "civilians",
        "nationality": "CN",
        "low": 6,
        "high": None,
        "recorded": 5,
        "incidents": [THIS, OTHER],
    }
    document = make_document(
        make_said(1, make_figure(1)), make_said(2, make_figure(2)), together=[figure | {"figure": "FG-1"}, figure | {"figure": "FG-2"}]
    )
    assert [[said["id"] for said in entry["statements"]] for entry in reading.together(document)] == [["ST-1", "ST-2"]]


def test_gaps_are_said_plainly():
    gaps = reading.gaps(make_document(make_said(1, make_figure(1)), killed=result("FG-1")))
    assert "Injured: not reported." in gaps
    assert not any(gap.startswith("Killed") for gap in gaps)
    assert any("second origin" in gap for gap in gaps)


def test_a_gap_says_how_many_originals_are_not_held_and_who_has_not_spoken():
    held = {"id": "AR-2", "original_url": "https://example.org/a"}
    gaps = reading.gaps(make_document(make_said(1, make_figure(1), origin=TAJIKISTAN), make_said(2, article=held)))
    assert "The original of 1 article: not held." in gaps
    assert any(gap.startswith("Another side") for gap in gaps)


def test_reports_stand_by_whose_words_they_carry_narration_last():
    document = make_document(make_said(1), make_said(2, origin=TAJIKISTAN), make_said(3, origin=TAJIKISTAN, article={"id": "AR-2"}))
    found = [(entry["origin"] and entry["origin"]["id"], entry["stance"], len(entry["reports"])) for entry in reading.by_origin(document)]
    assert found == [("AC-1", "vouches", 2), (None, "", 1)]


def test_the_record_answers_a_question_about_several_incidents_with_its_own_sum():
    asked = {"measure": "killed", "group": "civilians", "nationality": "CN", "incidents": [THIS, OTHER]}
    document = make_document(together=[asked | {"figure": "FG-1", "low": 6, "high": None, "recorded": 5}])
    assert reading.own_answer(document, asked | {"on": "together"}) == {"value": {"low": 5, "best": 5, "high": 5}}


def test_what_was_said_stands_article_by_article():
    late, early = {"id": "AR-2", "published_on": "2026-01-18"}, {"id": "AR-1", "published_on": "2025-12-01"}
    document = make_document(make_said(1, article=late), make_said(2, article=early), make_said(3, article=late))
    found = [(entry["article"]["id"], [said["id"] for said in entry["statements"]]) for entry in reading.by_article(document)]
    assert found == [("AR-1", ["ST-2"]), ("AR-2", ["ST-1", "ST-3"])]


def test_who_did_it_is_a_gap_until_all_who_say_so_name_the_same():
    def gaps(*names):
        said = [make_said(n, attributed_to={"id": name} if name else None, attributed_to_as="some") for n, name in enumerate(names, 1)]
        return reading.attacker_gaps(make_document(*said) | {"participants": [{"role": "target", "actor": None}]})

    assert gaps("AC-1", "AC-1") == []
    assert "not established" in gaps("AC-1", "AC-2")[0] and "not established" in gaps("AC-1", None)[0]
    assert "no account says" in gaps()[0]


def test_a_clash_without_an_attacked_side_asks_no_doer():
    assert reading.attacker_gaps(make_document() | {"participants": [{"role": "other_party", "actor": None}]}) == []


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"low": 1, "high": 1, "group": "all", "nationality": "", "measure": "missing"}, "person missing"),
        ({"low": 1, "high": 1, "group": "civilians", "nationality": "CN", "measure": "killed"}, "civilian, national of China killed"),
        ({"low": 1, "high": None, "group": "all", "nationality": "", "measure": "missing"}, "people missing"),
        ({"low": 2, "high": 2, "group": "state_forces", "nationality": "TJ", "measure": "killed"}, "state forces of Tajikistan killed"),
        ({"low": None, "high": None, "group": "all", "nationality": "XK", "measure": "killed"}, "nationals of XK killed"),
    ],
)
def test_one_person_is_not_called_people(figure, said):
    assert words.people_counted(figure) == said
