"""In a browser: what is printed on A4. Many accounts stand as a list, other tables as tables, a moving map as the server drew it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
A4 = {"width": 680, "height": 1000}
"""Of which 15 mm on each side stay white, in CSS pixels."""


@pytest.fixture
def sheet(page):
    page.set_viewport_size(A4)
    return page


def printed(page, address):
    page.goto(address)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"], address


def test_many_accounts_are_printed_as_a_list_and_other_tables_as_tables(sheet):
    printed(sheet, "/incidents/BW-2025-0002/")
    expect(sheet.locator(".accounts thead")).to_be_hidden()
    answer = sheet.locator(".accounts td:not(.nothing) > ul").first.bounding_box()
    assert answer["width"] > A4["width"] / 2
    printed(sheet, "/tallies/")
    expect(sheet.locator(".tally thead")).to_be_visible()
    assert sheet.locator(".tally tbody td").first.evaluate("cell => getComputedStyle(cell).display") == "table-cell"


def test_the_map_is_printed_as_the_server_drew_it(sheet):
    printed(sheet, "/map/")
    expect(sheet.locator("svg.map")).to_be_visible()
    box = sheet.locator("svg.map").bounding_box()
    assert box["width"] > A4["width"] * 0.8 and 0.4 < box["height"] / box["width"] < 0.7
    expect(sheet.get_by_role("searchbox").first).to_be_hidden()
