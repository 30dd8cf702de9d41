"""The pages that publish: what they announce is what they do."""

import re

import pytest

from borderwatch.models import Edition, Release
from incidents.models import Incident
from incidents.published import PublishedIncident
from tests.desk import desk_url, messages_of, save, signed_in
from tests.factories import make_actor, make_incident, make_place, make_statement, publish_incident

pytestmark = pytest.mark.django_db


def press(client, record, button, note="", page=None, **sent):
    """Press a button of the publish page, as the page at hand offers it: update, correction or new."""
    page = page or client.get(desk_url(record, "publish"), sent)
    pressed = re.search(rf'value="({button} [0-9a-f]{{64}})"', page.content.decode())
    assert pressed, f"the page offers no {button}"
    return client.post(desk_url(record, "publish"), {"press": pressed[1], "note": note, **sent}, follow=True)


def announced(client, record, **asked):
    response = client.get(desk_url(record, "publish"), asked)
    return response.context["announced"]


def test_a_new_incident_is_announced_with_its_companions_and_published():
    incident = make_incident(title="Clash at the ford", place=make_place())
    statement = make_statement(incident, killed=5, speaker=make_actor("Border Service"))
    client = signed_in("editor")
    told = announced(client, incident)
    assert (told.own.kind, told.numbers, told.edited) == ("new", [], [])
    assert {edition.title for edition in told.new} == {str(statement), "Border Service", statement.article.headline, "Khovar"}
    changes = [(change.label, change.before, change.after) for change in told.own.changes]
    assert [change for change in changes if change[0].startswith("Killed")] == [("Killed", [], ["5"])], "a number is told once"
    response = press(client, incident, "new")
    assert "Published: BW-2025-0001, edition 1" in messages_of(response)
    assert PublishedIncident.objects.current().get().title == "Clash at the ford"
    assert Release.objects.get().by_name == "some-editor"


def test_it_announces_field_by_field_what_readers_will_see_change():
    incident = publish_incident(title="Clash")
    save(signed_in("contributor"), desk_url(incident), title="Clash at the ford", note="Not for readers")
    changes = announced(signed_in("editor"), incident).own.changes
    assert [(change.label, change.before, change.after) for change in changes] == [("Title", ["Clash"], ["Clash at the ford"])]


def test_it_says_what_is_missing_and_offers_no_button():
    incident = make_incident(review_state="draft")
    page = signed_in("editor").get(desk_url(incident, "publish")).content.decode()
    assert "an editor must approve it first" in page and "publish_form" not in page


def test_a_contributor_sees_what_would_be_published_without_a_button():
    incident = make_incident()
    make_statement(incident, killed=5)
    page = signed_in("contributor").get(desk_url(incident, "publish")).content.decode()
    assert "What goes along" in page and "publish_form" not in page


def test_a_statement_announces_the_incidents_whose_numbers_change():
    incident = publish_incident(title="Clash", killed=5)
    statement = incident.statements.get()
    client = signed_in("editor")
    save(client, desk_url(statement), figures__0__low="7", figures__0__best="7", figures__0__high="7")
    told = announced(client, statement)
    (numbers,) = told.numbers
    assert numbers.public_id == incident.public_id
    assert ("Killed", ["5"], ["7"]) in [(change.label, change.before, change.after) for change in numbers.changes]
    press(client, statement, "correction", note="The count was misread.")
    assert PublishedIncident.objects.current().get().killed_best == 7
    assert list(Edition.objects.order_by("-sequence").values_list("kind", flat=True)[:2]) == ["figures", "correction"]


def test_a_correction_needs_an_explanation():
    incident, client = publish_incident(), signed_in("editor")
    save(client, desk_url(incident), title="Clash at the ford")
    response = press(client, incident, "correction")
    assert "needs an explanation" in response.content.decode() and incident.edition.number == 1


def test_edited_records_go_along_only_where_they_are_ticked():
    incident = publish_incident(speaker=make_actor("Border Service"))
    actor = incident.statements.get().speaker
    client = signed_in("editor")
    save(client, desk_url(actor), name="Border Guard Service")
    save(client, desk_url(incident), title="Clash at the ford")
    ticked = f"actor-{actor.pk}"
    assert announced(client, incident).edited == []
    assert [edition.title for edition in announced(client, incident, carry=ticked).edited] == ["Border Guard Service"]
    press(client, incident, "update")
    assert (incident.edition.number, actor.edition.number) == (2, 1)
    save(client, desk_url(incident), title="Clash at the old ford")
    press(client, incident, "update", carry=ticked)
    assert (incident.edition.number, actor.edition.number) == (3, 2)


def test_ticked_records_that_the_page_did_not_announce_are_refused():
    incident = publish_incident(speaker=make_actor("Border Service"))
    actor, client = incident.statements.get().speaker, signed_in("editor")
    save(client, desk_url(actor), name="Border Guard Service")
    save(client, desk_url(incident), title="Clash at the ford")
    page = client.get(desk_url(incident, "publish"))
    response = press(client, incident, "update", page=page, carry=f"actor-{actor.pk}")
    assert "changed since this page was opened" in response.content.decode() and incident.edition.number == 1


def test_what_changed_after_the_page_was_opened_is_not_published_unseen():
    incident, client = publish_incident(), signed_in("editor")
    save(client, desk_url(incident), title="Seen")
    page = client.get(desk_url(incident, "publish"))
    save(client, desk_url(incident), title="Unseen")
    response = press(client, incident, "update", page=page, note="Named")
    text = response.content.decode()
    assert "changed since this page was opened" in text and "Unseen" in text and "Named" in text
    assert incident.edition.number == 1


@pytest.mark.parametrize("pressed", ["", "update", "update 0", f"merge {'0' * 64}", f"update {'0' * 64} x", "\0"])
def test_a_forged_button_publishes_nothing(pressed):
    incident, client = publish_incident(), signed_in("editor")
    save(client, desk_url(incident), title="Clash at the ford")
    response = client.post(desk_url(incident, "publish"), {"press": pressed, "note": "x"})
    assert response.status_code == 200 and incident.edition.number == 1


def test_withdrawing_shows_whose_numbers_change_and_needs_a_reason():
    incident = publish_incident(killed=5)
    other = make_statement(incident, killed=9, speaker=make_actor("Somebody else"))
    other.publish(by=None)
    client = signed_in("editor")
    page = client.get(desk_url(other, "withdraw"))
    assert [edition.public_id for edition in page.context["announced"].numbers] == [incident.public_id]
    fingerprint = page.context["fingerprint"]
    client.post(desk_url(other, "withdraw"), {"fingerprint": fingerprint, "reason": " "})
    assert other.edition is not None
    client.post(desk_url(other, "withdraw"), {"fingerprint": fingerprint, "reason": "It was about another day."})
    assert other.edition is None and PublishedIncident.objects.current().get().killed_best == 5


def test_what_others_need_is_not_withdrawn_and_the_page_names_them():
    incident = publish_incident()
    article = incident.statements.get().article
    page = signed_in("editor").get(desk_url(article, "withdraw")).content.decode()
    assert "cannot be withdrawn while these need it: ST-1" in page and '<form method="post" class="publish-form">' not in page


def test_the_preview_shows_the_working_copy_that_readers_do_not_see():
    incident = publish_incident(title="Clash")
    save(signed_in("contributor"), desk_url(incident), title="Clash at the ford")
    page = signed_in("contributor").get(desk_url(incident, "preview")).content.decode()
    assert "Clash at the ford" in page
    assert PublishedIncident.objects.current().get().title == "Clash"


@pytest.mark.parametrize("find", [lambda s: s, lambda s: s.article, lambda s: s.article.source, lambda s: s.speaker])
def test_every_kind_of_record_has_its_pages(find):
    incident = publish_incident()
    record, client = find(incident.statements.get()), signed_in("editor")
    for page in ("change", "publish", "withdraw", "preview", "history"):
        assert client.get(desk_url(record, page)).status_code == 200, page


def test_a_withdrawn_record_can_be_published_again():
    incident, client = publish_incident(), signed_in("editor")
    incident.withdraw(by=None, reason="Checked again.")
    assert "withdrawn" in client.get(desk_url(incident)).content.decode()
    press(client, incident, "new")
    assert Incident.objects.get().edition.kind == "restored"
