"""What a reader does, with a keyboard, on a phone, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import open_folds

DRONE = "BW-2025-0001"
LISTS = ("incidents", "map", "timeline", "statements", "actors", "sources", "articles", "places", "tallies", "tallies/comparisons")
PAGES = ["/", *(f"/{name}/" for name in (*LISTS, "corrections", "methodology", "data", "about")), f"/incidents/{DRONE}/"]


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def reader(browser, demo_site, request):
    context = browser.new_context(base_url=demo_site.url, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def tab_to(page, wanted):
    """Press Tab until the element has the focus: nothing is clicked or focused otherwise."""
    for _press in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def settled(page):
    """A list that changed in place has its rows, and the focus has come back to where it was."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def test_a_number_opens_to_its_claims_by_keyboard_alone(reader):
    reader.goto(f"/incidents/{DRONE}/")
    tab_to(reader, reader.locator("#killed > summary"))
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("three Chinese citizens").first).to_be_visible()


def test_a_list_is_filtered_by_keyboard_alone_and_the_address_keeps_it(reader):
    reader.goto("/incidents/")
    tab_to(reader, reader.locator("details.filters > summary"))
    reader.keyboard.press("Enter")
    tab_to(reader, reader.get_by_label("Drone strike"))
    reader.keyboard.press("Space")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/incidents/?*kind=drone_strike*")
    expect(reader.locator("tbody tr")).to_have_count(1)
    settled(reader)
    reader.get_by_role("link", name="Remove filter Kind").focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("tbody tr")).to_have_count(4)


def test_a_citation_is_opened_and_taken_by_keyboard_alone_in_every_form(reader):
    reader.goto(f"/incidents/{DRONE}/")
    tab_to(reader, reader.get_by_role("link", name="Cite this"))
    reader.keyboard.press("Enter")
    for name, ending in (("BibTeX", ".bib"), ("RIS", ".ris"), ("CSL-JSON", ".json")):
        tab_to(reader, reader.locator("summary", has_text=name))
        reader.keyboard.press("Enter")
        tab_to(reader, reader.get_by_role("link", name=f"{name} file"))
        with reader.expect_download() as taken:
            reader.keyboard.press("Enter")
        assert taken.value.suggested_filename.endswith(ending)


def test_the_first_tab_skips_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_the_page_of_another_day_is_asked_for_at_its_foot(page):
    page.goto("/incidents/?ordering=date")
    page.get_by_label("See this page as it stood on").fill("2025-12-02")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_text("The record as it stood on")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert "ordering=date" in page.url


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_page_is_wider_than_its_screen(page, width):
    """640 pixels are a screen of 1280 at twice the size of letters."""
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(path)
        open_folds(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_readers_pages_load_nothing_from_elsewhere_and_break_no_policy(page, demo_site):
    requested, complaints = [], []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    for path in PAGES:
        page.goto(path)
    assert [url for url in requested if not url.startswith(demo_site.url)] == []
    assert complaints == []
    assert page.context.cookies() == []


def test_an_answer_and_a_citation_are_copied_with_a_button(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/incidents/?nationality=CN")
    page.get_by_role("button", name="Copy the answer").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("5 people (nationals of China; 5-6 or more) killed in 2 incidents")
    page.goto(f"/incidents/{DRONE}/")
    page.locator("summary", has_text="BibTeX").click()
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("button", name="Copied BibTeX").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{bw-2025-0001-")


def test_everything_works_without_javascript(browser, demo_site):
    context = browser.new_context(base_url=demo_site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/incidents/{DRONE}/")
    page.locator("#killed > summary").click()
    expect(page.get_by_text("three Chinese citizens").first).to_be_visible()
    page.locator("summary", has_text="RIS").click()
    expect(page.get_by_text("TY - ELEC")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.goto("/incidents/?place=khatlon")
    assert page.locator("tbody tr").count() == 2
    assert page.get_by_text("9 people killed in 2 incidents").is_visible()
    context.close()


def test_a_filter_changes_the_list_in_place_and_keeps_the_focus(page):
    loads, complaints = [], []
    page.goto("/incidents/")
    page.on("load", lambda: loads.append(page.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.locator("details.filters > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Drone strike").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/incidents/?kind=drone_strike")
    page.get_by_role("status").filter(has_text="1 incident").wait_for(state="attached")
    expect(page.get_by_label("Drone strike")).to_be_focused()
    page.get_by_role("link", name="Killed").click()
    page.wait_for_url("**ordering=-killed")
    page.locator("th[aria-sort=descending]", has_text="Killed").wait_for()
    assert (loads, complaints) == ([], [])
    page.evaluate("() => { setTimeout(() => history.back(), 200) }")  # later than this call's own answer
    page.wait_for_url("**/incidents/?kind=drone_strike")
    page.locator("tbody tr").first.wait_for()


def test_the_map_is_moved_by_keyboard_and_breaks_no_policy(page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/map/")
    drawing = page.locator("[data-live-map].leaflet-container")
    drawing.focus()
    before = page.locator("svg.map").bounding_box()["width"]
    page.keyboard.press("+")
    page.wait_for_function("before => document.querySelector('svg.map').getBoundingClientRect().width > before + 50", arg=before)
    assert complaints == []


def test_the_map_is_drawn_without_javascript(browser, demo_site):
    context = browser.new_context(base_url=demo_site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/map/")
    assert page.locator(".map .mark .label", has_text="Khatlon").is_visible() and not page.locator(".leaflet-container").count()
    page.goto("/incidents/")
    page.locator("details.filters > summary").click()
    page.get_by_label("Drone strike").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "kind=drone_strike" in page.url
    context.close()
