"""What the database adds up is what the rule says of the documents."""

import itertools

import pytest
from django.core.management import call_command
from django.http import QueryDict

from borderwatch.projection import rebuild
from incidents.filters import TallyFilter
from incidents.published import PublishedIncident
from incidents.rule.eligibility import MEASURES
from incidents.tallies import BY
from incidents.tallying import adding, counted, counting
from incidents.tallying.counted import Total
from tests.factories import make_figure, make_incident, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db

PEOPLE = ["", "&group=civilians", "&nationality=CN", "&group=civilians&nationality=CN"]


def tally_by_documents(asked, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(counting, "is_added_up", lambda asked: False)
        return counting.tally_asked(asked)


def differences(monkeypatch, chosen):
    """The questions to which the database and the documents answer differently: of all incidents by everything, of some by a few things."""
    questions = list(itertools.product(BY, MEASURES[:2], PEOPLE, [""]))
    questions += itertools.product(("month", "actor", "group"), ["killed"], [""], chosen)
    questions += itertools.product(["year"], ["killed"], PEOPLE[1:], chosen)
    for by, measure, people, rows in questions:
        asked = f"by={by}&measure={measure}{people}{rows}"
        if counting.tally_asked(TallyFilter(QueryDict(asked))) != tally_by_documents(TallyFilter(QueryDict(asked)), monkeypatch):
            yield asked


def test_every_tally_of_a_made_up_record_is_that_of_its_documents(monkeypatch):
    monkeypatch.setattr("incidents.synthetic.record.RELEASE", 20)
    monkeypatch.setattr("incidents.synthetic.record.COMPOSED", 40)
    call_command("make_synthetic", 80)
    assert not list(differences(monkeypatch, ["&kind=armed_clash"]))
    assert not list(answered_otherwise(monkeypatch, ["", "since=2026-06-01", "kind=armed_clash&measure=injured", "killed_min=3"]))


def answered_otherwise(monkeypatch, chosen):
    """The questions of which the answer line says other things than the documents do."""
    monkeypatch.setattr(counting, "FEW", 0)
    for asked in map(QueryDict, chosen):
        incidents = TallyFilter(asked).qs.count()
        with monkeypatch.context() as patched:
            patched.setattr(counting, "is_added_up", lambda asked: False)
            by_documents = counting.answer_asked(TallyFilter(asked), incidents)
        assert by_documents["by"]
        if counting.answer_asked(TallyFilter(asked), incidents) != by_documents:
            yield asked


def test_a_record_that_is_not_counted_yet_has_its_documents_added_up(client):
    publish_incident(killed=3)
    counted.clear()
    Total.objects.create(by=counted.UNCOUNTED, **dict.fromkeys(adding.SUMMED, 0))
    assert client.get("/api/v1/tallies/").json()["total"]["incidents"] == 1
    assert "Clash" in client.get("/tallies/").content.decode() and client.get("/").status_code == 200
    rebuild()
    assert counted.is_complete() and adding.kept_in_all("killed")["incidents"] == 1


def totals():
    return sorted(Total.objects.values_list("by", "key", "measure", *adding.SUMMED))


def test_what_is_withdrawn_corrected_or_merged_is_taken_from_the_totals():
    editor = make_user()
    first, second = (make_incident(title, started_on=day) for title, day in (("First", "2025-12-01"), ("Second", "2024-12-02")))
    figure = make_figure(make_statement(first), low=5, best=5, high=None)
    make_statement(second, killed=2)
    first.publish(by=editor)
    second.publish(by=editor)
    third = publish_incident(title="Third", started_on="2023-12-03")
    figure.low = figure.best = 7
    figure.save()
    figure.statement.publish(by=editor, kind="correction", note="We misread the number.")
    second.withdraw(by=editor, reason="It did not happen.")
    third.merge_into(first, by=editor, note="They are one.")

    found = totals()
    adding.recount()
    assert found == totals()
    assert adding.kept_in_all("killed") == adding.Rows(adding.CountedIncident.objects.all(), "month", "killed").sum()
    assert set(adding.kept("year", "killed")) == {"2025"} and adding.kept("year", "killed")["2025"]["open_ended"] == 1


def test_a_sealed_incident_is_counted_no_longer():
    incident = publish_incident(title="First")
    incident.seal(by=make_user(), reason="A person is in danger.")
    assert not PublishedIncident.objects.current() and not Total.objects.exists()
    assert adding.kept_in_all("killed") == {**dict.fromkeys(("low", "best", "high")), **dict.fromkeys(("incidents", "open_ended"), 0)} | {
        "not_reported": 0,
        "uncounted": 0,
    }
