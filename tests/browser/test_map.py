"""In a browser: the map that moves and the one that stands both show where it was launched and where it hit, at the size of its number."""

import pytest
from playwright.sync_api import expect

from tests.running import copied_demo_site

pytestmark = pytest.mark.browser
LAUNCHED = """
from tests.factories import make_actor, make_incident, make_statement, make_user
from incidents.models import Place
from sources.models import Article
hit, start = Place.objects.get(slug="khorugh"), Place.objects.get(slug="yangi-qala")
incident = make_incident("Drone hits a post", place=hit, launched_from=start, place_precision=1, slug="drone-hits-a-post")
make_statement(incident, killed=4, article=Article.objects.first())
incident.publish(by=make_user("editor"))
"""


@pytest.fixture(scope="module")
def demo_site(worker_id):
    """A site of our own: the record of other tests holds no launch from an exact place."""
    with copied_demo_site(f"map_{worker_id}") as site:
        site.manage("shell", "-c", LAUNCHED)
        yield site


@pytest.mark.parametrize("is_live", [True, False], ids=["Leaflet", "without JavaScript"])
def test_the_line_from_the_launch_to_the_place_hit_is_seen(browser, demo_site, is_live):
    context = browser.new_context(base_url=demo_site.url, java_script_enabled=is_live, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/map/")
    expect(page.locator(".map-drawing.leaflet-container")).to_have_count(int(is_live))
    expect(page.get_by_text("launched from Yangi Qala").first).to_be_visible()
    line, frame = (page.locator(name).bounding_box() for name in (".map .launch-line", ".map-drawing"))
    assert line["width"] > 20 and frame["x"] < line["x"] and line["x"] + line["width"] < frame["x"] + frame["width"]
    context.close()


def test_a_closer_look_keeps_the_rings_and_shows_more_names(page, demo_site):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/map/")
    ring = page.locator(".mark:has(.dot) .size")
    before = ring.bounding_box()["width"]
    page.locator(".map-drawing").focus()
    for _press in range(4):
        page.keyboard.press("+")
    expect(page.locator("svg.map.near")).to_have_count(1)
    assert abs(ring.bounding_box()["width"] - before) < 2
