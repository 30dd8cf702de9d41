"""Search finds a name under any spelling and script."""

import pytest

from borderwatch.search import fold, matching
from borderwatch.texts.highlighting import excerpt, marked
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement
from tests.factories import make_actor, make_place, publish_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    committee = make_actor("State Committee for National Security", aliases=["GKNB", "ГКНБ", "Кумитаи давлатии амнияти миллӣ"])
    place = make_place("Khatlon", names={"tg": "Хатлон", "prs": "ولایت ختلان", "also": ["Khatlan"]})
    publish_incident(title="Clash with “Daesh”, IS-KP", speaker=committee, place=place, summary="The dead were not named.")


@pytest.mark.parametrize(
    "query", ["ГКНБ", "gknb", "гкнб", "милли", "Khatlan", "Хатлон", "ختلان", "IS-KP", "daesh", '"not named"', "Clash daesh", "clas"]
)
def test_an_incident_is_found(record, query):
    assert matching(PublishedIncident.objects.current(), query).count() == 1


@pytest.mark.parametrize(
    "query", ["nothing", '"named not"', "clash nothing", "!!!", '"', "", "IS-KX", "'; DROP TABLE", "a AND b NOT", "***"]
)
def test_what_is_not_there_is_not_found(record, query):
    assert matching(PublishedIncident.objects.current(), query).count() == 0


def test_speakers_are_found_by_other_names_in_statements_and_actors(record):
    assert matching(PublishedStatement.objects.current(), "ГКНБ").count() == 1
    assert matching(PublishedActor.objects.current(), "ГКНБ").count() == 1


def test_letters_of_one_name_fold_to_one_form():
    assert fold("Раҳмон") == fold("Рахмон")
    assert fold("ذكي") == fold("ذکی")
    assert fold("Ṭālibān") == "taliban"


def test_pages_of_a_frequent_word_hold_every_row_once_in_order(client, monkeypatch):
    monkeypatch.setattr("borderwatch.lists.by_words.NEWEST_TRIED", (1, 2))
    for number in range(14):
        publish_incident(title=f"Clash {number}", started_on=f"2025-12-{10 + number // 4:02d}")
    address, found = "/api/v1/incidents/?q=clash&limit=3", []
    while address:
        answer = client.get(address).json()
        found += [incident["id"] for incident in answer["results"]]
        address = answer["next"]
    listed = [incident["id"] for incident in client.get("/api/v1/incidents/").json()["results"]]
    assert found == listed
    assert len(found) == 14


def test_words_and_other_filters_hold_together(client):
    here, there = make_place(), make_place("Badakhshan")
    for number in range(6):
        publish_incident(title="Clash", started_on=f"2025-12-{10 + number}", place=here if number == 2 else there)
    answer = client.get("/api/v1/incidents/?q=clash&place=khatlon").json()
    assert [incident["date"]["start"] for incident in answer["results"]] == ["2025-12-12"]


@pytest.mark.parametrize("query", ["Rahmon", "Rakhmon", "Раҳмон", "Рахмон", "رحمان", "rahmon clash"])
def test_a_name_is_found_in_every_transliteration(query):
    publish_incident(title="Clash", speaker=make_actor("Emomali Rahmon"))
    assert matching(PublishedIncident.objects.current(), query).count() == 1
    assert matching(PublishedActor.objects.current(), query).count() == ("clash" not in query)


def test_only_names_are_found_by_their_sound_and_quoted_words_by_their_letters():
    publish_incident(title="Clash", summary="A rakhmonic sound, no name.", speaker=make_actor("Emomali Rahmon"))
    assert matching(PublishedIncident.objects.current(), '"Rakhmon"').count() == 0
    assert matching(PublishedIncident.objects.current(), "sownd").count() == 0


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Clash at the Panj", "clas", "<mark>Clash</mark> at the Panj"),
        ("Раҳмон said <b>no</b>", "Rakhmon", "<mark>Раҳмон</mark> said &lt;b&gt;no&lt;/b&gt;"),
        ("not named, named not", '"named not"', "not named, <mark>named not</mark>"),
        ("ذكي & others", "ذکی", "<mark>ذكي</mark> &amp; others"),
        ("Clash", "", "Clash"),
    ],
)
def test_the_words_found_are_marked_and_all_else_is_escaped(text, query, shown):
    assert marked(text, query) == shown


def test_an_excerpt_shows_what_was_found():
    text = "word " * 60 + "Panj " + "word " * 60
    assert "Panj" in excerpt(text, "panj") and excerpt(text, "panj").startswith("…")
    assert len(excerpt(text)) <= 111 and excerpt("Short.") == "Short."
