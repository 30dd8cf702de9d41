"""From a number on the readers' page to its correction: signed in on the way, looked at, and the pages are for everybody."""

from playwright.sync_api import expect

from tests.browser.accessibility import SEVERE, violations


def sign_in(page, demo_site):
    name, password = demo_site.account("editor")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    expect(page.locator("#login-form")).to_have_count(0)


def test_correct_this_number_asks_to_sign_in_and_comes_back(page, demo_site):
    page.goto(f"{demo_site.url}/statements/ST-23/")
    page.get_by_role("link", name="Correct this number").first.click()
    sign_in(page, demo_site)
    expect(page.get_by_role("heading", name="Correct this number")).to_be_visible()
    assert violations(page, SEVERE) == []
    page.get_by_role("link", name="We transcribed it wrongly").click()
    for box in ("Low:", "Best:", "High:"):
        page.get_by_label(box).fill("4")
    page.get_by_role("button", name="Show what would change").click()
    note = "We had copied FG-7 wrongly. It said: 6 or more killed. The source says: 4 killed."
    expect(page.get_by_label("What readers are told:")).to_have_value(note)
    expect(page.get_by_role("button", name="Publish this correction")).to_be_visible()
    assert violations(page, SEVERE) == []


def test_the_pages_for_many_rows_and_for_an_hour_are_for_everybody(page, demo_site):
    page.goto(f"{demo_site.url}/admin/incidents/incident/")
    sign_in(page, demo_site)
    for action in ("assign_to", "publish_together"):
        page.goto(f"{demo_site.url}/admin/incidents/incident/")
        page.check("#action-toggle")
        page.select_option("select[name=action]", action)
        page.click("button[name=index]")
        expect(page.locator("#result_list")).to_have_count(0)
        assert violations(page, SEVERE) == []
    page.goto(f"{demo_site.url}/admin/borderwatch/scheduledpublication/")
    assert violations(page, SEVERE) == []
