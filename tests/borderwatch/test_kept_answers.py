"""An answer is kept for the next reader until anything public changes, and never for another question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderwatch.lists.paging import counted_as
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
    assert b"BW-2025-0002" not in before
    assert b"BW-2025-0002" in after


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


def test_a_page_and_its_changing_part_are_kept_apart(client):
    publish_incident(title="Clash")
    asked = {"hx-request": "true"}
    whole, part = client.get("/incidents/"), client.get("/incidents/", headers=asked)
    assert whole.content.startswith(b"<!doctype") and part.content.lstrip().startswith(b'<div id="page"')
    assert b"Clash" in part.content and b"<html" not in part.content
    assert whole.headers["ETag"] != part.headers["ETag"] and "HX-Request" in whole.headers["Vary"] == part.headers["Vary"]
    assert (client.get("/incidents/").content, client.get("/incidents/", headers=asked).content) == (whole.content, part.content)
    restored = client.get("/incidents/", headers=asked | {"hx-history-restore-request": "true"})
    assert restored.content == whole.content and not restored.cookies
