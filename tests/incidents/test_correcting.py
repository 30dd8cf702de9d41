"""Correct this number: three answers to why it is wrong, and what readers see after each."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from borderwatch.models import Comment, Edition, Release
from incidents.desk.correcting import Retracted, Revised, Transcribed
from incidents.models import Figure, Statement
from incidents.published import PublishedIncident
from tests.desk import desk_url, make_colleague, messages_of, save, signed_in
from tests.factories import make_actor, make_article, make_figure, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db
SEVEN = {"low": 7, "best": 7, "high": 7, "wording": ""}


def published_figure(killed=5):
    incident = publish_incident(killed=killed, speaker=make_actor("Border Service"))
    return incident, incident.statements.get().figures.get()


def killed_best():
    return PublishedIncident.objects.current().get().killed_best


def url_of(figure):
    return f"/admin/incidents/figure/{figure.public_id}/correct/"


def look(client, figure, answer, **typed):
    version = client.get(url_of(figure), {"answer": answer}).context["statement"].version
    return client.post(url_of(figure), {"answer": answer, "version": version, "look": "1", **typed})


def press(client, page, figure, button="press", **typed):
    shown = page.context
    sent = {"answer": shown["answer"], "version": shown["statement"].version, "fingerprint": shown["fingerprint"]}
    return client.post(url_of(figure), sent | {"note": shown["note"], "suggested": shown["note"], button: "1"} | typed, follow=True)


# The verbs


def test_what_we_transcribed_wrongly_is_a_correction_of_the_figure():
    _incident, figure = published_figure()
    correction = Transcribed(figure, values=SEVEN)
    assert correction.suggested_note == "We had copied FG-1 wrongly. It said: 5 killed. The source says: 7 killed."
    correction.note = correction.suggested_note
    release = correction.publish(make_user())
    assert killed_best() == 7 and release.note == correction.note
    assert set(release.editions.values_list("record", "kind")) == {("statement", "correction"), ("incident", "figures")}


def test_what_the_source_revised_is_a_new_statement_that_replaces_the_old():
    incident, figure = published_figure()
    make_figure(figure.statement, measure="injured", low=2, best=2, high=2)
    make_figure(figure.statement, group="civilians", low=1, best=1, high=1)
    article = make_article("A later count")
    words = {"article": article, "said_on": datetime.date(2025, 12, 27), "quote": "Seven died.", "text": ""}
    release = Revised(figure, "Revised.", values=SEVEN, words=words).publish(make_colleague("editor"))
    new = Statement.objects.get(supersedes=figure.statement)
    assert (new.speaker.name, new.article, new.is_ready, list(new.incidents.all())) == ("Border Service", article, True, [incident])
    assert sorted(new.figures.values_list("measure", "group", "best")) == [("killed", "all", 7), ("killed", "civilians", 1)]
    assert killed_best() == 7 and figure.statement.edition.number == 1
    assert set(release.editions.values_list("record", "kind")) == {
        ("article", "new"),
        ("source", "new"),
        ("statement", "new"),
        ("incident", "figures"),
    }
    with pytest.raises(ValidationError, match="replaced already"):
        Revised(figure, values=SEVEN, words=words).publish(make_colleague("editor"))


def test_what_the_source_took_back_counts_no_more():
    _incident, figure = published_figure()
    Retracted(figure, "Taken back.", on=datetime.date(2025, 12, 28)).publish(make_user())
    assert killed_best() is None and figure.statement.edition.kind == "update"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"low": 5, "best": 5, "high": 5, "wording": ""}, "stands already"),
        ({"low": 7, "best": 6, "high": 8, "wording": ""}, "not in order"),
        ({"low": None, "best": 6, "high": None, "wording": "six"}, "Give the lowest number too"),
        ({"low": None, "best": None, "high": None, "wording": ""}, "wording that stands for it"),
    ],
)
def test_a_number_that_cannot_be_is_refused(values, reason):
    _incident, figure = published_figure()
    with pytest.raises(ValidationError, match=reason):
        Transcribed(figure, "x", values=values).publish(make_user())
    assert Figure.objects.get().low == 5 and Release.objects.count() == 1


def test_what_was_withdrawn_is_not_published_again_by_correcting_it():
    incident, figure = published_figure()
    make_statement(incident, killed=9, speaker=make_actor("Somebody else")).publish(by=make_user())
    figure.statement.withdraw(by=make_user(), reason="It was about another day.")
    for correction in (Transcribed(figure, "x", values=SEVEN), Retracted(figure, "x", on=datetime.date(2025, 12, 28))):
        with pytest.raises(ValidationError, match="Readers do not see"):
            correction.publish(make_user())
    assert figure.statement.edition is None and Figure.objects.get(pk=figure.pk).low == 5


# The page


def test_every_reader_finds_the_same_link_and_is_asked_to_sign_in():
    incident, figure = published_figure()
    for address in (f"/incidents/{incident.edition.public_id}/", "/statements/ST-1/"):
        pages = [client.get(address, follow=True) for client in (Client(), signed_in("editor"))]
        assert pages[0].content == pages[1].content and not pages[0].cookies
        assert f'href="{url_of(figure)}"' in pages[0].content.decode()
    response = Client().get(url_of(figure))
    assert (response.status_code, response.url) == (302, f"/admin/login/?next={url_of(figure)}")


def test_the_page_suggests_the_note_announces_and_publishes_what_it_announced():
    incident, figure = published_figure()
    client = signed_in("editor")
    page = look(client, figure, "transcribed", **SEVEN)
    assert page.context["note"].startswith("We had copied FG-1 wrongly") and Figure.objects.get().low == 5
    assert ("Killed", ["5"], ["7"]) in [
        (change.label, change.before, change.after) for change in page.context["announced"].numbers[0].changes
    ]
    assert "Published" in messages_of(press(client, page, figure, **SEVEN))
    assert killed_best() == 7 and incident.edition.kind == "figures"
    assert "We had copied FG-1 wrongly" in Client().get("/corrections/").content.decode()


def test_a_note_of_ones_own_stays_and_a_suggested_one_follows_the_number():
    _incident, figure = published_figure()
    client = signed_in("editor")
    first = look(client, figure, "transcribed", **SEVEN)
    second = look(client, figure, "transcribed", note=first.context["note"], suggested=first.context["note"], **(SEVEN | {"high": "9"}))
    assert "7 killed (7 to 9)" in second.context["note"]
    assert look(client, figure, "transcribed", note="Mine.", **SEVEN).context["note"] == "Mine."


def test_what_changed_after_the_look_is_not_published_unseen():
    incident, figure = published_figure()
    client = signed_in("editor")
    page = look(client, figure, "transcribed", **SEVEN)
    assert "changed since this page was opened" in press(client, page, figure, **(SEVEN | {"high": "9"})).content.decode()
    page = look(client, figure, "transcribed", **SEVEN)
    make_statement(incident, killed=9, speaker=make_actor("Somebody else")).publish(by=make_user())
    assert "changed since this page was opened" in press(client, page, figure, **SEVEN).content.decode()
    page = look(client, figure, "transcribed", **SEVEN)
    save(client, desk_url(figure.statement), figures__0__low="4")
    response = press(client, page, figure, **SEVEN)
    assert "Somebody else changed this record" in response.content.decode() and response.context["figure"].low == 4
    without_a_look = {"answer": "transcribed", "version": Statement.objects.get(pk=figure.statement_id).version, "press": "1", **SEVEN}
    client.post(url_of(figure), without_a_look)
    assert figure.statement.edition.number == 1


def test_a_contributor_prepares_it_and_the_incident_waits_for_review_with_the_note():
    incident, figure = published_figure()
    client = signed_in("contributor")
    page = look(client, figure, "transcribed", **SEVEN)
    assert "Publish this correction" not in page.content.decode()
    assert press(client, page, figure, **SEVEN).status_code == 403
    press(client, page, figure, "prepare", **SEVEN)
    incident.refresh_from_db()
    assert Figure.objects.get().low == 7 and killed_best() == 5 and incident.review_state == "in_review"
    assert "a correction prepared; publish ST-1. For readers: We had copied FG-1 wrongly" in Comment.objects.get().text
    assert Edition.objects.filter(record="statement").count() == 1


def test_where_two_people_are_needed_the_page_says_so_before_the_press(settings):
    settings.TWO_PERSONS = True
    _incident, figure = published_figure()
    client = signed_in("editor")
    page = look(client, figure, "transcribed", **SEVEN)
    text = page.content.decode()
    assert "somebody else has to publish it" in text and "Publish this correction" not in text
    assert "somebody else has to publish it" in press(client, page, figure, **SEVEN).content.decode()
    press(client, page, figure, "prepare", **SEVEN)
    assert Figure.objects.get().low == 7 and killed_best() == 5


def test_the_other_two_answers_work_from_the_page():
    _incident, figure = published_figure()
    client = signed_in("editor")
    typed = SEVEN | {"said_on": "2025-12-27", "article": "AR-1", "text": "The service counted seven."}
    page = look(client, figure, "revised", **typed)
    assert page.context["note"] == "Border Service revised the number: 5 killed became 7 killed."
    press(client, page, figure, **typed)
    assert killed_best() == 7
    replacing = Figure.objects.get(low=7)
    typed = {"retracted_on": "2025-12-28"}
    press(client, look(client, replacing, "retracted", **typed), replacing, **typed)
    assert killed_best() == 5


@pytest.mark.parametrize("value", ["\0", "-1", "9" * 40, "٣", "NaN", "9999-99-99", "a" * 2000])
def test_nothing_malformed_breaks_the_page(value):
    _incident, figure = published_figure()
    client = signed_in("editor")
    typed = dict.fromkeys(
        ("low", "best", "high", "wording", "said_on", "article", "quote", "retracted_on", "note", "version", "fingerprint"), value
    )
    for answer in ("transcribed", "revised", "retracted", value):
        assert client.post(url_of(figure), typed | {"answer": answer, "press": "1"}).status_code == 200
    assert client.get("/admin/incidents/figure/FG-99999999999999999999/correct/").status_code == 404
    assert Release.objects.count() == 1
