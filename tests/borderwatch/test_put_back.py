"""What stood before can be put back: a version of the desk, or what an edition told readers. It is a save like any other, or none."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from borderwatch.models import Edition
from borderwatch.records import StaleRecord, as_published
from borderwatch.state import PublicState
from incidents.models import Actor, Figure, Incident, Statement
from sources.models import Article, Source
from tests.factories import make_actor, make_article, make_incident, make_place, make_source, make_statement, make_user
from tests.sources.pictures import painting, saved, upload

pytestmark = pytest.mark.django_db
RECORDS = (Source, Actor, Article, Statement, Incident)


def editor():
    return make_user("chief", is_superuser=True)


def test_a_version_comes_back_with_its_lists_and_rows_as_a_new_version():
    khovar, asia = make_source("Khovar"), make_source("Asia-Plus")
    article = make_article(headline="Clash", source=khovar)
    article.cites.set([asia])
    article.headline = "Clash at the border"
    article.save()
    article.cites.set([khovar])

    article.put_back(1, by=make_user("nadia"))

    entry = article.history.first()
    assert (article.headline, list(article.cites.all()), article.version) == ("Clash", [asia], 3)
    assert entry.history_user.username == "nadia" and entry.history_change_reason.startswith("Put back as of version 1 (20")


def test_rows_come_back_changed_deleted_and_added_ones_alike():
    incident, other = make_incident(), make_incident("Elsewhere")
    statement = make_statement(incident, killed=5)
    kept = statement.figures.get()
    gone = Figure.objects.create(statement=statement, incident=incident, measure="injured", low=3, best=3, high=3, wording="three")
    statement.labels.create(described="the three", words="terrorists")
    statement.text = "Changed."
    statement.save()
    kept.low = kept.best = kept.high = 6
    kept.save()
    gone.delete()
    statement.labels.all().delete()
    statement.statement_incidents.create(incident=other)

    statement.put_back(1, by=editor())

    assert {figure.measure: figure.low for figure in statement.figures.all()} == {"killed": 5, "injured": 3}
    assert [label.words for label in statement.labels.all()] == ["terrorists"] and list(statement.incidents.all()) == [incident]
    assert statement.figures.get(measure="killed").history.first().history_change_reason.startswith("Put back")


def test_what_names_a_record_that_is_gone_is_said_and_nothing_is_put_back():
    forces = make_actor("Border Forces")
    incident = make_incident()
    incident.participations.create(actor=forces, role="target")
    incident.title = "Clash at the mill"
    incident.save()
    incident.participations.all().delete()
    forces.delete()

    with pytest.raises(ValidationError, match="“Border Forces” no longer exists"):
        incident.put_back(1, by=editor())

    incident.refresh_from_db()
    assert (incident.title, incident.version, incident.participations.count()) == ("Clash at the mill", 2, 0)


def test_rules_hold_for_what_is_put_back_and_nothing_is_half_done():
    actor = make_actor("Old name", slug="border-forces")
    actor.name, actor.slug = "New name", "new-forces"
    actor.save()
    make_actor("Another", slug="border-forces")

    with pytest.raises(ValidationError, match="Address word"):
        actor.put_back(1, by=editor())

    assert Actor.objects.get(pk=actor.pk).name == "New name"


def test_nobody_is_overwritten_by_what_is_put_back():
    incident = make_incident("Clash")
    opened = Incident.objects.get()
    incident.title = "Clash at the mill"
    incident.save()
    with pytest.raises(StaleRecord):
        opened.put_back(1, by=editor())


def test_an_old_review_state_does_not_come_back():
    incident = make_incident("Clash", review_state="approved")
    incident.title, incident.review_state = "Clash at the mill", "draft"
    incident.save()
    incident.put_back(1, by=make_user("nadia"))
    assert (incident.title, incident.review_state) == ("Clash", "draft")


def test_a_contributor_puts_no_verdict_back():
    statement = make_statement(make_incident(), killed={"low": 5, "verdict": "excluded", "verdict_reason": "misprint"})
    statement.text = "Changed."
    statement.save()
    figure = statement.figures.get()
    figure.verdict, figure.verdict_reason = "auto", ""
    figure.save()
    with pytest.raises(ValidationError, match="An editor can put this back"):
        statement.put_back(1, by=make_user("nadia"))
    statement.put_back(1, by=editor())
    assert statement.figures.get().verdict == "excluded"


# Editions


def test_every_edition_of_the_demo_can_be_put_back_and_says_what_it_said(demo_record, record_property):
    state, tried = PublicState.current(), 0
    for model in RECORDS:
        for record in model.objects.all():
            for edition in Edition.objects.filter(uid=record.uid).order_by("-sequence"):
                told = state.as_read(edition.own_content())
                if told != as_published(type(record).objects.get(pk=record.pk).content()):
                    record.put_back_edition(edition.number, by=editor())
                    assert as_published(record.content()) == told, edition
                else:
                    with pytest.raises(ValidationError, match="Nothing differs"):
                        record.put_back_edition(edition.number, by=editor())
                tried += 1
    assert tried > 50
    record_property("promise", f"Q4: {tried} of {tried} editions of the demonstration record can be put back and then say what they said")


def test_figures_come_back_under_their_public_ids_and_readers_see_the_old_edition_once_it_is_published():
    incident = make_incident()
    statement = make_statement(incident, killed=5)
    injured = Figure.objects.create(statement=statement, incident=incident, measure="injured", low=3, best=3, high=3)
    incident.publish(by=editor())
    statement.figures.filter(measure="killed").update(low=9, best=9, high=9)
    Figure.objects.get(pk=injured.pk).delete()
    statement.refresh_from_db()
    statement.text = "Nine."
    statement.save()
    statement.publish(by=editor(), note="Nine, not five.", kind="correction")
    ids = [figure["id"] for figure in Edition.objects.get(uid=statement.uid, number=1).own_content()["figures"]]

    statement.put_back_edition(1, by=editor())
    statement.publish(by=editor(), note="It was five after all.", kind="correction")

    assert [figure.public_id for figure in statement.figures.all()] == ids
    first, last = (Edition.objects.get(uid=statement.uid, number=number) for number in (1, 3))
    assert first.own_content() == last.own_content()
    assert incident.edition.own_content() and '"best":5' in incident.edition.content


def test_places_pictures_and_precisions_come_back_too():
    khatlon, panj = make_place(), make_place("Panj", kind="settlement")
    incident = make_incident(place=khatlon, summary="First.")
    make_statement(incident)
    incident.publish(by=editor())
    incident.refresh_from_db()
    incident.place, incident.summary, incident.date_precision = panj, "Second.", 3
    incident.save()
    incident.put_back_edition(1, by=editor())
    assert (incident.place, incident.summary, incident.date_precision) == (khatlon, "First.", None)
    assert not incident.has_unpublished_changes


def test_a_sealed_edition_cannot_be_put_back():
    source = make_source()
    source.publish(by=editor())
    source.seal(by=editor(), reason="It endangers a person.")
    source.refresh_from_db()
    with pytest.raises(ValidationError, match="erased for good"):
        source.put_back_edition(1, by=editor())
    with pytest.raises(ValidationError, match="no longer public"):
        source.put_back_edition(2, by=editor())
    with pytest.raises(ValidationError, match="no edition 9"):
        source.put_back_edition(9, by=editor())


def test_a_picture_that_was_deleted_does_not_come_back():
    source = make_source(logo=upload(saved(painting(), "PNG")))
    default_storage.delete(source.logo.name)
    source.logo = ""
    source.save()
    with pytest.raises(ValidationError, match="Logo: the stored picture no longer exists"):
        source.put_back(1, by=editor())
