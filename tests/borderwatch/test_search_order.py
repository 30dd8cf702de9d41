"""However rows with words are found, a list shows them as a plain question for them does: the same ones, in the same order."""

import pytest
from django.core.cache import caches
from django.db import connection

from borderwatch import search
from borderwatch.lists import by_words
from incidents.models import Incident
from incidents.published import PublishedIncident
from tests.factories import make_place, make_user, publish_incident

pytestmark = pytest.mark.django_db

WORDS = ("border", "bord", "bo", "borderland post", '"border post"', "rahmon", "river", "r", "nothing", "border-post", "border_post")


@pytest.fixture
def incidents():
    """Twelve incidents of three days, words of differing frequency, and later editions that lost a word or gained one."""
    places = make_place(), make_place("Badakhshan")
    for number in range(12):
        words = ["Border post", "Borderland post", "Borders", "River border-post"][number % 4] + (" Rakhmon" if number % 5 == 0 else "")
        publish_incident(title=f"{words} {number}", started_on=f"2025-12-{10 + number // 5}", place=places[number % 2])
    for incident in Incident.objects.order_by("pk")[:8:3]:
        incident.title += " river"
        incident.save()
        incident.publish(by=make_user("other"), note="More is known.")


def pages(client, address):
    """The ids on all pages."""
    while address:
        answer = client.get(address).json()
        yield from (incident["id"] for incident in answer["results"])
        address = answer["next"]


def plainly(words, **others):
    rows = search.matching(PublishedIncident.objects.current(), words).filter(**others)
    return list(rows.order_by("-date_start", "public_id").values_list("public_id", flat=True))


WAYS = {
    "as they come": {},
    "few at first": {(by_words, "NEWEST_TRIED"): (0.5, 1.2), (by_words, "ENOUGH"): 1},
    "too many": {(by_words, "MOST_TRIED"): 1},
    "crowded": {(by_words, "CROWDED_FROM"): 0},
    "beginnings as such": {(search, "MOST_BEGINNINGS"): 1},
    "asked of the newest": {(search, "RECENT"): (1, 3, 1000)},
}


def test_rows_with_words_stand_as_if_asked_for_plainly(incidents, client):
    expected = {words: plainly(words) for words in WORDS}
    here = {words: plainly(words, place="badakhshan") for words in ("bord", "river")}
    assert len(expected["bo"]) == 12 and 0 < len(expected["river"]) < 8
    for way, settings in WAYS.items():
        forget_answers()
        with pytest.MonkeyPatch.context() as patched:
            for (module, name), value in settings.items():
                patched.setattr(module, name, value)
            assert {words: list(pages(client, f"/api/v1/incidents/?limit=3&q={words}")) for words in WORDS} == expected, way
            found = {words: list(pages(client, f"/api/v1/incidents/?limit=2&place=badakhshan&q={words}")) for words in here}
            assert found == here, way


def forget_answers():
    for name in ("default", "answers"):
        caches[name].clear()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads beginnings out of its index as they are.")
def test_a_beginning_is_asked_as_the_words_that_begin_so(incidents, monkeypatch):
    assert search.words_that_begin("bord") == ["border", "borderland", "borders"]
    assert search.words_that_begin("none") == search.words_that_begin("border_") == []
    assert search.expression("bord") == f'("border" OR "borderland" OR "borders" OR {search.sounds("bord")[0]})'
    assert search.expression("river-bord").startswith('("river border" OR "river borderland"')
    monkeypatch.setattr(search, "MOST_BEGINNINGS", 2)
    assert search.expression("bord").startswith('("bord"*')
