"""Two editions in one answer for programs: numbers first, then fields, then statements."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db
QUESTIONS = 36
"""What the first reader of a comparison may ask the database, however large the record is."""


@pytest.fixture
def corrected():
    """An incident whose second edition has another title, a statement more and a higher number."""
    incident = publish_incident(killed=3, speaker=make_actor())
    incident.title = "Fight at the Panj"
    incident.save()
    make_statement(incident, killed=7, speaker=make_actor("Government of China"), said_on="2025-12-27", credibility=1)
    incident.publish(by=make_user(), note="A second origin.")
    return incident


def compared(client, query=""):
    answer = client.get(f"/api/v1/incidents/BW-2025-0001/editions/compare/{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_what_differs_is_told_numbers_first(corrected, client):
    found = compared(client, "?from=1&to=2")
    assert list(found) == ["id", "record", "url", "from", "to", "numbers", "fields", "statements"]
    numbers = {one["field"]: (one["before"], one["after"]) for one in found["numbers"]}
    assert numbers["toll.killed.high"] == (3, 7) and numbers["evidence.status"] == ("single-source", "corroborated")
    assert found["fields"] == [{"field": "title", "before": "Clash at the Panj", "after": "Fight at the Panj"}]
    assert [(one["id"], one["state"]) for one in found["statements"]] == [("ST-2", "added")]
    assert (found["from"]["number"], found["to"]["number"], found["to"]["note"]) == (1, 2, "A second origin.")
    assert found["url"] == "http://testserver/incidents/BW-2025-0001/editions/compare/?from=1&to=2"


def test_the_last_two_are_compared_unasked_and_the_earlier_one_stands_first(corrected, client):
    assert compared(client)["numbers"] == compared(client, "?from=2&to=1")["numbers"] == compared(client, "?from=1&to=2")["numbers"]
    same = compared(client, "?from=2&to=2")
    assert (same["numbers"], same["fields"], same["statements"]) == ([], [], [])


@pytest.mark.parametrize(("query", "status"), [("?from=9", 404), ("?from=no", 400), ("?from=0", 400), ("?a=1", 400)])
def test_errors_are_problems(corrected, client, query, status):
    answer = client.get(f"/api/v1/incidents/BW-2025-0001/editions/compare/{query}")
    assert (answer.status_code, answer["Content-Type"], answer.json()["status"]) == (status, "application/problem+json", status)


def test_a_withdrawn_edition_is_gone(corrected, client):
    corrected.withdraw(by=make_user(), reason="It never happened.")
    answer = client.get("/api/v1/incidents/BW-2025-0001/editions/compare/?from=2&to=3")
    assert (answer.status_code, answer.json()["reason"]) == (410, "It never happened.")
    assert compared(client)["to"]["number"] == 2


def test_the_page_leads_to_the_answer_for_programs(corrected, client):
    page = client.get("/incidents/BW-2025-0001/editions/compare/").content.decode()
    assert "/api/v1/incidents/BW-2025-0001/editions/compare/?from=1&amp;to=2" in page


def test_a_comparison_keeps_its_budget_of_questions(corrected, client):
    for number in range(20):
        make_statement(corrected, killed=number, speaker=make_actor(f"Speaker {number}"))
    corrected.publish(by=make_user())
    for cache in ("default", "answers"):
        caches[cache].clear()
    with CaptureQueriesContext(connection) as asked:
        compared(client)
    assert len(asked) <= QUESTIONS, [query["sql"][:90] for query in asked.captured_queries]
