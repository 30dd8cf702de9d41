"""The main job through the desk's full forms; by keyboard: test_exercise.py."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.running import copied_demo_site

number = itertools.count(1)


@pytest.fixture(scope="module")
def demo_site(worker_id):
    """A site of our own: what is published here would be seen by other tests."""
    with copied_demo_site(f"desk_{worker_id}") as site:
        yield site


def sign_in(page, demo_site, role):
    name, password = demo_site.account(role)
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()


def sign_out(page):
    page.get_by_role("button", name="Log out").click()


def choose(page, field, typed, wanted):
    """Choose a record by typing into the field with this id; `wanted` is the whole label of the choice."""
    page.locator(f"#{field} + .select2").click()
    page.locator(".select2-search__field").last.fill(typed)
    page.locator(".select2-results__option", has_text=wanted).first.click()
    expect(page.locator(f"#{field} + .select2")).to_contain_text(wanted)


def save(page, button="Save"):
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    return page.locator(".messagelist li").first.inner_text()


def enter_source(page, name):
    page.goto("/admin/sources/source/add/")
    page.get_by_label("Name:").fill(name)
    page.get_by_label("Kind:").select_option("News agency")
    save(page)


def enter_article(page, headline, source):
    page.goto("/admin/sources/article/add/")
    page.get_by_label("Headline:").fill(headline)
    choose(page, "id_source", source, source)
    page.locator("#id_url").fill(f"https://example.org/story-{next(number)}?utm_source=feed")
    page.locator("#id_published_on").fill("2026-02-04")
    save(page)


def enter_incident(page, title):
    page.goto("/admin/incidents/incident/add/")
    page.get_by_label("Title:").fill(title)
    page.locator("#id_kind").select_option("Armed clash")
    page.locator("#id_started_on").fill("2026-02-03")
    choose(page, "id_place", "Ишкошим", "Ishkoshim (settlement), Gorno-Badakhshan, Tajikistan")
    page.locator("#id_summary").fill("Border guards and unidentified people exchanged fire near the town.")
    save(page, "Save and submit for review")


def enter_statement(page, article, speaker):
    page.get_by_role("link", name="Add a statement").click()
    assert not page.get_by_role("checkbox", name="Ready").is_checked()
    choose(page, "id_article", article, article)
    page.get_by_label("Paraphrase:").fill("The committee said that two border guards had died.")
    page.locator("#id_act").select_option("claims")
    page.locator("#id_said_on").fill("2026-02-04")
    choose(page, "id_speaker", speaker, speaker)
    page.locator("#id_figures-0-measure").select_option("Killed")
    for part in ("low", "best", "high"):
        page.locator(f"#id_figures-0-{part}").fill("2")
    page.locator("#id_figures-0-wording").fill("two border guards")
    page.get_by_role("checkbox", name="Ready").check()
    save(page)


@pytest.mark.browser
def test_an_article_becomes_a_published_incident_that_readers_see(page, demo_site):
    source, headline, title = (
        f"{words} {next(number)}" for words in ("Sheet of Example", "Shots near the bridge", "Exchange of fire at the bridge")
    )
    sign_in(page, demo_site, "contributor")
    enter_source(page, source)
    enter_article(page, headline, source)
    enter_incident(page, title)
    page.goto("/admin/incidents/incident/")
    page.get_by_role("link", name=title).click()
    enter_statement(page, headline, "State Committee")
    sign_out(page)

    sign_in(page, demo_site, "editor")
    page.get_by_role("link", name=title).click()
    expect(page.locator(".standing")).to_contain_text("Never published")
    save(page, "Save and approve")
    expect(page.get_by_role("heading", name="What goes along because it was never public (3)")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Published:")
    page.get_by_role("link", name="See it as readers do").click()

    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator("#content")).to_contain_text(re.compile(r"2\s+killed"))
    expect(page.locator("#content")).to_contain_text("two border guards")


@pytest.mark.browser
def test_a_correction_is_announced_and_seen(page, demo_site):
    sign_in(page, demo_site, "editor")
    page.goto("/admin/incidents/incident/?q=Khatlon")
    page.get_by_role("link", name="Four people confronted by Tajik forces in Khatlon").click()
    summary = page.locator("#id_summary")
    before = summary.input_value()
    summary.fill(before + " Corrected on the desk.")
    page.get_by_label("Reason for this change").fill("Trying the desk")
    save(page, "Save and continue editing")
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.locator(".changes")).to_contain_text("Corrected on the desk.")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".problems")).to_contain_text("needs an explanation")
    page.get_by_label("What readers are told").fill("The summary was incomplete.")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_role("link", name="See it as readers do").click()
    expect(page.locator("#content")).to_contain_text("Corrected on the desk.")
    page.goto("/corrections/")
    expect(page.locator("#content")).to_contain_text("The summary was incomplete.")
