"""How many questions each address may ask the database: a checked-in table, the same for one record and for many.

Kept answers and counts are emptied before each request: the table is what the first reader after a publication costs.
query_budget.txt holds every public route over the demo record; BORDERWATCH_WRITE_BUDGET=1 writes it anew.
"""

import os
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_incident, make_place, make_statement, make_user
from tests.public_addresses import QUERIES, filled

pytestmark = pytest.mark.django_db

LISTS = {
    "/api/v1/incidents/": 3,
    "/api/v1/incidents/?limit=1": 3,
    "/api/v1/incidents/?ordering=date": 3,
    "/api/v1/incidents/?ordering=-killed": 3,
    "/api/v1/incidents/?kind=armed_clash&since=2025-01-01": 3,
    "/api/v1/incidents/?q=clash": 6,
    "/api/v1/incidents/?place=khatlon": 4,
    "/api/v1/incidents/?actor=AC-1": 7,
    "/api/v1/statements/": 3,
    "/api/v1/actors/": 3,
    "/api/v1/sources/": 3,
    "/api/v1/articles/": 3,
}
"""Address → questions: the version, the rows, the count; one more for each thing that a filter has to look up first."""
RECORDS = {"incidents": 2, "statements": 2, "actors": 2, "articles": 2, "sources": 2}
"""List → questions for one of its records: the version and the document."""


BUDGET = Path(__file__).with_name("query_budget.txt")


def publish_many(count, actor, place):
    incidents = [make_incident(started_on=f"2025-12-{1 + number % 28:02d}", place=place) for number in range(count)]
    for incident in incidents:
        incident.participations.create(actor=actor, role="target")
        make_statement(incident, killed=2, speaker=actor)
    from borderwatch.publishing.verbs import publish_many as publish

    publish(incidents, by=make_user())


@pytest.fixture(params=[1, 200], ids=["one incident", "200 incidents"])
def record(request):
    publish_many(request.param, make_actor(), make_place())


def questions(client, address):
    for cache in ("default", "answers"):
        caches[cache].clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address)
    assert response.status_code == 200, response.content
    return response, [query["sql"] for query in asked.captured_queries]


def test_every_address_keeps_its_budget(record, client):
    too_many = {}
    for address, most in LISTS.items():
        _response, asked = questions(client, address)
        if len(asked) > most:
            too_many[address] = asked
    for name, most in RECORDS.items():
        known = client.get(f"/api/v1/{name}/?limit=1").json()["results"][0]["id"]
        _response, asked = questions(client, f"/api/v1/{name}/{known}/")
        if len(asked) > most:
            too_many[known] = asked
    assert too_many == {}


def test_the_page_of_incidents_asks_little_more_than_the_list(record, client):
    questions(client, "/incidents/")
    _response, asked = questions(client, "/incidents/?limit=200")
    assert len(asked) <= 20, asked


def test_an_answer_given_before_asks_for_the_version_alone(record, client):
    for address in ("/api/v1/incidents/", "/incidents/"):
        questions(client, address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) == 1


def asked_by(client, path):
    """How many questions the first reader of a path costs, its streamed part too."""
    for cache in ("default", "answers"):
        caches[cache].clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path).getvalue()
    return len(asked)


def test_every_public_route_keeps_its_line_of_the_table(demo_record, client, record_property):
    client.get("/incidents/")  # what a process looks up once is no reader's
    found = {route: asked_by(client, f"/{path}") for route in QUERIES for path in filled(route, most=2)[:1]}
    if os.environ.get("BORDERWATCH_WRITE_BUDGET"):
        BUDGET.write_text("".join(f"{most:3} /{route}\n" for route, most in found.items()))
    table = {line[5:]: int(line[:3]) for line in BUDGET.read_text().splitlines()}
    assert {route: most for route, most in found.items() if most > table.get(route, -1)} == {}
    assert set(table) == set(found)
    record_property("promise", f"Query budget: {len(found)} public routes ask the database no more than their line of the table allows")
