"""What is drawn is never more exact than what is known."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.pages import drawing, map_marks
from incidents.places import Place
from tests.factories import make_place, publish_incident


def make_placed(start="2025-12-24", end=None):
    return {"id": "BW-2025-0001", "date": {"start": start, "end": end or start}}


def make_row(precision=4, place="khatlon", latitude=37.8, longitude=69.1, killed_best=None):
    return {"place": place, "latitude": latitude, "longitude": longitude, "place_precision": precision, "killed_best": killed_best}


def marks_of(*rows):
    return list(map_marks.marks(rows, {}).values())


def test_a_point_stands_only_where_the_place_is_exact():
    assert [(mark["is_exact"], mark["shape"]) for mark in marks_of(make_row(1), make_row(4))] == [(True, ""), (False, "khatlon")]


def test_a_province_without_an_outline_is_a_wide_circle():
    (mark,) = marks_of(make_row(4, place="panjshir"))
    assert not mark["shape"] and mark["radius"] > 30


def test_the_ground_has_both_countries_the_border_and_the_tajik_provinces():
    ground = drawing.base_map()
    assert set(ground["land"]) == {"TJ", "AF"} and ground["border"].startswith("M")
    assert {"khatlon", "sughd", "gorno-badakhshan", "badakhshan", "takhar", "kunduz", "balkh"} <= set(ground["provinces"])


def test_a_simplified_line_stays_near_the_line():
    from incidents.pages.outlines import simplified

    assert simplified([[0, 0], [1, 0.001], [2, 0], [3, 1]], 0.01) == [[0, 0], [2, 0], [3, 1]]


def test_what_is_not_known_to_a_province_is_not_drawn():
    assert marks_of(make_row(6), make_row(5), make_row(None, "", None, None), make_row(4, latitude=55.0)) == []


def test_incidents_of_one_place_share_a_mark_and_what_nobody_counted_adds_nothing():
    (mark,) = marks_of(make_row(killed_best=4), make_row(killed_best=5), make_row())
    assert (mark["number"], mark["killed"]) == (3, 9)
    assert marks_of(make_row())[0]["killed"] is None


def test_the_area_of_a_ring_is_the_number_of_killed():
    found = marks_of(make_row(killed_best=400), make_row(place="sughd", killed_best=100), make_row(place="takhar", killed_best=0))
    scale = map_marks.scale_of(found)
    assert [map_marks.size_of(mark["killed"], scale) for mark in found] == [30, 15, map_marks.DOT]


def test_a_name_that_would_cover_another_is_left_for_a_closer_look():
    rows = [make_row(1, f"place-{number}", killed_best=9) for number in range(3)]
    found = marks_of(*rows)
    for mark in found:
        mark["size"] = 15
        mark["place"]["name"] = "Somewhere"
    assert [mark["is_tight"] for mark in map_marks.labelled(found, [])] == [False, False, True]


def test_what_was_launched_from_a_country_begins_at_its_name_and_from_a_province_in_its_outline():
    (mark,) = marks_of(make_row())
    country = map_marks.launch(Place(slug="afghanistan", kind="country", country="AF"), mark)
    province = map_marks.launch(Place(slug="badakhshan", kind="province", country="AF", latitude=36.7, longitude=70.9), mark)
    assert (country["is_country"], country["shape"]) == (True, "")
    assert (province["is_country"], province["shape"]) == (False, "badakhshan")


@pytest.fixture
def launched(db):
    """An attack of which both the place of the launch and the place hit are exact."""
    hit = make_place("Ishkashim", kind="settlement", latitude=36.72, longitude=71.61)
    start = make_place("Baharak", kind="settlement", country="AF", latitude=37.0, longitude=70.9)
    return publish_incident(title="Drone hits a post", killed=9, place=hit, launched_from=start, place_precision=1)


def test_a_line_leads_from_where_it_was_launched_to_the_point_that_was_hit(launched, client):
    page = client.get("/map/").content.decode()
    line, point, dot = (
        re.search(f'<{what} class="{name}"[^>]*>', page)[0]
        for what, name in (("line", "launch-line"), ("circle", "launch-point"), ("circle", "dot"))
    )
    ends = [re.findall(r'[xy][12]?="([\d.]+)"', one) for one in (line, point, dot)]
    assert ends[0] == [*ends[1], *ends[2]]
    assert "launched from Baharak" in page and ">9</text>" in page


def test_every_incident_is_drawn_though_the_list_beside_it_has_pages(launched, client):
    for number in range(3):
        publish_incident(title=f"Clash {number}", killed=1, place=launched.place, place_precision=1)
    page = client.get("/map/?limit=1").content.decode()
    assert "Ishkashim: 4 incidents, 12 killed" in page and "4 incidents are drawn." in page
    assert 'href="/incidents/?place=ishkashim"' in page and page.count('class="row-title"') == 1
    with CaptureQueriesContext(connection) as asked:
        client.get("/map/?limit=2")
    assert len(asked) <= 20, [query["sql"][:80] for query in asked.captured_queries]


def test_the_map_says_what_it_leaves_out(launched, client, monkeypatch):
    publish_incident(title="Nowhere")
    publish_incident(title="Elsewhere", place=make_place(latitude=37.8, longitude=69.1), started_on="2025-01-01")
    assert "1 incident is not on the map: its province is not reported." in client.get("/map/").content.decode()
    monkeypatch.setattr(map_marks, "MOST", 2)
    monkeypatch.setattr(map_marks, "MOST_NAMED", 0)
    page = client.get("/map/?limit=50").content.decode()
    assert "Only the latest 2 incidents are drawn" in page and "1 place is drawn without its name and area." in page


def test_a_range_of_days_is_as_wide_as_it_is_long():
    strips = drawing.strips([make_placed(), make_placed(start="2025-12-01", end="2025-12-31")])
    assert [row["is_exact"] for row in strips["rows"]] == [True, False]
    assert strips["rows"][1]["length"] == drawing.STRIP


def test_nothing_is_drawn_of_nothing():
    assert drawing.strips([]) is None


def test_a_bar_begins_at_zero_and_nothing_reported_is_no_bar():
    row = {"low": 5, "best": 5, "high": 6, "open_ended": True}
    bar, none = drawing.bars([row, {"low": None, "best": None, "high": None, "open_ended": False}])
    assert none is None
    assert bar["has_range"] and bar["length"] == bar["low"] < bar["high"]


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
