"""Q10, Q11: who guesses a password is stopped after five failures, whichever of four processes is asked and whatever address is claimed."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar

import pytest

from tests.running import DemoSite
from tests.site_copies import Demo, make_site_copy  # noqa: F401

GUESSES = 40


@pytest.fixture
def site(make_site_copy):  # noqa: F811
    """A site that four processes serve."""
    copy = make_site_copy(like=Demo())
    running = DemoSite(copy.folder, copy.environment | {"WEB_CONCURRENCY": "4"})
    running.start()
    yield running
    running.stop()


def guess(site, number, username="editor", password="wrong"):
    """The status of one attempt to sign in, over a connection of its own."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.addheaders = [("X-Forwarded-For", f"203.0.113.{number}")]
    address = f"{site.url}/admin/login/"
    page = browser.open(address).read().decode()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sent = urllib.parse.urlencode({"username": username, "password": password, "next": "/admin/", "csrfmiddlewaretoken": token}).encode()
    try:
        return browser.open(address, sent).status
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.mark.long
def test_four_processes_share_the_lock(site, record_property):
    with ThreadPoolExecutor(4) as people:
        statuses = Counter(people.map(lambda number: guess(site, number), range(GUESSES)))
    assert set(statuses) == {200, 429} and 4 <= statuses[200] <= 8, statuses
    assert guess(site, 99, *site.account("editor")) == 429
    assert guess(site, 99, *site.account("contributor")) == 200
    told = (
        f"{GUESSES} guesses from 4 people at once over 4 processes: {statuses[200]} were looked at, then the right password too is refused"
    )
    record_property("promise", f"Q10: {told}")
