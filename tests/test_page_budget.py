"""What a page costs its reader: bytes of HTML and files to fetch, in a checked-in table; fifty incidents are read in 60 kB.

A page may cost less than its budget by any amount; who needs more says so here.
"""

import re
from operator import gt

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

pytestmark = pytest.mark.django_db

PAGES = {
    "/": (40_000, 4),
    "/incidents/": (60_000, 6),
    "/incidents/?q=border": (66_000, 6),
    "/map/": (140_000, 9),
    "/timeline/": (110_000, 6),
    "/statements/": (130_000, 6),
    "/actors/": (40_000, 6),
    "/sources/": (40_000, 6),
    "/tallies/": (60_000, 4),
    "/tallies/?by=actor": (60_000, 4),
    "/about/": (20_000, 4),
}
"""Page of a made-up record of 120 incidents → bytes of HTML, and requests: the page, its styles and its scripts."""
FILES = {
    "borderwatch/tokens.css": 2_500,
    "borderwatch/site.css": 32_000,
    "borderwatch/reader.js": 2_000,
    "borderwatch/live.js": 3_000,
    "borderwatch/map.js": 4_000,
    "django_htmx/htmx-2.min.js": 52_000,
    "leaflet/leaflet.js": 150_000,
    "leaflet/leaflet.css": 15_000,
}
"""File → bytes before compression; Leaflet is on the map alone."""


def test_no_page_costs_more_than_its_budget(client, record_property):
    call_command("load_gazetteer")
    call_command("make_synthetic", 120)
    found = {address: cost(client.get(address).content) for address in PAGES}
    over = {address: (cost, PAGES[address]) for address, cost in found.items() if any(map(gt, cost, PAGES[address]))}
    assert over == {}
    record_property("promise", f"Light pages: 50 incidents with all filters are {found['/incidents/'][0] / 1000:.1f} kB of HTML")


def cost(content):
    files = re.findall(rb'<script src="|<link rel="stylesheet"', content)
    return len(content), 1 + len(files)


@pytest.mark.parametrize("name", FILES)
def test_no_file_is_larger_than_its_budget(name):
    with open(finders.find(name), "rb") as file:
        assert len(file.read()) <= FILES[name]
