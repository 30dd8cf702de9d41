"""Merging on the desk: the page says whose numbers change, and does just that."""

import pytest

from incidents.models import Statement
from incidents.published import PublishedActor, PublishedIncident
from tests.desk import desk_url, signed_in
from tests.factories import make_actor, make_incident, make_statement, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_names():
    """An incident that two actors tell of who are one."""
    police, militia = make_actor("Police"), make_actor("Militia")
    incident = make_incident("Clash at the Panj")
    for speaker in (police, militia):
        make_statement(incident, speaker=speaker)
    incident.publish(by=make_user())
    return police, militia


def test_the_page_shows_whose_numbers_change_and_merges_with_a_reason(two_names, client):
    police, militia = two_names
    editor = signed_in("editor")
    url = desk_url(militia, "merge") + "?into=AC-1"
    page = editor.get(url)
    assert "Clash at the Panj" in page.content.decode() and "single" in page.content.decode().lower()

    fingerprint = page.context["fingerprint"]
    editor.post(url, {"fingerprint": fingerprint, "note": " "})
    assert PublishedActor.objects.current().count() == 2
    editor.post(url, {"fingerprint": fingerprint, "note": "Two names of one body."})

    assert set(Statement.objects.values_list("speaker__name", flat=True)) == {"Police"}
    assert PublishedIncident.objects.current().get().evidence == "single-source"
    gone = client.get("/actors/AC-2/")
    assert gone.status_code == 301 and "/actors/AC-1/" in gone["Location"]


def test_the_old_id_still_works_as_a_filter(two_names, client):
    police, militia = two_names
    militia.merge_into(police, by=make_user(), note="Two names of one body.")
    assert b"Clash at the Panj" in client.get("/incidents/?speaker=AC-2").content
    assert client.get("/api/v1/incidents/?speaker=AC-2").json()["count"] == 1


def test_a_page_that_announced_one_merge_does_not_do_another(two_names):
    _police, militia = two_names
    url = desk_url(militia, "merge") + "?into=AC-1"
    page = signed_in("editor").post(url, {"fingerprint": "0" * 64, "note": "Two names of one body."})
    assert "changed since this page was opened" in page.content.decode()
    assert PublishedActor.objects.current().count() == 2


def test_an_unknown_id_is_named_and_a_contributor_turned_away(two_names):
    _police, militia = two_names
    assert "No actor has the public id AC-99" in signed_in("editor").get(desk_url(militia, "merge") + "?into=ac-99").content.decode()
    assert signed_in("contributor").get(desk_url(militia, "merge")).status_code == 403
