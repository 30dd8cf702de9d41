"""Review in the browser: the first page, what is not known, a comment beside a field, with and without script; for everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import SEVERE, open_folds, violations
from tests.browser.test_main_job import sign_in
from tests.running import copied_demo_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo_site(worker_id):
    """A site of our own: what is said here would be seen by other tests."""
    with copied_demo_site(f"review_{worker_id}") as site:
        yield site


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_the_first_page_leads_to_what_is_unknown_and_a_comment_stands_beside_its_field(browser, demo_site, scheme):
    page = browser.new_context(base_url=demo_site.url, color_scheme=scheme).new_page()
    sign_in(page, demo_site, "editor")
    assert not violations(page, SEVERE)
    page.get_by_role("link", name="Injured not reported").click()
    page.wait_for_url("**/incidents/incident/?*")
    assert not violations(page, SEVERE)
    page.locator("#result_list tbody a").first.click()
    say(page, "field-summary", "Who said so?")
    open_folds(page)
    assert not violations(page, SEVERE)
    settle(page, "field-summary")
    page.goto("/admin/incidents/figure/parents/")
    assert not violations(page, SEVERE)
    page.context.close()


def test_comments_and_setting_aside_need_no_script(browser, demo_site):
    page = browser.new_context(base_url=demo_site.url, java_script_enabled=False).new_page()
    sign_in(page, demo_site, "editor")
    page.goto("/admin/incidents/incident/?unknown=injured")
    page.locator("#result_list tbody a").first.click()
    say(page, "field-title", "Whose border?")
    settle(page, "field-title")
    unknown = page.locator(".unknown", has_text="Injured not reported")
    unknown.locator("summary").click()
    unknown.get_by_label("Reason").fill("The hospital gives no numbers.")
    unknown.get_by_role("button", name="Set aside", exact=True).click()
    expect(page.locator(".unknown", has_text="Injured not reported")).to_contain_text("set aside by editor")
    page.context.close()


def say(page, row, words):
    """Comment beside the field of this row."""
    page.locator(f".{row} .say summary").click()
    page.locator(f".{row} .say textarea").fill(words)
    page.locator(f".{row} .say").get_by_role("button").click()
    expect(page.locator(f".{row} .comment")).to_contain_text(words)


def settle(page, row):
    page.locator(f".{row} .comment").get_by_role("button").click()
    expect(page.locator(f".{row} .comment")).to_have_count(0)
