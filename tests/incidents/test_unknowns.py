"""Known unknowns of public incidents, and setting them aside."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from incidents.desk import dismissals
from incidents.models import Dismissal, Incident
from incidents.rule.unknowns import unknowns
from tests.desk import make_colleague
from tests.factories import make_actor, make_article, make_figure, make_incident, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db
TOMORROW = dismissals.today() + datetime.timedelta(days=1)


def codes_of(incident):
    return {code for code, _words, dismissal in dismissals.unknowns_of(incident) if dismissal is None}


def test_the_codes_are_those_of_the_desk():
    silent = {
        "kind": "armed_clash",
        "participants": [],
        "evidence": {"status": "single-source"},
        "toll": {"injured": None},
        "statements": [
            {"origin": None, "certainty": "certain", "retracted_on": None, "article": {"original_url": None, "archive_url": ""}}
        ],
        "images": [{"alt": ""}],
    }
    assert unknowns(silent) == Dismissal.Unknown.values


def test_one_side_that_counts_the_dead_leaves_much_unknown():
    incident = publish_incident()
    assert codes_of(incident) == {"attacker", "one_origin", "injured", "no_response", "no_original"}


def test_what_is_said_is_unknown_no_more():
    incident = make_incident()
    article = make_article(url="https://example.org/a")
    statement = make_statement(incident, killed=5, speaker=make_actor(), article=article)
    make_figure(statement, "injured", low=2, best=2, high=2)
    make_statement(
        incident, speaker=make_actor("Taliban authorities"), act="confirmation", article=make_article(archive_url="https://example.org/b")
    )
    incident.participations.create(actor=make_actor("A group"), role="alleged_attacker")
    incident.publish(by=make_user())
    assert codes_of(incident) == set()


def test_a_response_is_missed_after_fourteen_days_and_an_arrest_has_no_attacker():
    recent = publish_incident(started_on=dismissals.today() - datetime.timedelta(days=13))
    arrest = publish_incident(kind="arrest")
    assert "no_response" not in codes_of(recent) and "attacker" in codes_of(recent)
    assert codes_of(arrest) == {"one_origin", "no_response", "no_original"}


def test_drafts_and_withdrawn_incidents_have_no_known_unknowns():
    make_incident()
    publish_incident().withdraw(by=make_user(), reason="Not on the border.")
    assert not any(number for _code, _words, number in dismissals.counts())


def test_an_unknown_set_aside_is_asked_again_on_its_day_or_by_hand():
    incident, editor = publish_incident(), make_colleague("editor")
    incident.dismiss("injured", editor, "The ministry never counts them.", TOMORROW)
    assert "injured" not in codes_of(incident) and not dismissals.incidents_with("injured")
    Dismissal.objects.update(ask_again_on=dismissals.today())
    assert "injured" in codes_of(incident)
    incident.dismiss("injured", editor, "The ministry never counts them.")
    incident.ask_again("injured", editor)
    assert "injured" in codes_of(incident) and list(dismissals.incidents_with("injured")) == [incident]
    assert incident.dismissals.count() == 3


def test_setting_aside_needs_an_editor_a_reason_and_a_day_to_come():
    incident, editor = publish_incident(), make_colleague("editor")
    with pytest.raises(PermissionDenied):
        incident.dismiss("injured", make_colleague("contributor"), "Because.")
    for unknown, reason, day in (("injured", " ", None), ("nonsense", "Because.", None), ("injured", "Because.", dismissals.today())):
        with pytest.raises(ValidationError):
            incident.dismiss(unknown, editor, reason, day)
    with pytest.raises(ValidationError):
        incident.ask_again("injured", editor)
    with pytest.raises(PermissionDenied):
        incident.ask_again("injured", make_colleague("contributor"))


def test_counts_follow_releases_and_dismissals():
    def number(code):
        return {code: number for code, _words, number in dismissals.counts()}[code]

    incident = publish_incident()
    assert number("one_origin") == 1
    incident.dismiss("one_origin", make_colleague("editor"), "Nobody else was there.")
    assert number("one_origin") == 0
    publish_incident()
    assert number("one_origin") == 1


def test_setting_aside_changes_nothing_for_readers(client):
    incident = publish_incident()
    before = client.get(f"/api/v1/incidents/{incident.public_id}/").content
    incident.dismiss("injured", make_colleague("editor"), "Sentinel.", TOMORROW)
    assert client.get(f"/api/v1/incidents/{incident.public_id}/").content == before
    assert not Incident.objects.get().has_unpublished_changes
