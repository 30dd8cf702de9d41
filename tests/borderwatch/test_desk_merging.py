"""Merging on the desk: the page says whose numbers change, and does just that."""

import pytest

from borderwatch.models import Release
from borderwatch.publishing.merging import merge_draft
from incidents.models import Actor, Statement
from incidents.published import PublishedActor, PublishedIncident
from sources.models import Shingle
from tests.desk import desk_url, signed_in
from tests.factories import make_actor, make_article, make_incident, make_statement, make_user, publish_incident

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


def test_the_page_compares_field_by_field_and_says_what_moves(two_names):
    _police, militia = two_names
    militia.description = "A force of the interior."
    militia.save()
    page = signed_in("editor").get(desk_url(militia, "merge") + "?into=AC-1")
    assert ("Description", "A force of the interior.", "") in page.context["fields"]
    assert page.context["moving"] == [("statements", "speaker", 1)]


def test_merging_two_incidents_shows_tallies_and_origins_before_and_after():
    one = publish_incident(title="First", killed=2, speaker=make_actor("One"))
    other = publish_incident(title="Second", killed=3, speaker=make_actor("Another"))
    page = signed_in("editor").get(desk_url(other, "merge") + f"?into={one.public_id}")
    assert page.context["tallies"] == [("Incidents", 2, 1), ("Killed", "5", "2 (2–3)")]
    (numbers,) = page.context["announced"].numbers
    assert {change.label for change in numbers.changes} >= {"Killed", "Said by"}
    assert "Another" in page.content.decode()


def test_a_draft_is_merged_on_the_desk_alone(two_names):
    police, _militia = two_names
    draft = make_actor("Polise")
    statement = make_statement(make_incident("Another"), speaker=draft)
    releases = Release.objects.count()
    response = signed_in("editor").post(desk_url(draft, "merge") + "?into=AC-1", {"fingerprint": "-", "note": ""})
    statement.refresh_from_db()
    assert response.status_code == 302 and statement.speaker == police
    assert not Actor.objects.filter(name="Polise").exists() and Release.objects.count() == releases


def test_the_fingerprint_of_a_text_does_not_move():
    text = " ".join(f"In row {row} stands something that no other row says." for row in range(30))
    one, draft = make_article("One"), make_article("Draft", text=text)
    merge_draft(draft, one)
    assert not Shingle.objects.exists() and one.captures.count() == 1


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
