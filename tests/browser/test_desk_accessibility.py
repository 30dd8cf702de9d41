"""The desk is for everybody: axe finds nothing severe on any kind of page, none is wider than a phone, none breaks the browser's policy."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import SEVERE, open_folds, violations
from tests.browser.test_main_job import sign_in
from tests.running import copied_demo_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo_site(worker_id):
    """A site of our own: what is commented and edited here would be seen by other tests."""
    with copied_demo_site(f"desk_pages_{worker_id}") as site:
        yield site


def at(address):
    return lambda page: page.goto(f"/admin/{address}")


def article_with_comments(page):
    page.goto("/admin/sources/article/1/change/")
    page.locator("#comment_text").fill("Who says so?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#comments [name=settle]").first).to_be_visible()


def workbench_with_form(page):
    page.goto("/admin/sources/article/?q=model+crossing")
    page.get_by_role("link", name="[Exercise] Shots at the model crossing").click()
    page.get_by_role("link", name="Workbench").click()
    page.locator(".wb-open-link").first.click()
    expect(page.locator("#id_speaker")).to_be_focused()


def something_to_publish(page):
    page.goto("/admin/incidents/incident/1/change/")
    page.locator("#id_summary").fill("Said anew on the desk.")
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    page.goto("/admin/incidents/incident/1/publish/")
    expect(page.locator(".changes")).to_contain_text("Said anew on the desk.")


def import_with_errors(page):
    page.goto("/admin/incidents/importbatch/add/")
    page.get_by_label("What it holds").select_option("sources")
    rows = b"name,kind\nThe Good Sheet,newspaper\nThe Bad Sheet,no such kind\n"
    page.locator("#id_file").set_input_files({"name": "sources.csv", "mimeType": "text/csv", "buffer": rows})
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="This file cannot be imported")).to_be_visible()


def bulk(action):
    def open_it(page):
        page.goto("/admin/incidents/incident/")
        page.check("#action-toggle")
        page.select_option("select[name=action]", action)
        page.click("button[name=index]")
        expect(page.locator("#result_list")).to_have_count(0)

    return open_it


def protectable_source(page):
    page.goto("/admin/sources/source/?q=Model+Gazette")
    page.get_by_role("link", name="[Exercise] The Model Gazette").click()
    page.get_by_role("link", name="Identity").click()
    page.wait_for_url("**/identity/**")


PAGES = {
    "first page": at(""),
    "list of incidents": at("incidents/incident/"),
    "list of a queue": at("incidents/statement/?queue=no-incident"),
    "new incident": at("incidents/incident/add/"),
    "incident": at("incidents/incident/2/change/"),
    "statement": at("incidents/statement/1/change/"),
    "article with comments": article_with_comments,
    "actor": at("incidents/actor/1/change/"),
    "workbench": at("incidents/statement/workbench/1/"),
    "workbench with its form": workbench_with_form,
    "publish": something_to_publish,
    "publish together": bulk("publish_together"),
    "preview": at("incidents/incident/1/preview/"),
    "withdraw": at("incidents/incident/1/withdraw/"),
    "history": at("incidents/incident/1/history/"),
    "compare": at("incidents/incident/2/compare/?a=v1&b=v2"),
    "put back": at("incidents/incident/2/put-back/?to=v1"),
    "import with errors": import_with_errors,
    "imports": at("incidents/importbatch/"),
    "merge": at("incidents/actor/1/merge/?other=2"),
    "many rows at once": bulk("assign_to"),
    "correct this number": at("incidents/figure/FG-1/correct/"),
    "figures whose parents changed": at("incidents/figure/parents/"),
    "retract": at("incidents/statement/1/retract/"),
    "scheduled": at("borderwatch/scheduledpublication/"),
    "seal": at("incidents/incident/1/seal/"),
    "identity": protectable_source,
    "second factor": at("second-factor/set-up/"),
    "sign-ins": at("sign-ins/"),
    "password": at("password_change/"),
}
LOOKS = ["light", "dark"]


@pytest.fixture(scope="module", params=LOOKS)
def window(request, browser, demo_site):
    """An administrator's window in one colour scheme, and what its console complained of."""
    page = browser.new_context(base_url=demo_site.url, color_scheme=request.param).new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("request", lambda asked: page.complaints.append(asked.url) if not asked.url.startswith((demo_site.url, "data:")) else None)
    sign_in(page, demo_site, "admin")
    page.look = LOOKS.index(request.param)
    yield page
    page.context.close()


def test_the_desk_is_for_everybody(window, is_long, record_property):
    """The quick form looks at each page once, by turns light and dark."""
    names = list(PAGES) if is_long else list(PAGES)[window.look :: 2]
    found = {name: what for name in names if (what := look_at(window, PAGES[name], is_long))}
    assert not found, "\n".join(f"{name}\n  " + "\n  ".join(what) for name, what in found.items())
    record_property("promise", f"The desk is for everybody: axe 0 serious or critical on {len(names)} kinds of page ({LOOKS[window.look]})")


def look_at(page, open_it, is_each):
    """What is wrong with the page: for axe, on a phone, for the browser's policy."""
    page.complaints.clear()
    page.set_viewport_size({"width": 1280, "height": 900})
    open_it(page)
    open_folds(page)
    complaints = [*page.complaints]  # before axe asks for style sheets, which the policy refuses
    found = violations(page, SEVERE, is_each=is_each)
    page.set_viewport_size({"width": 390, "height": 844})
    width = page.evaluate("document.documentElement.scrollWidth")
    return found + complaints + inline_scripts(page) + ([f"{width} pixels wide on a phone"] if width > 390 else [])


def inline_scripts(page):
    return page.evaluate(
        "[...document.scripts].filter(script => !script.src && !/json/.test(script.type)).map(script => 'inline: ' + script.textContent)"
    )
