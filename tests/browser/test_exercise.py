"""The whole job on the exercise article by keyboard: entered, submitted, commented on, published, read."""

import pytest
from playwright.sync_api import expect

from tests.browser import keyboard
from tests.browser.keyboard import Keys
from tests.browser.test_main_job import sign_in, sign_out
from tests.running import copied_demo_site

pytestmark = pytest.mark.browser
ALLOWED = 60
"""Interactions for the whole job; signing in and out is not counted."""
TITLE = "Shots from the reeds of Gravel Island"


@pytest.fixture(scope="module")
def demo_site(worker_id):
    """A site of our own: what is published here would be seen by other tests."""
    with copied_demo_site(f"exercise_{worker_id}") as site:
        yield site


def contribute(page, keys):
    """The article's text, three statements, a new incident made in place; submitted for review."""
    keyboard.enter_article(page, keys, "[Exercise] Two accounts of one night on Gravel Island")
    for enter in (keyboard.enter_first, keyboard.enter_second, keyboard.enter_third):
        enter(page, keys, "Control+Shift+Enter")
    assert page.locator(".wb-state").count() == 0
    keys.press("Control+Enter")
    expect(page.locator("#id_title")).to_have_value(TITLE)
    keys.press("Control+Enter")
    expect(page.locator(".messagelist")).to_be_visible()


def open_from_review(page, keys):
    """The first of what waits for review, from the first page of the desk."""
    keys.press("r")
    expect(page.locator("#id_title")).to_have_value(TITLE)
    expect(page.locator(".standing")).to_contain_text("In review")


def comment(page, keys):
    """What an editor asks about a field."""
    words = "Whose side of the river? The article does not say."
    keys.press("c")
    keys.type("Summary")
    keys.press("Tab")
    keys.type(words)
    keys.press("Control+Enter")
    expect(page.locator(".field-summary .comment")).to_contain_text(words)
    expect(page.locator("#comments [name=settle]")).to_be_focused()


def settle(page, keys):
    keys.press("Enter")
    expect(page.locator("#comments-title")).to_have_text("Open comments (0)")


def approve_and_publish(page, keys):
    keys.press("Control+Enter")
    expect(page.get_by_role("heading", name="What goes along because it was never public (7)")).to_be_visible()
    keys.press("Control+Enter")
    expect(page.locator(".messagelist")).to_contain_text("Published:")


def read(page, address):
    """With its number and its words, and every one of the three statements."""
    page.goto(address)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    content = page.locator("#content")
    expect(content).to_contain_text("2 killed")
    expect(content).to_contain_text("4 injured")
    expect(content).to_contain_text("Two of our people are dead and one is missing")
    expect(content).to_contain_text("bandits")
    assert page.context.cookies() == []


def test_the_exercise_article_goes_from_its_text_to_the_reader_by_keyboard(browser, page, demo_site, record_property):
    keys = Keys(page)
    spent = []
    sign_in(page, demo_site, "contributor")
    contribute(page, keys)
    spent.append(keys.count)
    sign_out(page)
    sign_in(page, demo_site, "editor")
    open_from_review(page, keys)
    comment(page, keys)
    settle(page, keys)
    approve_and_publish(page, keys)
    spent.append(keys.count - spent[0])
    reader = browser.new_context(base_url=demo_site.url).new_page()
    read(reader, page.get_by_role("link", name="See it as readers do").get_attribute("href"))
    reader.context.close()
    record_property(
        "promise",
        f"The whole job on the exercise article by keyboard: {keys.count + 1} interactions (allowed: {ALLOWED}): {spent[0]} to enter "
        "the article, three statements and a new incident and to submit it, "
        f"{spent[1]} to comment, settle, approve and publish, 1 to open it as a reader. "
        "A key with what is held down is one, a typed or pasted field is one; signing in and out is not counted",
    )
    assert keys.count + 1 <= ALLOWED
