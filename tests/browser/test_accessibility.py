"""Every kind of public page is for everybody: axe finds nothing, in light and dark, from left to right and from right to left."""

import pytest

from tests.browser.accessibility import open_folds, violations

INCIDENT = "incidents/BW-2025-0001"
PAGES = [
    "",
    "incidents/",
    "incidents/?kind=drone_strike&nonsense=1",
    "incidents/?since=never",
    "incidents/?place=khatlon&as_of=2025-12-28",
    f"{INCIDENT}/",
    "incidents/BW-2025-0003/",
    f"{INCIDENT}/editions/",
    f"{INCIDENT}/editions/2/",
    f"{INCIDENT}/editions/compare/?from=1&to=4",
    f"{INCIDENT}/?as_of=2025-12-28",
    "statements/ST-1/editions/compare/?all",
    "changes/?from=2025-12-02",
    "changes/?from=2025-12-02&as_of=2025-12-28&place=khatlon",
    "map/",
    "timeline/",
    "statements/",
    "statements/ST-1/",
    "actors/",
    "actors/AC-1/",
    "sources/",
    "sources/SO-1/",
    "articles/",
    "articles/AR-1/",
    "places/",
    "places/khatlon/",
    "places/tajikistan-afghanistan-border/",
    "tallies/",
    "tallies/?by=nationality&as_of=2026-01-01",
    "tallies/comparisons/",
    "corrections/",
    "methodology/",
    "data/",
    "data/dictionary/",
    "about/",
    "nothing-is-here/",
]
LOOKS = [("en", "light"), ("prs", "dark")]
ALL_LOOKS = [*LOOKS, ("en", "dark"), ("prs", "light"), ("ru", "light"), ("tg", "dark")]


@pytest.fixture(scope="module")
def windows(browser, demo_site):
    """Windows of the browser by colour scheme; every fold on their pages is opened."""
    contexts = {scheme: browser.new_context(base_url=demo_site.url, color_scheme=scheme) for scheme in ("light", "dark")}
    yield {scheme: context.new_page() for scheme, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("turn", range(2))
def test_axe_finds_nothing_on_any_kind_of_page(windows, record_property, turn):
    """The quick form looks at each page once, by turns in one of two looks."""
    language, scheme = LOOKS[turn]
    look_at_all(windows[scheme], PAGES[turn::2], language, scheme, record_property)


@pytest.mark.long
@pytest.mark.parametrize(("language", "scheme"), ALL_LOOKS)
def test_axe_finds_nothing_in_any_look(windows, record_property, language, scheme):
    look_at_all(windows[scheme], PAGES, language, scheme, record_property, is_each=True)


def look_at_all(page, addresses, language, scheme, record_property, is_each=False):
    prefix = "/" if language == "en" else f"/{language}/"
    found = {address: found for address in addresses if (found := look_at(page, prefix + address, is_each))}
    assert not found, "\n".join(f"{address}\n  " + "\n  ".join(lines) for address, lines in found.items())
    record_property("promise", f"Pages are for everybody: axe 0 violations on {len(addresses)} kinds of page ({language}, {scheme})")


def look_at(page, address, is_each):
    page.goto(address)
    open_folds(page)
    return violations(page, is_each=is_each)
