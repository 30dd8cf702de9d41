"""Two records that are one: everything moves, nothing is told twice, the past stays as it was."""

import json

import pytest
from django.core.exceptions import ValidationError

from borderwatch.ledger import faults
from borderwatch.models import Edition
from incidents.models import Statement
from incidents.published import PublishedActor, PublishedIncident
from tests.borderwatch.test_projection import public_bytes
from tests.borderwatch.test_publishing import document, written
from tests.factories import make_actor, make_figure, make_incident, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db


def test_merging_two_actors_makes_one_origin_of_them():
    police, militia = make_actor("Police"), make_actor("Militia")
    incident = make_incident()
    for speaker in (police, militia):
        make_statement(incident, speaker=speaker)
    incident.publish(by=make_user())
    assert document(incident)["evidence"]["status"] == "corroborated"

    release = militia.merge_into(police, by=make_user(), note="Two names of one body.")

    assert written(release) == [("actor", "AC-2", "merge"), ("incident", incident.public_id, "figures")]
    assert document(incident)["evidence"]["status"] == "single-source"
    assert {one["speaker"]["id"] for one in document(incident)["statements"]} == {"AC-1"}
    tombstone = PublishedActor.objects.latest().get(public_id="AC-2")
    assert tombstone.is_tombstone and tombstone.merged_into == police.uid and tombstone.title == "Militia"


def test_after_a_merge_nothing_has_unpublished_changes():
    police, militia = make_actor("Police"), make_actor("Militia")
    incident = publish_incident(speaker=militia)
    make_statement(incident, speaker=police).publish(by=make_user())

    militia.merge_into(police, by=make_user(), note="Two names of one body.")

    assert not Statement.objects.filter(speaker=militia).exists()
    assert not any(statement.has_unpublished_changes for statement in Statement.objects.all())
    assert Statement.objects.first().publish(by=make_user()) is None


def test_merging_two_incidents_joins_their_statements_and_their_toll():
    first, second = make_incident("First"), make_incident("Second", started_on="2025-12-25")
    make_statement(first, killed=2, speaker=make_actor())
    make_statement(second, killed=3, speaker=make_actor("Another"))
    both = make_statement(first, second, speaker=make_actor("A third"))
    make_figure(both, low=5, best=5, high=5)
    first.publish(by=make_user())
    second.publish(by=make_user())
    assert len(document(first)["toll"]["together"]) == 1

    second.merge_into(first, by=make_user(), note="One attack, told on two days.")

    shown = document(first)
    assert len(shown["statements"]) == 3
    assert shown["toll"]["together"] == []
    assert (shown["toll"]["killed"]["low"], shown["toll"]["killed"]["high"]) == (2, 5)
    assert not PublishedIncident.objects.current().filter(uid=second.uid).exists()
    assert list(faults()) == []


def test_a_merge_survives_a_rebuild():
    from borderwatch.projection import rebuild

    test_merging_two_incidents_joins_their_statements_and_their_toll()
    before = public_bytes()
    rebuild()
    assert public_bytes() == before


def test_the_edition_before_a_merge_reads_as_before():
    test_merging_two_actors_makes_one_origin_of_them()
    from borderwatch.state import PublicState

    state = PublicState.after_release(1)
    uid = Edition.objects.get(record="incident", number=1).uid
    shown = state.compose(state.get("incident", uid))
    assert {one["speaker"]["id"] for one in shown["statements"]} == {"AC-1", "AC-2"}


def test_a_merge_needs_two_public_records_and_a_reason():
    first, draft = publish_incident(), make_incident()
    with pytest.raises(ValidationError, match="public"):
        first.merge_into(draft, by=make_user(), note="The same.")
    with pytest.raises(ValidationError, match="another record"):
        first.merge_into(first, by=make_user(), note="The same.")
    with pytest.raises(ValidationError, match="why"):
        first.merge_into(publish_incident(), by=make_user(), note=" ")


# Sealing


def test_a_sealed_record_leaves_no_word_but_its_number_and_reason():
    incident = publish_incident(title="The witness of Panj")
    statement = make_statement(incident, quote="Rustam saw everything", speaker=make_actor())
    statement.publish(by=make_user())
    assert "Rustam" in document(incident)["statements"][1]["quote"]

    release = statement.seal(by=make_user(), reason="It endangers a person.")

    assert written(release) == [("statement", "ST-2", "seal"), ("incident", incident.public_id, "figures")]
    assert "Rustam" not in json.dumps(document(incident))
    assert "rustam" not in json.dumps(public_bytes(), default=str).lower()
    assert not Edition.objects.filter(content__contains="Rustam").exists()
    assert list(faults()) == []


def test_a_seal_survives_a_rebuild():
    from borderwatch.projection import rebuild

    test_a_sealed_record_leaves_no_word_but_its_number_and_reason()
    before = public_bytes()
    rebuild()
    assert public_bytes() == before


def test_what_was_withdrawn_can_be_sealed():
    incident = publish_incident(title="The witness of Panj")
    incident.withdraw(by=make_user(), reason="To be checked.")
    incident.seal(by=make_user(), reason="It endangers a person.")
    assert "witness" not in json.dumps(public_bytes(), default=str).lower()
    with pytest.raises(ValidationError, match="sealed already"):
        incident.seal(by=make_user(), reason="Again.")
