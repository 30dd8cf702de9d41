"""What is drawn is never more exact than what is known."""

from xml.etree import ElementTree

import pytest

from incidents.pages import drawing
from incidents.places import Place
from tests.factories import publish_incident


def make_placed(precision, latitude=37.8, longitude=69.1, start="2025-12-24", end=None):
    place = {"id": "khatlon", "name": "Khatlon", "precision": precision, "latitude": latitude, "longitude": longitude}
    return {"id": "BW-2025-0001", "place": place, "date": {"start": start, "end": end or start}}


def test_a_ring_stands_only_where_the_place_is_exact():
    marks, _left_out = drawing.map_marks([make_placed(1), make_placed(4)])
    assert [(mark["is_exact"], bool(mark["shape"])) for mark in marks] == [(True, False), (False, True)]


def test_a_province_without_an_outline_is_a_wide_circle():
    place = make_placed(4)
    place["place"]["id"] = "panjshir"
    (mark,), _left_out = drawing.map_marks([place])
    assert mark["shape"] is None and mark["radius"] > 30


def test_the_ground_has_both_countries_the_border_and_the_tajik_provinces():
    ground = drawing.base_map()
    assert set(ground["land"]) == {"TJ", "AF"} and ground["border"].startswith("M")
    assert {"khatlon", "sughd", "gorno-badakhshan", "badakhshan", "takhar", "kunduz", "balkh"} <= set(drawing.outlines()["provinces"])


def test_a_simplified_line_stays_near_the_line():
    from incidents.pages.outlines import simplified

    assert simplified([[0, 0], [1, 0.001], [2, 0], [3, 1]], 0.01) == [[0, 0], [2, 0], [3, 1]]


def test_what_is_not_known_to_a_province_is_listed_and_not_drawn():
    nowhere = make_placed(4) | {"place": None}
    marks, left_out = drawing.map_marks([make_placed(6), make_placed(5), nowhere, make_placed(4, latitude=55.0)])
    assert (marks, len(left_out)) == ([], 4)


def test_incidents_of_one_place_share_a_mark():
    marks, _left_out = drawing.map_marks([make_placed(4), make_placed(4)])
    assert [len(mark["incidents"]) for mark in marks] == [2]


def test_a_range_of_days_is_as_wide_as_it_is_long():
    strips = drawing.strips([make_placed(4), make_placed(4, start="2025-12-01", end="2025-12-31")])
    assert [row["is_exact"] for row in strips["rows"]] == [True, False]
    assert strips["rows"][1]["length"] == drawing.STRIP


def test_nothing_is_drawn_of_nothing():
    assert drawing.strips([]) is None


def test_a_bar_begins_at_zero_and_nothing_reported_is_no_bar():
    row = {"low": 5, "best": 5, "high": 6, "open_ended": True}
    bar, none = drawing.bars([row, {"low": None, "best": None, "high": None, "open_ended": False}])
    assert none is None
    assert bar["has_range"] and bar["length"] == bar["low"] < bar["high"]


def test_what_was_launched_from_a_country_begins_at_its_name_and_from_a_province_in_its_outline():
    incidents = [make_placed(4) | {"launched_from": {"id": slug, "name": slug}} for slug in ("afghanistan", "badakhshan")]
    marks, _left_out = drawing.map_marks([*incidents, make_placed(4) | {"launched_from": None}])
    places = {
        "afghanistan": Place(slug="afghanistan", kind="country", country="AF"),
        "badakhshan": Place(slug="badakhshan", kind="province", country="AF", latitude=36.7, longitude=70.9),
    }
    country, province = drawing.launches(marks, places)
    assert (country["is_country"], country["shape"]) == (True, None)
    assert (province["is_country"], bool(province["shape"])) == (False, True)


@pytest.mark.django_db
def test_the_timeline_is_taken_along_with_its_source_and_filters(client):
    publish_incident(title="Clash & <fire>")
    publish_incident(title="Another", kind="shelling")
    page = client.get("/timeline/?kind=armed_clash").content.decode()
    assert "/timeline.svg?kind=armed_clash" in page
    answer = client.get("/timeline.svg?kind=armed_clash")
    drawing = ElementTree.fromstring(answer.content)
    assert answer.headers["Content-Type"].startswith("image/svg+xml") and drawing.tag.endswith("svg")
    words = " ".join(drawing.itertext())
    assert "Clash & <fire>" in words and "Another" not in words and "http://testserver/timeline/?kind=armed_clash" in words
