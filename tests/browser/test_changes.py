"""What a reader does with time: a page of another day, what changed since, two editions side by side, a citation; without scripts too."""

import pytest
from playwright.sync_api import expect

DRONE = "BW-2025-0001"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def reader(browser, demo_site, request):
    context = browser.new_context(base_url=demo_site.url, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_from_a_page_of_another_day_to_what_changed_to_both_editions(reader):
    reader.goto(f"/incidents/{DRONE}/")
    reader.get_by_label("See this page as it stood on").fill("2025-12-02")
    reader.get_by_role("button", name="Show that day").click()
    expect(reader.get_by_text("The record as it stood on")).to_be_visible()
    reader.get_by_role("link", name="what changed since then").click()
    expect(reader.get_by_text("Single source → Corroborated")).to_be_visible()
    reader.get_by_role("link", name="side by side").click()
    expect(reader.get_by_role("row").filter(has_text="Evidence").locator("ins")).to_have_text("Corroborated")


def test_two_editions_are_chosen_and_compared_and_the_neighbours_are_a_click_away(reader):
    reader.goto(f"/incidents/{DRONE}/editions/")
    reader.get_by_label("from edition 1").check()
    reader.get_by_label("to edition 3").check()
    reader.get_by_role("button", name="Compare the two").click()
    expect(reader.locator(".compared tbody").first).to_contain_text("Government of China")
    path, _mark, query = reader.url.partition("?")
    assert path.endswith(f"/incidents/{DRONE}/editions/compare/") and set(query.split("&")) == {"from=1", "to=3"}
    reader.get_by_role("link", name="Later: 3 and 4").click()
    expect(reader.locator(".compared del").first).to_be_visible()


def test_a_citation_names_the_edition_and_can_be_taken_as_a_file(reader):
    reader.goto(f"/incidents/{DRONE}/editions/2/")
    expect(reader.locator("#cite-sentence")).to_contain_text(f"/incidents/{DRONE}/editions/2/")
    reader.locator("summary", has_text="BibTeX").click()
    with reader.expect_download() as taken:
        reader.get_by_role("link", name="BibTeX file").click()
    assert taken.value.suggested_filename.endswith(".bib")


def test_on_paper_every_number_shows_its_claims(page):
    page.emulate_media(media="print")
    page.goto(f"/incidents/{DRONE}/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_text("three Chinese citizens").first).to_be_visible()
    expect(page.get_by_role("button", name="Search")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details.number[open]")).to_have_count(0)
