"""What was taken back stays readable, struck through, and counts for nothing; whatever rests on it changes in the same release."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from borderwatch.models import Edition, Release
from incidents.models import Statement
from tests.desk import desk_url, make_colleague, messages_of, save, signed_in
from tests.factories import make_actor, make_incident, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 2)


def killed(incident):
    import json

    from incidents.published import PublishedIncident

    return (json.loads(PublishedIncident.objects.current().get(uid=incident.uid).document)["toll"]["killed"] or {}).get("best")


def test_a_retracted_article_changes_every_incident_that_rests_on_it_in_one_release():
    first = publish_incident(killed=5)
    article = first.statements.get().article
    second = make_incident(title="Second")
    make_statement(second, article=article, killed=3, speaker=make_actor())
    second.publish(by=make_user())
    release = article.retract(DAY, "The agency took the report back.", by=make_user())
    assert (killed(first), killed(second)) == (None, None)
    assert {edition.kind for edition in release.editions.all()} == {"update", "figures"} and release.editions.count() == 3
    release = article.undo_retraction("The agency took back another report.", by=make_user())
    assert (killed(first), killed(second)) == (5, 3) and article.edition.kind == "correction"
    assert (article.retracted_on, article.retraction_notice) == (None, "")


def test_what_is_refused_changes_nothing():
    statement = publish_incident().statements.get()
    for on, notice in ((datetime.date(2999, 1, 1), "x"), (DAY, " ")):
        with pytest.raises(ValidationError):
            Statement.objects.get().retract(on, notice, by=make_user())
    with pytest.raises(ValidationError, match="not retracted"):
        statement.undo_retraction("x", by=make_user())
    with pytest.raises(ValidationError, match="changed since"):
        Statement.objects.get().retract(DAY, "x", by=make_user(), fingerprint="0" * 64)
    assert Statement.objects.get().retracted_on is None and Release.objects.count() == 1


def test_what_readers_do_not_see_is_retracted_on_the_desk_alone():
    statement = make_statement(make_incident())
    assert statement.retract(DAY, "Taken back before we published it.", by=make_user()) is None
    assert Statement.objects.get().retracted_on == DAY and not Edition.objects.exists()


def look(client, record, **typed):
    opened = client.get(desk_url(record, "retract")).context
    return client.post(desk_url(record, "retract"), {"version": opened["version"], "look": "1", **typed})


def press(client, page, record, **typed):
    sent = {"version": page.context["version"], "fingerprint": page.context["fingerprint"], "press": "1"}
    return client.post(desk_url(record, "retract"), sent | typed, follow=True)


TYPED = {"retracted_on": "2026-01-02", "notice": "The ministry withdrew its count."}


def test_the_page_announces_it_does_it_and_readers_read_the_words():
    incident, client = publish_incident(killed=5), signed_in("editor")
    statement = incident.statements.get()
    page = look(client, statement, **TYPED)
    assert ("Killed", ["5"], ["not reported"]) in [
        (change.label, change.before, change.after) for change in page.context["announced"].numbers[0].changes
    ]
    assert Statement.objects.get().retracted_on is None
    assert "Readers see it from now on" in messages_of(press(client, page, statement, **TYPED))
    assert killed(incident) is None
    for address in (f"/statements/{Statement.objects.get().public_id}/", f"/incidents/{incident.edition.public_id}/"):
        text = client.get(address, follow=True).content.decode()
        assert 'struck"' in text and "Retracted on" in text and "2 January 2026" in text
    page = look(client, statement, notice="It did not.")
    press(client, page, statement, notice="It did not.")
    assert killed(incident) == 5 and Statement.objects.get().edition.kind == "correction"


def test_a_page_that_is_out_of_date_retracts_nothing():
    incident, client = publish_incident(killed=5), signed_in("editor")
    statement = incident.statements.get()
    page = look(client, statement, **TYPED)
    save(client, desk_url(statement), credibility="1")
    assert "Somebody else changed this record" in press(client, page, statement, **TYPED).content.decode()
    page = look(client, statement, **TYPED)
    make_statement(incident, killed=7, speaker=make_actor()).publish(by=make_colleague("editor"))
    assert "changed since this page was opened" in press(client, page, statement, **TYPED).content.decode()
    without_a_look = client.post(desk_url(statement, "retract"), {"version": page.context["version"], "press": "1", **TYPED})
    assert without_a_look.status_code == 200 and Statement.objects.get(pk=statement.pk).retracted_on is None


def test_contributors_do_not_retract():
    statement = publish_incident().statements.get()
    assert signed_in("contributor").get(desk_url(statement, "retract")).status_code == 403
    assert "retract/" not in signed_in("contributor").get(desk_url(statement)).content.decode()


def test_where_two_people_are_needed_one_saves_it_and_another_publishes(settings):
    settings.TWO_PERSONS = True
    incident, client = publish_incident(killed=5), signed_in("editor")
    statement = incident.statements.get()
    page = look(client, statement, **TYPED)
    assert "somebody else has to publish it" in page.content.decode() and 'name="press"' not in page.content.decode()
    version = {"version": page.context["version"], "fingerprint": page.context["fingerprint"]}
    client.post(desk_url(statement, "retract"), {**version, "prepare": "1", **TYPED})
    statement = Statement.objects.get()
    assert statement.retracted_on == DAY and statement.edition.number == 1
    assert TYPED["notice"] in statement.comments.get().text
    statement.publish(by=make_colleague("editor", "another"), note=TYPED["notice"])
    assert killed(incident) is None
