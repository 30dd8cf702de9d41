"""What readers are told about changes: two editions side by side, what changed since a day, corrections with before and after."""

import html
import re

import feedparser
import pytest

from tests.factories import make_incident, make_statement, make_user
from tests.incidents.test_pages import DRONE, read, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected():
    """An incident with three editions: its number is corrected, then its words; and it is followed by statements."""
    incident = make_incident(title="Shots at the ford", summary="Three people were hit at the ford by shots from the far bank.")
    statement = make_statement(incident, killed=3)
    incident.publish(by=make_user(), note="First account.")
    figure = statement.figures.get()
    figure.low = figure.best = figure.high = 5
    figure.save()
    statement.publish(by=make_user(), kind="correction", note="The ministry had misread its own list.")
    incident.refresh_from_db()
    incident.summary = "Five people were hit at the ford by shots from the far bank."
    incident.save()
    incident.publish(by=make_user(), note="The summary follows the number.")
    return incident


def compared(client, record, query="", status=200):
    answer = client.get(f"/{record.list_name if hasattr(record, 'list_name') else 'incidents'}/{record.public_id}/editions/compare/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_two_editions_stand_side_by_side_numbers_first_and_words_marked(client, corrected):
    page = compared(client, corrected, "?from=1&to=3")
    assert page.index("Killed") < page.index("Summary") and page.index("<del>3</del>") < page.index("<ins>5</ins>")
    assert "<del>Three</del> people were hit" in page and "<ins>Five</ins> people were hit" in page
    assert "First account." in page and "The summary follows the number." in page and page.count("sha256:") == 2
    assert "Title" not in page and "Title" in compared(client, corrected, "?from=1&to=3&all")


def test_the_earlier_edition_stands_first_and_the_neighbours_are_linked(client, corrected):
    page = compared(client, corrected, "?from=3&to=2")
    assert page.index(">Edition 2<") < page.index(">Edition 3<")
    assert "?from=1&amp;to=2" in page and 'rel="next"' not in page


@pytest.mark.parametrize("query", ["?from=9&to=1", "?from=one&to=2", "?from=%00&to=2", "?from=-1", "?to=99999999999999999999"])
def test_an_edition_that_never_was_is_not_found(client, corrected, query):
    compared(client, corrected, query, status=404)


def test_editions_are_chosen_in_the_list_of_editions(client, corrected):
    page = client.get(f"/incidents/{corrected.public_id}/editions/").content.decode()
    assert re.search(r'name="from" value="2" checked', page) and re.search(r'name="to" value="3" checked', page)
    assert f'action="/incidents/{corrected.public_id}/editions/compare/"' in page


def test_an_edition_that_says_why_it_is_gone_is_compared_with_nothing(client, corrected):
    corrected.withdraw(by=make_user(), reason="It happened elsewhere.")
    page = compared(client, corrected, "?from=1&to=4", status=410)
    assert "It happened elsewhere." in page
    compared(client, corrected, "?from=1&to=3")


def test_a_sealed_edition_says_why_and_shows_none_of_its_words(client, corrected):
    corrected.withdraw(by=make_user(), reason="It happened elsewhere.")
    corrected.seal(by=make_user(), reason="A court asked for it.")
    page = compared(client, corrected, "?from=1&to=2", status=410)
    assert "A court asked for it." in page and "Sealed on" in page and "at the ford" not in page


def test_what_changed_is_told_with_numbers_before_and_after(client, corrected):
    page = text_of(client.get(f"/changes/?record={corrected.public_id}"))
    assert "Shots at the ford" in page and "First published" in page
    assert "ST-1" not in text_of(client.get("/changes/?kind=seizure"))


@pytest.mark.usefixtures("demo_record")
class TestTheDemo:
    def test_what_changed_since_a_day_is_one_click_from_the_banner(self, client):
        body = client.get(f"/incidents/{DRONE}/drone-attack-chinese-mining-workers/?as_of=2025-12-02").content.decode()
        address = html.unescape(re.search(r'href="(/changes/[^"]+)"', body).group(1))
        page = text_of(client.get(address))
        assert "Single source → Corroborated" in page and DRONE in page and "BW-2025-0002" not in page

    def test_a_lists_filters_are_kept_when_asking_what_changed(self, client):
        body = client.get("/incidents/?as_of=2025-12-02&place=khatlon").content.decode()
        assert 'href="/changes/?from=2025-12-02&amp;place=khatlon"' in body

    def test_filters_choose_what_matched_then_or_now(self, client):
        page = read(client, "/changes/?from=2025-12-02&as_of=2025-12-28&place=khatlon")
        assert "BW-2025-0003" in page and DRONE not in page and "BW-2026-0001" not in page

    def test_a_day_that_cannot_be_read_shows_nothing(self, client):
        page = read(client, "/changes/?from=never")
        assert "YYYY-MM-DD" in page and "BW-" not in page

    def test_feeds_are_read_by_feedparser_and_their_ids_stay(self, client):
        for path in ("/feeds/incidents.atom", "/feeds/corrections.atom", "/ru/feeds/incidents.atom"):
            first, second = (feedparser.parse(client.get(path).content) for _turn in range(2))
            assert not first.bozo and first.version == "atom10"
            ids = [entry.id for entry in first.entries]
            assert ids == [entry.id for entry in second.entries] and len(set(ids)) == len(ids)
            assert all(re.fullmatch(r"urn:sha256:[0-9a-f]{64}", one) for one in ids)


def test_a_correction_says_how_the_number_moved_and_links_both_editions(client, corrected):
    page = client.get("/corrections/").content.decode()
    assert "killed: 3 → 5" in page and f"/incidents/{corrected.public_id}/editions/compare/?from=1&amp;to=2" in page
    entry = next(one for one in feedparser.parse(client.get("/feeds/corrections.atom").content).entries if corrected.public_id in one.title)
    assert "The ministry had misread its own list." in entry.summary and "killed: 3 → 5" in entry.summary
    assert entry.link.endswith(f"/incidents/{corrected.public_id}/editions/compare/?from=1&to=2")
