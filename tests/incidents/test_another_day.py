"""What the database adds up of another day is what the rule says of that day's documents."""

import datetime

import pytest
from django.core.management import call_command
from django.http import QueryDict

from borderwatch.documents import moment_text
from borderwatch.models import Release
from borderwatch.projection import rebuild
from incidents.filters import TallyFilter
from incidents.tallies import BY
from incidents.tallying import another_day, counting
from incidents.tallying.past import PastIncident, PastPeople
from sources.models import Article
from tests.borderwatch.test_projection import public_bytes
from tests.factories import make_actor, make_article, make_figure, make_incident, make_source, make_statement, make_user, publish_incident
from tests.incidents.test_adding import tally_by_documents

pytestmark = pytest.mark.django_db

QUESTIONS = [f"by={by}" for by in BY] + ["by=month&measure=injured", "by=source&group=civilians", "by=group&nationality=CN"]
QUESTIONS += ["by=actor&group=civilians&nationality=CN", "by=year&kind=armed_clash", "by=actor&country=TJ", "by=nationality&q=border"]


def moments(some):
    """When releases were published, about so many of them."""
    released = sorted(set(Release.objects.values_list("valid_from", flat=True)))
    return released[:: max(1, len(released) // some)]


def shortly_after(moment):
    """Addresses tell milliseconds, PostgreSQL microseconds."""
    return moment_text(moment + datetime.timedelta(milliseconds=1))


def differences(monkeypatch, questions=tuple(QUESTIONS), some=10):
    for moment in moments(some):
        for question in questions:
            asked = f"{question}&as_of={shortly_after(moment)}"
            found = counting.tally_asked(TallyFilter(QueryDict(asked)))
            if found != tally_by_documents(TallyFilter(QueryDict(asked)), monkeypatch):
                yield asked


def test_every_tally_of_a_made_up_record_is_that_of_its_documents(monkeypatch, is_long):
    monkeypatch.setattr("incidents.synthetic.record.RELEASE", 20)
    monkeypatch.setattr("incidents.synthetic.record.COMPOSED", 40)
    call_command("make_synthetic", 80)
    assert PastIncident.objects.exists() and not list(differences(monkeypatch, QUESTIONS[:12], some=10 if is_long else 3))


def make_a_history():
    """What changes who tells of what, and under whose name, with and without an edition of the incident."""
    editor, government, army = make_user(), make_actor("Government"), make_actor("Army")
    first, second = make_incident("First"), make_incident("Second", started_on="2025-12-27")
    for incident, actor in ((first, army), (second, government)):
        incident.participations.create(actor=actor, role="target")
    outlet, agency = make_source("Outlet"), make_source("Agency")
    article, other = make_article("One", source=outlet), make_article("Two", source=agency)
    shared = make_statement(first, second, speaker=make_actor("Police", parent=government), article=article)
    make_figure(shared, low=6, best=6, high=None)
    figure = make_figure(make_statement(first, speaker=army, article=other), low=2, best=2, high=2, group="civilians", nationality="CN")
    make_statement(second, killed=4, article=other)
    for incident in (first, second):
        incident.publish(by=editor)
    return editor, government, army, first, second, outlet, agency, article, other, figure


def test_what_changed_without_an_edition_of_the_incident_is_read_as_it_was(monkeypatch):
    editor, government, army, first, second, outlet, agency, article, other, figure = make_a_history()
    article.refresh_from_db()
    Article.objects.filter(pk=article.pk).update(source=agency)
    Article.objects.get(pk=article.pk).publish(by=editor)
    figure.low = figure.best = figure.high = 3
    figure.save()
    figure.statement.publish(by=editor, kind="correction", note="We misread the number.")
    army.merge_into(government, by=editor, note="They are one.")
    outlet.merge_into(agency, by=editor, note="They are one.")
    third = publish_incident(title="Third", started_on="2023-12-03")
    third.merge_into(first, by=editor, note="They are one.")
    second.withdraw(by=editor, reason="It did not happen.")
    second.publish(by=editor)
    assert not list(differences(monkeypatch))
    before = public_bytes()
    rebuild()
    assert before == public_bytes()


def test_of_a_sealed_incident_nothing_is_counted_on_any_day(monkeypatch):
    editor, *_others, first, second, _outlet, _agency, _article, _other, figure = make_a_history()
    figure.low = figure.best = figure.high = 3
    figure.save()
    figure.statement.publish(by=editor)
    second.publish(by=editor)
    first.seal(by=editor, reason="A person is in danger.")
    assert not PastIncident.objects.filter(row__uid=first.uid) and not PastPeople.objects.filter(row__row__uid=first.uid)
    assert not list(differences(monkeypatch))


def test_a_tally_that_would_read_too_many_documents_says_what_to_do(monkeypatch, client):
    make_a_history()
    monkeypatch.setattr(another_day, "MOST_COMPOSED", 1)
    day = shortly_after(Release.objects.order_by("-sequence").first().valid_from)
    asked = f"as_of={day}&group=civilians&group=armed_group"
    for page in ("/tallies/", "/tallies.csv", "/tallies.svg"):
        answer = client.get(f"{page}?{asked}")
        assert answer.status_code == 400 and "Narrow it" in answer.content.decode()
    answer = client.get(f"/api/v1/tallies/?{asked}")
    assert answer.status_code == 400 and "Narrow it" in answer.json()["detail"]
    assert client.get(f"/?as_of={day}").status_code == 200
