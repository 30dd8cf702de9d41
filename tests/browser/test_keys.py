"""The desk's forms by keyboard: keys, the question before something is lost, what is said while one types."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import SEVERE, violations
from tests.browser.keyboard import press
from tests.browser.test_main_job import sign_in
from tests.running import copied_demo_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo_site(worker_id):
    """A site of our own: what is saved here would be seen by other tests."""
    with copied_demo_site(f"keys_{worker_id}") as site:
        yield site


def test_keys_save_preview_and_publish(page, demo_site):
    sign_in(page, demo_site, "editor")
    page.goto("/admin/incidents/incident/1/change/")
    page.locator("#id_summary").fill("Said on the desk, by keyboard.")
    press(page, "Control+s")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    press(page, "Control+p")
    expect(page.locator(".preview-banner")).to_be_visible()
    expect(page.locator("#content")).to_contain_text("Said on the desk, by keyboard.")
    page.goto("/admin/incidents/incident/1/publish/")
    press(page, "Control+Enter")
    expect(page.locator(".messagelist")).to_contain_text("Published:")


def test_the_browser_asks_before_something_typed_is_lost_and_only_then(page, demo_site):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in(page, demo_site, "contributor")
    page.goto("/admin/incidents/incident/2/change/")
    page.locator("#id_title").click()
    page.goto("/admin/incidents/incident/2/change/")
    assert asked == []
    page.locator("#id_title").press_sequentially("x")
    page.goto("/admin/incidents/incident/2/change/")
    assert asked == ["beforeunload"]


def test_what_is_typed_is_answered_beside_it_and_nothing_is_in_the_way_of_a_screen_reader(page, demo_site):
    sign_in(page, demo_site, "contributor")
    page.goto("/admin/incidents/incident/add/")
    page.locator("#id_kind").select_option("Drone strike")
    page.locator("#id_started_on").fill("26 Nov 2025")
    press(page, "Tab")
    expect(page.locator("#id_started_on_read")).to_have_text("Wednesday 26 November 2025")
    expect(page.locator("#similar")).to_contain_text("Perhaps it is here already")
    assert violations(page, SEVERE) == []
    page.locator("#content h1").click()
    press(page, "?")
    expect(page.locator("#keys")).to_contain_text("Save and submit for review")
    assert violations(page, SEVERE) == []


def test_a_point_pasted_into_the_place_fills_both_halves(page, demo_site):
    sign_in(page, demo_site, "contributor")
    page.goto("/admin/incidents/incident/add/")
    page.locator("#id_place + .select2").click()
    page.locator(".select2-search__field").last.evaluate(
        """box => {
            const pasted = new DataTransfer();
            pasted.setData("text/plain", "37.2, 68.9");
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.locator("#id_latitude")).to_have_value("37.2")
    expect(page.locator("#id_longitude")).to_have_value("68.9")
