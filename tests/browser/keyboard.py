"""A keyboard that counts interactions, and the exercise article entered with it."""

from playwright.sync_api import expect

from tests.exercise import EXERCISE


def press(page, *keys):
    """On a page whose scripts listen: a form can be seen, and filled in, a moment before they do."""
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)


class Keys:
    """A keyboard that counts: a key with what is held down is one interaction, a field typed is one."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, *keys):
        press(self.page, *keys)
        self.count += len(keys)

    def type(self, words):
        self.page.keyboard.type(words)
        self.count += 1

    def since(self, before):
        return self.count - before


def opens_with(page, quote):
    expect(page.locator("#id_quote")).to_have_value(quote)
    expect(page.locator("#id_speaker")).to_be_focused()


def saved(page, count):
    expect(page.locator(".wb-card")).to_have_count(count)
    expect(page.locator("#statement-form")).to_have_count(0)
    expect(page.locator("#wb-captured")).to_be_focused()


def enter_first(page, keys, save="Control+Enter"):
    fill_first(page, keys)
    keys.press(save)
    saved(page, 1)


def fill_first(page, keys):
    """With a new actor and a new incident."""
    keys.press("q", "s")
    opens_with(page, "At least four guards were injured when stones and shots came from the reeds")
    keys.type("Reed Bank Command")
    keys.press("Tab")
    expect(page.locator("#id_speaker_kind")).to_be_focused()
    keys.type("state f")
    keys.press("Tab", "Tab")
    keys.type("claims")
    keys.press("Tab")
    keys.type("at least 4 injured")
    expect(page.locator("[data-asks=numbers]")).to_have_text("people injured: 4 or more")
    keys.press("Tab", "Tab")
    keys.type("Shots from the reeds of Gravel Island")
    keys.press("Tab")
    expect(page.locator("#id_incident_kind")).to_be_focused()
    keys.type("Armed")
    keys.press("Tab")
    keys.type("last Sunday")


def enter_second(page, keys, save="Control+Enter"):
    """The same speaker, and what they call somebody."""
    keys.press("q", "s")
    opens_with(page, "We call them bandits, and we shall go on calling them bandits")
    keys.press("Tab")
    keys.type("accuses")
    keys.press("Tab", "Tab")
    keys.type("bandits = those who fired")
    keys.press(save)
    saved(page, 2)


def enter_third(page, keys, save="Control+s"):
    """Somebody whom the desk knows, with two numbers."""
    keys.press("q", "s")
    opens_with(page, "Two of our people are dead and one is missing")
    keys.type("ferry guild")
    keys.press("Tab")
    keys.type("reports")
    keys.press("Tab")
    keys.type("2 killed; 1 missing")
    keys.press(save)
    saved(page, 3)


def enter_article(page, keys, headline):
    """From the first page of the desk to the workbench with the captured text."""
    fill_article(page, keys, headline)
    keep_text(page, keys)


def fill_article(page, keys, headline):
    keys.press("n")
    expect(page.locator("#id_headline")).to_be_focused()
    keys.type(headline)
    keys.press("Tab")
    keys.type("Model Gazette")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text("[Exercise] The Model Gazette")
    keys.press("Enter", "Tab", "Tab", "Tab")
    keys.type(EXERCISE["article"]["published_on"])


def keep_text(page, keys):
    keys.press("Control+Enter")
    expect(page.locator("#wb-capture-text")).to_be_focused()
    page.keyboard.insert_text(EXERCISE["article"]["text"])
    keys.count += 1
    keys.press("Control+Enter")
    expect(page.locator("#wb-captured")).to_be_focused()
