"""Nobody overwrites anybody: the second of two saves is refused and shows what the first one changed."""

import pytest

from borderwatch.desk.records import RecordAdmin
from borderwatch.records import StaleRecord
from incidents.models import Actor, Incident
from tests.desk import desk_url, errors, opened, save, signed_in
from tests.factories import make_actor, make_incident, make_statement

pytestmark = pytest.mark.django_db


def test_a_save_counts_the_version_up_and_keeps_who_and_why():
    incident, client = make_incident(), signed_in("contributor", "nadia")
    response = save(client, desk_url(incident), title="Clash at Panj ford", change_reason="The ford is named in the article")
    incident.refresh_from_db()
    entry = incident.history.first()
    assert response.status_code == 302
    assert (incident.title, incident.version) == ("Clash at Panj ford", 2)
    assert (entry.history_user.username, entry.history_change_reason) == ("nadia", "The ford is named in the article")


def test_the_second_of_two_saves_is_refused_and_shows_both_values():
    incident = make_incident(title="Clash", summary="Before.")
    one, other = signed_in("contributor", "one"), signed_in("contributor", "other")
    url = desk_url(incident)
    first, second = opened(one, url), opened(other, url)
    assert save(one, url, first, title="Clash at the ford", change_reason="Named").status_code == 302
    response = save(other, url, second, title="Clash at the mill")
    page = response.content.decode()
    assert response.status_code == 200 and "changed by somebody else" in errors(response)
    assert "Clash at the ford" in page and 'value="Clash at the mill"' in page and "one" in page and "Named" in page
    assert Incident.objects.get().title == "Clash at the ford"


def test_what_the_second_did_not_touch_shows_what_the_first_saved():
    incident = make_incident(title="Clash", summary="Before.")
    client, url = signed_in("editor"), desk_url(incident)
    second = opened(client, url)
    save(client, url, summary="After.")
    response = save(client, url, second, title="Clash at the mill")
    again = opened_again(response)
    assert (again["title"], again["summary"]) == ("Clash at the mill", "After.")
    assert client.post(url, again).status_code == 302
    incident.refresh_from_db()
    assert (incident.title, incident.summary) == ("Clash at the mill", "After.")


def opened_again(response):
    """The refused form as its page would send it again."""
    form = response.context["adminform"].form
    sent = {name: values if len(values) > 1 else values[0] for name, values in form.data.lists()}
    return sent | {"version": str(response.context["original"].version)}


def test_rows_of_both_people_are_kept():
    incident = make_incident()
    statement = make_statement(incident, killed=3)
    client, url = signed_in("editor"), desk_url(statement)
    second = opened(client, url)
    save(client, url, figures__0__low="4", figures__0__best="4", figures__0__high="4")
    response = save(client, url, second, figures__0__wording="three people")
    again = opened_again(response)
    assert (again["figures-0-low"], again["figures-0-wording"]) == ("4", "three people")
    assert client.post(url, again).status_code == 302
    figure = statement.figures.get()
    assert (figure.low, figure.high, figure.wording) == (4, 4, "three people")


def test_a_row_that_somebody_deleted_does_not_come_back_unless_it_was_edited():
    statement = make_statement(make_incident(), killed=3)
    client, url = signed_in("editor"), desk_url(statement)
    second = opened(client, url)
    save(client, url, figures__0__DELETE="on")
    untouched = opened_again(save(client, url, second, quote="“Three”"))
    touched = opened_again(save(client, url, second, figures__0__wording="three people"))
    assert untouched["figures-TOTAL_FORMS"] == "0"
    assert (touched["figures-TOTAL_FORMS"], touched["figures-0-id"], touched["figures-0-wording"]) == ("1", "", "three people")


def test_a_save_that_changed_nothing_stands_in_nobodys_way():
    incident, client = make_incident(title="Clash"), signed_in("editor")
    url = desk_url(incident)
    second = opened(client, url)
    save(client, url)
    assert save(client, url, second, title="Clash at the mill").status_code == 302
    assert Incident.objects.get().title == "Clash at the mill"


def test_changing_a_row_changes_the_version_of_its_record():
    statement = make_statement(make_incident(), killed=3)
    save(signed_in("editor"), desk_url(statement), figures__0__low="2")
    statement.refresh_from_db()
    assert statement.version == 2


def test_a_form_without_its_version_is_refused():
    actor, client = make_actor(), signed_in("editor")
    sent = opened(client, desk_url(actor))
    del sent["version"]
    response = save(client, desk_url(actor), sent, name="Somebody else")
    assert response.status_code == 200 and "changed by somebody else" in errors(response)


@pytest.mark.parametrize("version", ["0", "-1", "abc", "٣", "9" * 40, "1e3"])
def test_a_malformed_version_is_refused_too(version):
    actor, client = make_actor(), signed_in("editor")
    response = save(client, desk_url(actor), opened(client, desk_url(actor)) | {"version": version})
    assert response.status_code == 200


def test_a_save_that_slips_past_the_check_is_refused_on_the_form_too(monkeypatch):
    actor, client = make_actor(name="Before"), signed_in("editor")
    sent, usual, slipped = opened(client, desk_url(actor)), RecordAdmin.save_unless_stale, []

    def others_are_faster(self, *args):
        if not slipped:
            slipped.append(actor)
            Actor.objects.get().save()
            Actor.objects.filter(pk=actor.pk).update(name="Theirs")
            raise StaleRecord(actor)
        return usual(self, *args)

    monkeypatch.setattr(RecordAdmin, "save_unless_stale", others_are_faster)
    response = save(client, desk_url(actor), sent, name="Mine")
    assert response.status_code == 200 and "changed by somebody else" in errors(response)
    assert Actor.objects.get().name == "Theirs"
