"""What one press of the button makes public: no more than was announced, no less than what hangs on it."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError

from borderwatch.models import Edition
from borderwatch.publishing.planning import edited_companions, plan_publication
from incidents.models import Statement
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement
from sources.published import PublishedSource
from tests.factories import make_actor, make_article, make_figure, make_incident, make_source, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db


def document(incident):
    return json.loads(PublishedIncident.objects.current().get(uid=incident.uid).document)


def written(release):
    return [(edition.record, edition.public_id, edition.kind) for edition in release.editions.all()]


# What goes along


def test_an_incident_takes_its_statements_and_everyone_they_name_along():
    source = make_source()
    speaker = make_actor("State Committee", parent=make_actor("Government"))
    incident = make_incident()
    make_statement(incident, article=make_article(source=source), speaker=speaker, killed=5)

    release = incident.publish(by=make_user())

    assert written(release) == [
        ("source", "SO-1", "new"),
        ("actor", "AC-1", "new"),
        ("actor", "AC-2", "new"),
        ("article", "AR-1", "new"),
        ("statement", "ST-1", "new"),
        ("incident", "BW-2025-0001", "new"),
    ]
    assert document(incident)["toll"]["killed"]["best"] == 5
    assert document(incident)["evidence"]["origins"] == [{"type": "actor", "id": "AC-1", "name": "Government"}]


def test_unready_and_internal_statements_stay_behind():
    incident = make_incident()
    make_statement(incident, killed=3)
    make_statement(incident, killed=8, is_ready=False)
    make_statement(incident, killed=9, visibility="internal")

    incident.publish(by=make_user())

    assert document(incident)["toll"]["killed"]["high"] == 3
    assert PublishedStatement.objects.count() == 1


def test_a_statement_named_by_another_never_goes_along():
    first = make_statement(text="A first word.")
    incident = make_incident()
    make_statement(incident, in_reply_to=first)

    incident.publish(by=make_user())

    assert document(incident)["statements"][0]["in_reply_to"] is None
    assert PublishedStatement.objects.current().count() == 1


def test_edits_of_public_companions_go_along_only_when_ticked():
    speaker = make_actor("Old name")
    incident = publish_incident(speaker=speaker)
    speaker.name = "New name"
    speaker.save()
    incident.title = "Another title"
    incident.save()

    assert edited_companions(incident) == [speaker]
    incident.publish(by=make_user())
    assert document(incident)["statements"][0]["speaker"]["name"] == "Old name"

    incident.summary = "More words."
    incident.save()
    release = incident.publish(by=make_user(), carry=[speaker])
    assert written(release) == [("actor", "AC-1", "update"), ("incident", "BW-2025-0001", "update")]
    assert document(incident)["statements"][0]["speaker"]["name"] == "New name"


def test_a_carried_statement_takes_its_new_speaker_along():
    incident = publish_incident()
    statement = Statement.objects.get()
    statement.speaker = make_actor("Another speaker")
    statement.save()

    release = incident.publish(by=make_user(), carry=[statement])

    assert ("actor", "AC-2", "new") in written(release)
    assert document(incident)["statements"][0]["speaker"]["name"] == "Another speaker"


# Nothing leaks, nothing changes by itself


def test_editing_the_desk_changes_no_public_row():
    incident = publish_incident()
    before = list(PublishedIncident.objects.values())
    incident.title = "Half-edited"
    incident.save()
    statement = Statement.objects.get()
    make_figure(statement, low=50, best=50, high=50)
    make_statement(incident, killed=99)

    assert list(PublishedIncident.objects.values()) == before
    assert incident.has_unpublished_changes and statement.has_unpublished_changes


def test_publishing_again_without_a_change_writes_nothing():
    incident = publish_incident()
    assert incident.publish(by=make_user()) is None
    assert not incident.has_unpublished_changes


def test_a_colleagues_half_edited_incident_is_reissued_from_what_is_public():
    mine, theirs = make_incident("Mine"), make_incident("Theirs")
    shared = make_statement(mine, theirs)
    make_figure(shared, low=2, best=2, high=2, incident=mine)
    mine.publish(by=make_user())
    theirs.publish(by=make_user())
    theirs.title = "Half-edited and wrong"
    theirs.save()
    figure = shared.figures.get()
    figure.low = figure.best = figure.high = 4
    figure.save()

    release = mine.publish(by=make_user(), carry=[shared], kind="correction", note="We misread the number.")

    assert ("incident", theirs.public_id, "figures") in written(release)
    assert document(theirs)["title"] == "Theirs"
    assert document(mine)["toll"]["killed"]["best"] == 4


def test_a_plan_announces_exactly_what_the_release_writes():
    incident = publish_incident()
    other = make_incident("Another")
    statement = Statement.objects.get()
    statement.statement_incidents.create(incident=other)
    other.refresh_from_db()
    plan = plan_publication(other, carry=[statement])

    release = other.publish(by=make_user(), carry=[statement])

    announced = [(one.record, one.public_id, str(one.kind), one.content) for one in plan.editions]
    assert [(e.record, e.public_id, e.kind, json.loads(e.content)) for e in release.editions.all()] == announced
    assert ("incident", incident.public_id) in {(record, public_id) for record, public_id, _kind, _content in announced}


def test_a_statement_lists_incidents_that_come_alive_when_published():
    public, draft = make_incident("Public"), make_incident("Draft")
    statement = make_statement(public, draft)
    public.publish(by=make_user())
    assert [one["id"] for one in json.loads(PublishedStatement.objects.current().get().document)["incidents"]] == [public.public_id]

    draft.publish(by=make_user())

    shown = json.loads(PublishedStatement.objects.current().get().document)["incidents"]
    assert [one["title"] for one in shown] == ["Public", "Draft"]
    assert Edition.objects.filter(uid=statement.uid).count() == 1


def test_a_together_figure_stays_together_when_one_incident_is_not_public():
    public, draft = make_incident("Public"), make_incident("Draft")
    statement = make_statement(public, draft)
    make_figure(statement, low=5, best=5, high=5)

    public.publish(by=make_user())

    toll = document(public)["toll"]
    assert toll["killed"] is None
    assert [one["figure"] for one in toll["together"]] == ["FG-1"]
    assert toll["together"][0]["recorded"] is None


def test_what_is_about_one_incident_that_is_not_public_is_left_out():
    public, draft = make_incident("Public"), make_incident("Draft")
    statement = make_statement(public, draft)
    make_figure(statement, low=7, best=7, high=7, incident=draft)
    statement.assertions.create(about="date", starts_on="2025-12-29", incident=draft)

    public.publish(by=make_user())

    (shown,) = document(public)["statements"]
    assert shown["figures"] == [] and shown["assertions"] == []


# Re-issues


def test_a_new_parent_that_unites_two_origins_reissues_their_incident():
    government = make_actor("Government")
    police, army = make_actor("Police"), make_actor("Army")
    incident = make_incident()
    for speaker in (police, army):
        make_statement(incident, speaker=speaker)
    incident.publish(by=make_user())
    assert document(incident)["evidence"]["status"] == "corroborated"
    for speaker in (police, army):
        speaker.parent = government
        speaker.save()

    release = police.publish(by=make_user(), carry=[army])

    assert ("incident", incident.public_id, "figures") in written(release)
    assert document(incident)["evidence"]["status"] == "single-source"


def test_an_outlet_that_speaks_for_nobody_any_more_is_an_origin_of_its_own():
    khovar = make_source("Khovar")
    government = make_actor("Government")
    government.outlets.add(khovar)
    government.publish(by=make_user())
    incident = make_incident()
    make_statement(incident, article=make_article(source=khovar), attribution="outlet")
    incident.publish(by=make_user())
    assert document(incident)["evidence"]["origins"][0]["name"] == "Government"
    government.outlets.clear()

    release = government.publish(by=make_user())

    assert ("incident", incident.public_id, "figures") in written(release)
    assert document(incident)["evidence"]["origins"][0]["name"] == "Khovar"
    statement = json.loads(PublishedStatement.objects.current().get().document)
    assert statement["origin"]["name"] == "Khovar"


def test_a_new_name_alone_writes_no_incident_edition_but_shows_everywhere():
    speaker = make_actor("Rahmon")
    incident = publish_incident(speaker=speaker)
    speaker.name = "Emomali Rahmon"
    speaker.save()

    release = speaker.publish(by=make_user())

    assert written(release) == [("actor", "AC-1", "update")]
    assert document(incident)["statements"][0]["speaker"]["name"] == "Emomali Rahmon"


def test_a_retracted_article_takes_its_figures_out_of_the_toll():
    incident = publish_incident(killed=5)
    article = Statement.objects.get().article
    article.retracted_on = "2026-01-02"
    article.save()

    release = article.publish(by=make_user(), note="The outlet withdrew its report.")

    assert ("incident", incident.public_id, "figures") in written(release)
    assert document(incident)["toll"]["killed"] is None
    assert document(incident)["toll"]["set_aside"] == [{"figure": "FG-1", "reason": "retracted", "code": "retracted"}]


# Withdrawals


def test_a_withdrawn_incident_is_gone_from_now_on_but_its_past_stays():
    incident = publish_incident()
    before = Edition.objects.get(record="incident").release.valid_from

    incident.withdraw(by=make_user(), reason="It endangers a witness.")

    assert not PublishedIncident.objects.current().exists()
    assert PublishedIncident.objects.as_of(before).get().public_id == incident.public_id
    tombstone = PublishedIncident.objects.latest().with_text().get()
    assert tombstone.is_tombstone and tombstone.edition.release.note == "It endangers a witness." and tombstone.title == incident.title
    assert incident.edition is None
    with pytest.raises(ValidationError, match="cannot be deleted"):
        incident.delete()


def test_what_others_need_cannot_be_withdrawn():
    speaker = make_actor()
    incident = publish_incident(speaker=speaker)
    statement = Statement.objects.get()
    for record, needed_by in (
        (statement, incident.public_id),
        (speaker, "ST-1"),
        (statement.article, "ST-1"),
        (statement.article.source, "AR-1"),
    ):
        with pytest.raises(ValidationError, match=needed_by):
            record.withdraw(by=make_user(), reason="No longer wanted.")


def test_withdrawing_a_statement_reissues_its_incidents():
    incident = publish_incident(killed=5)
    extra = make_statement(incident, killed=9)
    extra.publish(by=make_user())
    assert document(incident)["toll"]["killed"]["high"] == 9

    extra.withdraw(by=make_user(), reason="Entered twice.")

    assert document(incident)["toll"]["killed"]["high"] == 5


def test_a_withdrawn_statement_never_goes_along_again():
    incident = publish_incident(killed=5)
    extra = make_statement(incident, killed=9)
    extra.publish(by=make_user())
    extra.withdraw(by=make_user(), reason="Entered twice.")
    incident.title = "Another title"
    incident.save()

    incident.publish(by=make_user())

    assert len(document(incident)["statements"]) == 1


def test_publishing_a_withdrawn_record_restores_it_under_its_number():
    incident = publish_incident()
    incident.withdraw(by=make_user(), reason="By mistake.")

    release = incident.publish(by=make_user())

    assert ("incident", incident.public_id, "restored") in written(release)
    assert PublishedIncident.objects.current().get().number == 3


# Refusals


def test_an_incident_that_nobody_approved_is_refused():
    with pytest.raises(ValidationError, match="approve"):
        make_incident(review_state="draft").publish(by=make_user())


def test_a_correction_needs_an_explanation():
    incident = publish_incident()
    incident.title = "Another title"
    incident.save()
    with pytest.raises(ValidationError, match="explanation"):
        incident.publish(by=make_user(), kind="correction")


def test_an_internal_statement_is_refused():
    with pytest.raises(ValidationError, match="internal"):
        make_statement(visibility="internal").publish(by=make_user())


def test_a_replay_cannot_go_behind_an_edition_or_into_the_future():
    incident = publish_incident()
    incident.title = "Another title"
    incident.save()
    past = datetime.datetime(2025, 12, 1, tzinfo=datetime.UTC)
    future = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    for moment in (past, future):
        with pytest.raises(ValidationError):
            incident.publish(by=make_user(), at=moment)
    assert Edition.objects.filter(uid=incident.uid).count() == 1


def test_a_refused_publication_gives_no_id_away():
    draft = make_incident(review_state="draft")
    with pytest.raises(ValidationError):
        draft.publish(by=make_user())
    assert publish_incident().public_id == "BW-2025-0001"


def test_a_source_alone_can_be_published():
    source = make_source()
    source.publish(by=make_user())
    assert PublishedSource.objects.current().get().public_id == "SO-1"
    assert not PublishedActor.objects.exists()
