"""The article workbench by keyboard: three statements from the exercise article, with somebody new and something new made in place."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import SEVERE, violations
from tests.browser.keyboard import Keys, enter_first, enter_second, enter_third, opens_with, press, saved
from tests.browser.test_main_job import choose, save, sign_in
from tests.exercise import EXERCISE
from tests.running import copied_demo_site

pytestmark = pytest.mark.browser
ALLOWED = 8
"""Interactions for each statement after the first."""


@pytest.fixture(scope="module")
def demo_site(worker_id):
    """A site of our own: what is entered here would be seen by other tests."""
    with copied_demo_site(f"workbench_{worker_id}") as site:
        yield site


def open_workbench(page, headline):
    """Enter the article with its outlet, and paste its text."""
    article = EXERCISE["article"]
    page.goto("/admin/sources/article/add/")
    page.get_by_label("Headline:").fill(headline)
    choose(page, "id_source", "Model Gazette", "[Exercise] The Model Gazette")
    page.locator("#id_published_on").fill(article["published_on"])
    save(page, "Save and continue editing")
    page.get_by_role("link", name="Workbench").click()
    page.get_by_label("Paste the text of the article").fill(article["text"])
    page.get_by_role("button", name="Keep this text").click()
    expect(page.locator("#wb-captured")).to_be_focused()


def test_three_statements_are_entered_without_leaving_the_keyboard(page, demo_site, record_property):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    sign_in(page, demo_site, "contributor")
    open_workbench(page, "[Exercise] Three statements by keyboard")
    keys = Keys(page)
    spent = []
    for enter in (enter_first, enter_second, enter_third):
        before = keys.count
        enter(page, keys)
        spent.append(keys.since(before))
    assert page.locator(".wb-card .wb-who strong").all_inner_texts() == [
        "Reed Bank Command",
        "Reed Bank Command",
        "[Exercise] Ferry guild of Dasti Namuna",
    ]
    expect(page.locator(".wb-cards")).to_contain_text("says “bandits” of those who fired")
    assert page.locator(".wb-contains", has_text="Shots from the reeds of Gravel Island").count() == 3
    assert complaints == []
    record_property(
        "promise",
        f"workbench: three statements in {keys.count} interactions; {spent[0]} for the first, with a new actor and a new incident, "
        f"{spent[1]} and {spent[2]} for the next (allowed: {ALLOWED})",
    )
    assert max(spent[1:]) <= ALLOWED


def test_places_in_the_text_agree_between_browser_and_server(page, demo_site):
    sign_in(page, demo_site, "contributor")
    open_workbench(page, "[Exercise] Signs and scripts")
    text = page.locator("#wb-captured")
    assert text.evaluate("pane => pane.textContent") == EXERCISE["article"]["text"]
    press(page, "f")
    page.keyboard.type("Mino … sheet")
    press(page, "Enter")
    opens_with(page, "Mino Намуна, read from a sheet")
    page.locator("#id_act").select_option("report")
    press(page, "Control+Enter")
    saved(page, 1)
    for _ in range(3):
        press(page, "q")
    press(page, "s")
    opens_with(page, "صدای دو قایق را شنیدیم")
    page.locator("#id_act").select_option("report")
    press(page, "Control+Enter")
    saved(page, 2)
    assert page.locator(".wb-mark").all_inner_texts() == ["Mino Намуна, read from a sheet", "صدای دو قایق را شنیدیم"]
    press(page, "ArrowRight")
    press(page, "Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()") == "which is"
    press(page, "Shift+ArrowDown")
    press(page, "s")
    opens_with(page, "which is to say that two boats were heard.")
    press(page, "Escape")
    expect(page.locator("#statement-form")).to_have_count(0)


def test_what_was_typed_is_not_lost_by_a_key(page, demo_site):
    sign_in(page, demo_site, "contributor")
    open_workbench(page, "[Exercise] Typed and not saved")
    press(page, "q")
    press(page, "s")
    opens_with(page, "At least four guards were injured when stones and shots came from the reeds")
    page.locator("#id_numbers").fill("4 frogs")
    press(page, "Control+Enter")
    expect(page.locator(".field-numbers .errorlist")).to_contain_text("“frogs” is not understood")
    page.locator("#id_numbers").fill("4 injured")
    press(page, "Escape")
    expect(page.locator("#workbench-messages")).to_contain_text("is not saved")
    expect(page.locator("#id_numbers")).to_have_value("4 injured")
    press(page, "Alt+t")
    press(page, "q")
    press(page, "m")
    expect(page.locator("#id_quote")).to_have_value("We call them bandits, and we shall go on calling them bandits")
    page.locator("#id_act").select_option("claim")
    press(page, "Control+Enter")
    saved(page, 1)
    press(page, "j")
    press(page, "Enter")
    expect(page.locator("#id_numbers")).to_have_value("4 injured")
    expect(page.locator("#id_speaker")).to_be_focused()


def test_the_workbench_works_without_script(browser, demo_site):
    context = browser.new_context(base_url=demo_site.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_site, "editor")
    page.goto("/admin/sources/article/?q=model+crossing")
    page.get_by_role("link", name="[Exercise] Shots at the model crossing").click()
    page.get_by_role("link", name="Workbench").click()
    page.get_by_label("Words of the text").fill("I have no such … on my list")
    page.get_by_role("button", name="Use these words").click()
    expect(page.get_by_label("Quote:")).to_have_value("I have no such person on my list")
    page.get_by_label("Act:").select_option("denial")
    page.get_by_label("Denies:").select_option("figures")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator(".wb-mark", has_text="I have no such person on my list")).to_be_visible()
    page.locator(".wb-mark a").first.click()
    expect(page.get_by_label("Number:")).to_have_value('2 injured "two of our colleagues"')
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_workbench_is_for_everybody(page, demo_site, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(page, demo_site, "editor")
    page.goto("/admin/sources/article/?q=model+crossing")
    page.get_by_role("link", name="[Exercise] Shots at the model crossing").click()
    page.get_by_role("link", name="Workbench").click()
    expect(page.locator("#wb-captured")).to_be_focused()
    assert violations(page, SEVERE) == []
    page.locator(".wb-open-link").first.click()
    expect(page.locator("#id_speaker")).to_be_focused()
    page.locator("#id_speaker").press_sequentially("State")
    expect(page.locator(".wb-choices li").first).to_be_visible()
    assert violations(page, SEVERE) == []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
