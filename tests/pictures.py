"""The pictures of the documentation, taken from a demo site by tests/screenshots: the exercise on the desk, ten pages of the readers."""

import datetime
import io
import shutil
import sys

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.running import CHROMIUM_ARGS, CHROMIUM_NAMES, ROOT, copied_demo_site

IMAGES = ROOT / "docs/images"
WIDE, NARROW = (1280, 900), (390, 844)
COLOURS = 96
SHOWN_DAY = datetime.date(2026, 4, 8)
"""What the pictures show in place of the day on which they are taken; the exercise article is of the day before."""
READERS = {
    "home": "/",
    "incidents": "/incidents/",
    "incident": "/incidents/BW-2025-0001/",
    "map": "/map/",
    "timeline": "/timeline/",
    "statement": "/statements/ST-1/",
    "actor": "/actors/AC-1/",
    "tallies": "/tallies/",
    "comparisons": "/tallies/comparisons/",
    "place": "/places/khatlon/",
}
SAME_DAY = """([days, shown]) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        let words = walk.currentNode.nodeValue;
        days.forEach((day, form) => (words = words.replaceAll(day, shown[form])));
        walk.currentNode.nodeValue = words.replace(/\\b\\d{1,2}:\\d{2}(?=\\s*UTC)/g, "10:00");
    }
}"""


def main(wanted):
    takers = {"readers": take_readers, "readme": take_readme, "editors": take_editors}
    with copied_demo_site("pictures") as site, sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGS)
        for name in wanted or takers:
            takers[name](browser, site)
        browser.close()


def window(browser, site, size=WIDE):
    width, height = size
    return browser.new_context(base_url=site.url, viewport={"width": width, "height": height}, reduced_motion="reduce").new_page()


def take(page, name, height=None):
    """Keep what the window shows as docs/images/<name>.png, in few colours."""
    if height:
        page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.evaluate(SAME_DAY, [in_forms(datetime.datetime.now(datetime.UTC).date()), in_forms(SHOWN_DAY)])
    page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path = IMAGES / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB\n")


def in_forms(day):
    """As the pages write a day."""
    return [f"{day.day} {day:%B %Y}", f"{day.day} {day:%b %Y}", f"{day:%Y-%m-%d}", f"{day:%B} {day.day}, {day.year}"]


def take_readers(browser, site):
    for size in (WIDE, NARROW):
        page = window(browser, site, size)
        for name, address in READERS.items():
            page.goto(address)
            take(page, f"readers-{name}-{size[0]}")
        page.context.close()


def take_readme(browser, site):
    page = window(browser, site)
    page.goto(READERS["incident"])
    take(page, "incident")


def take_editors(browser, site):
    """The exercise of docs/editors.md, step by step."""
    from tests.browser.keyboard import Keys
    from tests.browser.test_main_job import sign_in, sign_out

    page = window(browser, site)
    keys = Keys(page)
    sign_in(page, site, "contributor")
    take_entering(page, keys)
    sign_out(page)
    sign_in(page, site, "editor")
    take_reviewing(page, keys)
    take_afterwards(page)
    page.context.close()


def take_entering(page, keys):
    """A contributor: from the article to the draft that is submitted."""
    from tests.browser import keyboard
    from tests.browser.test_exercise import TITLE

    keyboard.fill_article(page, keys, "[Exercise] Two accounts of one night on Gravel Island")
    take(page, "editors-1-article", 700)
    keyboard.keep_text(page, keys)
    keyboard.fill_first(page, keys)
    take(page, "editors-2-workbench", 900)
    keys.press("Control+Shift+Enter")
    keyboard.saved(page, 1)
    keyboard.enter_second(page, keys, "Control+Shift+Enter")
    keyboard.enter_third(page, keys, "Control+Shift+Enter")
    take(page, "editors-3-statements", 900)
    keys.press("Control+Enter")
    expect(page.locator("#id_title")).to_have_value(TITLE)
    keys.press("Control+Enter")
    page.wait_for_load_state()


def take_reviewing(page, keys):
    """An editor: from the first page to what readers see."""
    from tests.browser.test_exercise import TITLE, comment, open_from_review

    take(page, "editors-4-first-page", 860)
    open_from_review(page, keys)
    comment(page, keys)
    page.locator(".field-summary").evaluate("row => scrollTo(0, row.getBoundingClientRect().top + scrollY - 330)")
    take(page, "editors-5-comment", 700)
    page.locator("#comments [name=settle]").focus()
    keys.press("Enter")
    expect(page.locator("#comments-title")).to_have_text("Open comments (0)")
    keys.press("Control+Enter")
    expect(page.get_by_role("heading", name="What goes along")).to_be_visible()
    take(page, "editors-6-publish", 900)
    keys.press("Control+Enter")
    expect(page.locator(".messagelist")).to_contain_text("Published:")
    page.get_by_role("link", name="See it as readers do").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    take(page, "editors-7-readers", 760)


def take_afterwards(page):
    """What an editor looks at later: two versions compared, and what is not known."""
    page.goto("/admin/incidents/incident/2/compare/?a=v1&b=v2")
    take(page, "editors-8-comparison", 700)
    page.goto("/admin/incidents/incident/2/change/")
    page.locator(".unknown").first.evaluate("part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 120)")
    take(page, "editors-9-unknowns", 600)


if __name__ == "__main__":
    main(sys.argv[1:])
