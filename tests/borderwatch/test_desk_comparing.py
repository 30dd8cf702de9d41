"""Two versions or editions of a record side by side, and the page that puts one of them back."""

import pytest
from django.contrib.auth.models import Permission

from borderwatch.texts.text_differences import word_by_word
from incidents.models import Incident
from tests.desk import desk_url, messages_of, save, signed_in
from tests.factories import make_actor, make_article, make_incident, make_source, make_statement, make_user

pytestmark = pytest.mark.django_db


def edited_statement():
    """A statement with three versions: of the second its words, number, list and label are others."""
    incident = make_incident()
    statement = make_statement(incident, killed=5, text="The ministry said that five people were killed at the ford.")
    statement.labels.create(described="the three", words="terrorists")
    statement.text = "The ministry said that six people were killed at the ford."
    statement.save()
    statement.figures.get().delete()
    statement.figures.create(measure="killed", low=6, best=6, high=6, incident=incident)
    statement.labels.all().delete()
    statement.note = "Asked again."
    statement.save()
    return statement


def text_of(response):
    return " ".join(response.content.decode().split())


def test_two_versions_show_what_differs_numbers_first_and_words_marked():
    statement = edited_statement()
    page = text_of(signed_in("contributor").get(desk_url(statement, "compare") + "?a=v1&b=v2"))
    assert "said that <del>five</del> people were" in page and "said that <ins>six</ins> people were" in page
    assert page.index("Numbers") < page.index("low 6") < page.index("Fields") < page.index("terrorists")
    assert "Asked again." not in page and "Attribution" not in page
    everything = text_of(signed_in("contributor").get(desk_url(statement, "compare") + "?a=v1&b=v2&all"))
    assert "Attribution" in everything


def test_lists_are_compared_by_names_also_of_records_that_are_gone():
    article, gone = make_article(), make_source("Short-lived")
    article.cites.set([gone])
    article.headline = "Another"
    article.save()
    article.cites.set([make_source("Asia-Plus")])
    gone.delete()
    page = text_of(signed_in("editor").get(desk_url(article, "compare") + "?a=v1&b=now"))
    assert "Short-lived (no longer exists)" in page and "Asia-Plus" in page


def test_two_editions_show_numbers_and_names_and_the_unpublished_shows_beside_them():
    incident, forces = make_incident("Clash"), make_actor("Border Forces")
    statement = make_statement(incident, killed=5)
    incident.publish(by=make_user("chief"))
    statement.figures.update(low=6, best=6, high=6)
    statement.refresh_from_db()
    statement.publish(by=make_user("chief"), note="Six, not five.", kind="correction")
    incident.refresh_from_db()
    incident.participations.create(actor=forces, role="target")
    incident.title, incident.note = "Clash at the mill", "secret"
    incident.save()
    client, url = signed_in("editor"), desk_url(incident, "compare")
    editions = text_of(client.get(url + "?a=e1&b=e2"))
    assert "Killed" in editions and "<del>5</del>" in editions and "<ins>6</ins>" in editions and str(statement.uid) not in editions
    unpublished = text_of(client.get(url + "?a=published&b=now"))
    assert "Clash at the mill" in unpublished and "Border Forces" in unpublished and "secret" not in unpublished


@pytest.mark.parametrize("asked", ["", "?a=v1", "?a=v1&b=v99", "?a=e1&b=v1", "?a=v٣&b=v1", f"?a=v{'9' * 40}&b=v1", "?a=published&b=now"])
def test_what_is_no_version_is_said_and_never_an_error(asked):
    response = signed_in("editor").get(desk_url(make_incident(), "compare") + asked, follow=True)
    assert response.status_code == 200 and messages_of(response)


def test_the_history_offers_versions_and_editions_to_choose():
    incident = make_incident()
    make_statement(incident)
    incident.publish(by=make_user("chief"))
    client = signed_in("editor")
    save(client, desk_url(incident), title="Clash at the mill")
    page = text_of(client.get(desk_url(incident, "history")))
    assert 'name="a" value="e1"' in page and 'name="b" value="v2"' in page and "What is not published yet" in page


def test_a_contributor_puts_a_version_back_after_seeing_what_changes():
    incident, client = make_incident("Clash", summary="Before."), signed_in("contributor", "nadia")
    save(client, desk_url(incident), title="Clash at the mill")
    url = desk_url(incident, "put_back") + "?to=v1"
    assert "Clash at the mill" in text_of(client.get(url))
    assert "changed by somebody else" in text_of(client.post(url, {"version": "1"}))
    assert Incident.objects.get().title == "Clash at the mill"
    assert client.post(url, {"version": "2"}).status_code == 302
    assert Incident.objects.get().title == "Clash" and incident.history.first().history_user.username == "nadia"


def test_who_may_only_look_puts_nothing_back():
    incident, client = make_incident("Clash"), signed_in("contributor")
    Permission.objects.get(codename="change_incident").group_set.clear()
    compare, put_back = desk_url(incident, "compare") + "?a=v1&b=v1", desk_url(incident, "put_back") + "?to=v1"
    assert [client.get(url).status_code for url in (compare, put_back)] == [200, 403]
    assert client.post(put_back, {"version": "1"}).status_code == 403


def test_long_texts_are_compared_quickly_and_cut_where_they_agree():
    old = " ".join(f"word{number}" for number in range(5000))
    before, after = word_by_word(old, old.replace("word2500 ", "other "))
    assert ("gone", "word2500") in before and ("new", "other") in after and any(what == "cut" for what, _text in after)
    long = "\n".join(f"Line {number} of the text." for number in range(8000))
    assert ("new", "Line x of the text.\n") in word_by_word(long, long.replace("Line 4000 ", "Line x "))[1]
