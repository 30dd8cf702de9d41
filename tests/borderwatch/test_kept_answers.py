"""An answer is kept for the next reader until anything public changes, and never for another question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderwatch.paging import counted_as
from incidents.filters import IncidentFilter, TallyFilter
from tests.factories import make_place, make_user, publish_incident

pytestmark = pytest.mark.django_db
ADDRESSES = ("/api/v1/incidents/", "/incidents/", "/api/v1/incidents/?kind=armed_clash", "/incidents/?q=clash")


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_published_shows_at_once(client, address):
    publish_incident(title="First clash")
    before = client.get(address).content
    publish_incident(title="Second clash")
    after = client.get(address).content
    assert b"Second clash" not in before
    assert b"Second clash" in after


def test_a_correction_shows_at_once(client):
    incident = publish_incident(title="Clash")
    address = client.get(f"/api/v1/incidents/{incident.public_id}/").json()["url"]
    assert b"Clash" in client.get(address).content
    incident.refresh_from_db()
    incident.title = "Shelling"
    incident.save()
    incident.publish(by=make_user(), kind="correction", note="It was shelling.")
    assert client.get(f"/api/v1/incidents/{incident.public_id}/").json()["title"] == "Shelling"
    assert b"Shelling" in client.get(address).content


def test_the_same_question_is_answered_the_same(client):
    publish_incident()
    first = client.get("/api/v1/incidents/")
    with CaptureQueriesContext(connection) as asked:
        second = client.get("/api/v1/incidents/")
    assert len(asked) == 1
    assert (first.content, first.headers) == (second.content, second.headers)


def test_every_host_and_language_has_its_own_answer(client):
    publish_incident()
    assert b"http://testserver/" in client.get("/api/v1/incidents/").content
    assert b"http://other.example/" in client.get("/api/v1/incidents/", headers={"host": "other.example"}).content
    assert client.get("/incidents/").content != client.get("/ru/incidents/").content


def test_errors_are_not_kept(client):
    assert client.get("/api/v1/incidents/?place=khatlon").status_code == 400
    make_place()
    assert client.get("/api/v1/incidents/?place=khatlon").status_code == 200


def test_counts_of_one_question_never_serve_another():
    asked = [IncidentFilter({"group": "civilians"}), TallyFilter({"group": "civilians"}), IncidentFilter({"group": "all"})]
    assert len({counted_as(one) for one in asked}) == 3
    assert counted_as(IncidentFilter({"kind": "shelling", "limit": "5"})) == counted_as(IncidentFilter({"kind": "shelling"}))
