"""No page breaks the browser's policy or asks another host for anything, and no reader gets a cookie: a crawl from link to link."""

import re
from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest

from tests.browser.test_main_job import sign_in

pytestmark = pytest.mark.browser

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", event => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
NO_PAGE = re.compile(r"\.\w{2,7}$|/logout/|/(api|media|static)/(?!v1/docs)|^/api/v1/$|/jsi18n/|/progress/|/template/")
"""Files and what is no page."""
STARTS = {"public": ["/", "/api/v1/docs/", "/nothing-is-here/"], "desk": ["/admin/", "/admin/nothing/"]}


def kind(address):
    """Addresses that differ in ids, names and values alone are one kind of page."""
    split = urlsplit(address)
    path = re.sub(r"[A-Z]{2}(-\\d{4})?-\\d+/[^/]+/", "*/", re.sub(r"[A-Z]{2}-[-\d]+|\d+", "*", split.path))
    path = re.sub(r"^(/\w\w\w?)?/(places|incidents|actors|sources)/\*?/?[^/*]+/$", r"\1/\2/*/", path)
    return path, tuple(sorted({name for name, _value in parse_qsl(split.query, keep_blank_values=True)})[:2])


@pytest.fixture
def window(browser, demo_site):
    """A browser that notes what its policy refused and which other hosts were asked."""
    page = browser.new_context(base_url=demo_site.url).new_page()
    page.foreign = []
    page.add_init_script(WATCH)
    page.on(
        "request", lambda asked: page.foreign.append(asked.url) if not asked.url.startswith((demo_site.url, "data:", "blob:")) else None
    )
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    page.context.close()


def crawl(page, side, most, of_each, progress):
    """Visits at most `most` pages, `of_each` of every kind; returns what was refused on which page, and how many were seen."""
    waiting, seen, kinds, found = deque(STARTS[side]), set(STARTS[side]), Counter(), {}
    visited = 0
    while waiting and visited < most:
        address = waiting.popleft()
        page.goto(address)
        visited += 1
        cookies = [cookie["name"] for cookie in page.context.cookies()] if side == "public" else []
        if refused := page.evaluate("window.refused") + page.foreign + cookies:
            found[address] = refused
        page.foreign.clear()
        progress(f"{visited} of at most {most} {side} pages, {len(waiting)} waiting, {len(found)} broke the policy")
        for link in links(page, side):
            if link not in seen and kinds[kind(link)] < of_each:
                seen.add(link)
                kinds[kind(link)] += 1
                waiting.append(link)
    return found, visited


def links(page, side):
    """Addresses of pages of this side that the page links to, without their fragments."""
    for link in page.evaluate("[...document.querySelectorAll('a[href]:not([download])')].map(link => link.href)"):
        address = urldefrag(urljoin(page.url, link)).url
        here, there = urlsplit(page.url), urlsplit(address)
        if there.netloc == here.netloc and not NO_PAGE.search(there.path) and there.path.startswith("/admin/") == (side == "desk"):
            yield there.path + (f"?{there.query}" if there.query else "")


def test_the_policy_is_never_broken_and_readers_get_no_cookie(window, demo_site, is_long, size, progress, record_property):
    most, of_each = size("PAGES", 10, 600), 4 if is_long else 1
    found, public = crawl(window, "public", most, of_each, progress)
    assert found == {}
    sign_in(window, demo_site, "admin")
    found, desk = crawl(window, "desk", most, of_each, progress)
    assert found == {}
    told = f"0 policy violations, 0 requests to other hosts on {public} public and {desk} desk pages, 0 cookies for readers"
    record_property("promise", f"Q9 crawl in Chromium: {told}")
