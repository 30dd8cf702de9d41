"""A record that very many others show is renamed in a short release; what shows it follows in batches, as if it had come at once."""

import pytest
from django.core.management import call_command

from borderwatch.models import DataVersion, Release, WaitingDocument
from borderwatch.operating.doctor import waiting_documents
from borderwatch.projection import rebuild
from borderwatch.publishing import recomposing
from incidents.published import PublishedIncident, PublishedStatement
from tests.borderwatch.test_projection import public_bytes
from tests.desk import signed_in
from tests.factories import make_actor, make_incident, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(monkeypatch):
    """An actor with a new name whose seven documents wait, in batches of three."""
    monkeypatch.setattr("borderwatch.projection.MANY", 3)
    monkeypatch.setattr(recomposing, "BATCH", 3)
    monkeypatch.setattr(recomposing, "BREATH", 0)
    actor = make_actor("Old name")
    actor.incidents = [publish_incident(title=f"Clash {number}", speaker=actor) for number in range(4)]
    actor.refresh_from_db()
    rename(actor, "New name")
    return actor


def rename(actor, name):
    actor.name = name
    actor.save()
    actor.publish(by=make_user())


def names():
    """Which name stands in each current document of an incident or statement, and in its list item."""
    rows = [*PublishedIncident.objects.current(), *PublishedStatement.objects.current()]
    return [{name for name in ("Old name", "New name") if name in row.document} for row in rows]


def test_every_document_is_whole_as_it_was_or_as_it_is(renamed, client):
    assert client.get(f"/actors/{renamed.public_id}/", follow=True).content.count(b"New name")
    versions = set()
    while recomposing.waiting():
        assert all(len(found) == 1 for found in names()) and {"Old name"} in names()
        versions.add(DataVersion.objects.get().number)
        recomposing.compose_batch()
    assert names() == [{"New name"}] * 8 and len(versions) == 3
    before = public_bytes()
    rebuild()
    assert public_bytes() == before


def test_what_stopped_half_way_is_taken_up_by_the_command(renamed, capsys):
    recomposing.compose_batch()
    call_command("compose_waiting")
    assert "5 documents composed anew." in capsys.readouterr().out and names() == [{"New name"}] * 8
    rename(renamed, "Old name")
    call_command("publish_due")
    assert names() == [{"Old name"}] * 8


def test_a_record_that_waits_ends_as_it_last_stood_when_it_gets_another_edition(renamed):
    first = renamed.incidents[0]
    first.refresh_from_db()
    first.title = "Clash at the ford"
    first.save()
    first.publish(by=make_user())
    recomposing.compose_waiting()
    before = public_bytes()
    rebuild()
    assert public_bytes() == before


def test_what_is_taken_from_view_goes_at_once(renamed):
    recomposing.compose_waiting()
    other = make_actor("Newer name")
    other_incident = make_incident("Other")
    make_statement(other_incident, killed=1, speaker=other)
    other_incident.publish(by=make_user())
    renamed.refresh_from_db()
    other.refresh_from_db()
    renamed.merge_into(other, by=make_user(), note="They are one.")
    assert not WaitingDocument.objects.exists() and names()[:4] == [set()] * 4


def test_everybody_is_told_what_waits(renamed, client):
    assert client.get("/readyz").json()["documents_waiting"] == 8
    assert [wrong for wrong, _advice in waiting_documents()] == ["8 documents still show what they showed before a release."]
    assert "8 public pages still show" in signed_in("editor").get("/admin/").content.decode()
    last = client.get("/api/v1/changes/").json()["results"][-1]["sequence"]
    answer = client.get(f"/api/v1/changes/{last}/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    recomposing.compose_waiting()
    assert "documents_waiting" not in client.get("/readyz").json() and client.get(f"/api/v1/changes/{last}/").status_code == 200


def test_where_very_many_editions_name_it_what_shows_it_is_found_after_the_release(monkeypatch):
    monkeypatch.setattr("borderwatch.projection.MANY_NAMES", 2)
    actor = make_actor("Old name")
    incidents = [publish_incident(title=f"Clash {number}", speaker=actor) for number in range(3)]
    recomposing.compose_waiting()
    actor.refresh_from_db()
    rename(actor, "New name")
    assert [one.leads_to_others for one in WaitingDocument.objects.all()] == [True] and names() == [{"Old name"}] * 6
    incidents[0].refresh_from_db()
    incidents[0].title = "Clash at the ford"
    incidents[0].save()
    incidents[0].publish(by=make_user())
    recomposing.compose_waiting()
    before = public_bytes()
    rebuild()
    assert names() == [{"New name"}] * 6 and public_bytes() == before and not WaitingDocument.objects.exists()


def test_what_waits_for_a_later_release_waits_for_that(monkeypatch):
    monkeypatch.setattr("borderwatch.projection.MANY_NAMES", 1)
    monkeypatch.setattr("borderwatch.projection.MANY", 0)
    actor, other = make_actor("Old name"), make_actor("Other")
    incident = publish_incident(speaker=actor)
    make_statement(incident, killed=1, speaker=other)
    incident.publish(by=make_user())
    for one in (actor, other):
        one.refresh_from_db()
    rename(actor, "New name")
    monkeypatch.setattr("borderwatch.projection.MANY_NAMES", 1000)
    rename(other, "Another")
    last = Release.objects.last().sequence
    recomposing.follow()
    assert WaitingDocument.objects.get(record="incident").release == last and not recomposing.leading().exists()


@pytest.mark.parametrize(("seconds", "fitting"), [(0.4, 10), (0.2, 20), (0.1, 40), (9, 1), (0.001, recomposing.MOST)])
def test_a_batch_has_as_many_documents_as_others_wait_a_fifth_of_a_second_for(seconds, fitting):
    assert recomposing.fitting(20, seconds) == fitting


def test_few_documents_are_composed_in_the_release():
    actor = make_actor("Old name")
    publish_incident(speaker=actor)
    actor.refresh_from_db()
    rename(actor, "New name")
    assert not WaitingDocument.objects.exists() and names() == [{"New name"}] * 2
