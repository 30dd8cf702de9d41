"""What readers have set for every site: less motion, colours of their own, paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations

INCIDENT = "/incidents/BW-2025-0001/"
PAGES = ["/", "/incidents/", "/map/", "/tallies/", INCIDENT]
MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    const times = style.transitionDuration.split(", ");
    return style.scrollBehavior === "smooth" || style.animationName !== "none" || times.some(time => time !== "0s");
}).map(element => element.tagName + "." + element.className)"""


@pytest.fixture
def window(browser, demo_site):
    """Opens a window with such settings: window(reduced_motion="reduce")."""
    contexts = []

    def opened(**settings):
        contexts.append(browser.new_context(base_url=demo_site.url, **settings))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def test_nothing_moves_where_less_motion_is_asked_for(window):
    page = window(reduced_motion="reduce")
    for address in PAGES:
        page.goto(address)
        assert page.evaluate(MOVING) == [], address


def test_marks_stay_in_colours_of_the_readers_own(window):
    page = window(forced_colors="active")
    page.goto(INCIDENT)
    edge = "element => { const style = getComputedStyle(element); return [style.borderInlineStartStyle, style.borderInlineStartColor] }"
    differs, agrees = (page.locator(f".accounts .{name}").first.evaluate(edge) for name in ("differs", "agrees"))
    assert differs[0] == "solid" and differs[1] != agrees[1]
    under = "element => getComputedStyle(element).borderBlockEndColor"
    here, elsewhere = (
        page.locator(f".masthead nav a:{which}").first.evaluate(under) for which in ("is([aria-current])", "not([aria-current])")
    )
    assert here != elsewhere
    assert violations(page, rules={"color-contrast": False}) == [], "the colours are the reader's own"


@pytest.mark.parametrize("address", [INCIDENT, "/tallies/?by=province", "/incidents/BW-2025-0001/editions/compare/?from=1&to=4"])
def test_paper_shows_no_controls_and_its_own_address(window, address):
    page = window()
    page.emulate_media(media="print")
    page.goto(address)
    for control in ("search", "navigation"):
        for part in page.get_by_role(control).all():
            expect(part).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
