"""How an incident's number moved: by what had been said until a day, and from edition to edition."""

from incidents.pages import steps

THIS = "BW-2025-0001"
SIDE = {"type": "actor", "id": "AC-1", "name": "One side"}


def make_said(number, on, low, **kwargs):
    figure = {"id": f"FG-{number}", "measure": "killed", "group": "all", "nationality": "", "low": low, "best": low, "high": low}
    figure |= {"wording": "", "incidents": [THIS], "together": False, "adds": False, "verdict": "auto"} | kwargs.pop("figure", {})
    article = {"id": "AR-1", "published_on": "2025-12-20", "published_precision": 1, "source": {"reliability": "F"}, "retracted_on": None}
    said = {"id": f"ST-{number}", "said_on": on, "said_precision": 1, "origin": SIDE, "figures": [figure], "act": "report"}
    return said | {"certainty": "certain", "retracted_on": None, "credibility": None, "supersedes": None, "article": article} | kwargs


def bests(found):
    return [(step["on"], step["result"] and step["result"]["best"]) for step in found]


def test_each_day_counts_only_what_had_been_said_by_then():
    document = {"id": THIS, "statements": [make_said(1, "2025-12-01", 3), make_said(2, "2025-12-05", 5)]}
    assert bests(steps.by_day_said(document, "killed")) == [("2025-12-01", 3), ("2025-12-05", 5)]


def test_a_statement_replaced_later_counts_until_then():
    document = {"id": THIS, "statements": [make_said(1, "2025-12-01", 7), make_said(2, "2025-12-05", 5, supersedes="ST-1")]}
    assert bests(steps.by_day_said(document, "killed")) == [("2025-12-01", 7), ("2025-12-05", 5)]


def test_what_no_day_is_reported_of_was_said_by_the_day_of_its_article():
    undated = make_said(1, None, 4)
    assert bests(steps.by_day_said({"id": THIS, "statements": [undated]}, "killed")) == [("2025-12-20", 4)]
    undated["article"] = None
    assert bests(steps.by_day_said({"id": THIS, "statements": [undated]}, "killed")) == [(None, 4)]


def test_a_together_figure_is_told_and_moves_nothing():
    together = make_said(2, "2025-12-05", 9, figure={"incidents": [THIS, "BW-2025-0002"], "together": True})
    found = steps.by_day_said({"id": THIS, "statements": [make_said(1, "2025-12-01", 3), together]}, "killed")
    assert bests(found) == [("2025-12-01", 3), ("2025-12-05", 3)]
    assert [claim["figure"]["low"] for claim in found[1]["claims"]] == [9]


def test_editions_that_left_the_number_as_it_was_are_left_out():
    def edition(number, best):
        result = {"low": best, "best": best, "high": best, "open_ended": False}
        return {"number": number, "valid_from": f"2025-12-0{number}", "kind": "figures", "note": "", "toll": {"killed": result}}

    found = steps.by_edition([edition(1, 3), edition(2, 3), edition(3, 5)], "killed")
    assert [(step["number"], step["result"]["best"]) for step in found] == [(1, 3), (3, 5)]


def test_steps_are_drawn_from_a_base_line_of_0_with_the_range_as_a_line():
    document = {"id": THIS, "statements": [make_said(1, "2025-12-01", 3), make_said(2, "2025-12-11", 5, origin=SIDE | {"id": "AC-2"})]}
    drawn = steps.drawing(steps.by_day_said(document, "killed"))
    first, last = drawn["points"]
    assert first["x"] == steps.LEFT and last["has_range"] and not first["has_range"]
    assert round((steps.BASE - first["best"]) / (steps.BASE - steps.TOP), 2) == 0.6
    assert drawn["path"].startswith(f"M{first['x']} {first['best']}H")


def test_each_number_is_written_unless_it_would_cover_a_later_one():
    days = [("2025-12-01", 3), ("2025-12-02", 20), ("2025-12-03", 4), ("2025-12-04", 5), ("2026-02-01", 5)]
    document = {"id": THIS, "statements": [make_said(number, *day) for number, day in enumerate(days, 1)]}
    assert [label["number"] for label in steps.drawing(steps.by_day_said(document, "killed"))["labels"]] == [20, 5]


def test_one_day_is_not_drawn():
    assert steps.drawing(steps.by_day_said({"id": THIS, "statements": [make_said(1, "2025-12-01", 3)]}, "killed")) is None
