"""Nobody overwrites anybody, and history says who did what."""

import pytest
from django.core.exceptions import ValidationError

from borderwatch.records import StaleRecord
from incidents.models import Actor, Figure, Incident
from tests.factories import make_actor, make_figure, make_incident, make_statement

pytestmark = pytest.mark.django_db


def test_the_second_of_two_stale_saves_is_refused():
    make_actor("Rahmon")
    mine, theirs = Actor.objects.get(), Actor.objects.get()
    mine.description = "Mine"
    mine.save()
    theirs.description = "Theirs"
    with pytest.raises(StaleRecord):
        theirs.save()
    assert Actor.objects.get().description == "Mine"


def test_one_copy_can_be_saved_again_and_again():
    actor = make_actor()
    for word in ("one", "two", "three"):
        actor.description = word
        actor.save()
    assert Actor.objects.get().version == 4


def test_a_refused_save_leaves_the_copy_as_it_was_read():
    make_actor()
    mine, theirs = Actor.objects.get(), Actor.objects.get()
    mine.save()
    with pytest.raises(StaleRecord):
        theirs.save()
    assert theirs.version == 1


def test_a_copy_read_before_its_publication_and_saved_after_it_keeps_the_public_id():
    incident = make_incident("First title")
    figure = make_figure(make_statement(incident), low=1)
    copies = [Incident.objects.get(), Figure.objects.get(), figure.statement]
    incident.publish(by=None)
    for copy in copies:
        copy.save()
        assert copy.public_id
    known = [type(copy).objects.get(pk=copy.pk) for copy in copies]
    assert [one.public_id for one in known] == ["BW-2025-0001", "FG-1", "ST-1"]
    assert [one.history.first().public_id for one in known] == ["BW-2025-0001", "FG-1", "ST-1"]
    assert incident.publish(by=None) is None


def test_every_save_is_in_the_history():
    incident = make_incident("First title")
    incident.title = "Second title"
    incident.save()
    assert list(incident.history.values_list("title", flat=True)) == ["Second title", "First title"]


def test_a_figure_of_a_statement_about_one_incident_is_about_that_incident():
    incident = make_incident()
    assert make_figure(make_statement(incident), low=1).incident == incident
    assert make_figure(make_statement(incident, make_incident()), low=1).incident is None


@pytest.mark.parametrize(
    "numbers",
    [
        {"low": 3, "best": 2},
        {"low": 3, "high": 2},
        {"low": 1, "best": 3, "high": 2},
        {"low": None},
        {"low": None, "high": 3, "wording": "some"},
        {"low": 1, "verdict": "excluded"},
    ],
)
def test_the_database_refuses_figures_that_contradict_themselves(numbers):
    from django.db import IntegrityError, transaction

    statement = make_statement()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_figure(statement, **numbers)
    assert not Figure.objects.exists()


def test_an_incident_ends_after_it_starts():
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        make_incident(started_on="2025-12-24", ended_on="2025-12-23")
    assert not Incident.objects.exists()


def test_a_quote_must_stand_where_it_is_said_to_stand():
    from tests.factories import make_article

    statement = make_statement(article=make_article(text="He said: we know nothing."), quote="we know", span_start=9, span_end=16)
    statement.clean()
    statement.span_start = 0
    with pytest.raises(ValidationError, match="captured text"):
        statement.clean()


def test_every_captured_text_is_kept():
    from tests.factories import make_article

    article = make_article(text="First text")
    article.text = "Second text"
    article.save()
    article.save()
    assert list(article.captures.values_list("text", flat=True)) == ["Second text", "First text"]


@pytest.mark.parametrize(
    ("started_on", "ended_on", "precision"),
    [
        ("2025-12-24", None, 1),
        ("2025-12-24", "2025-12-26", 2),
        ("2025-11-24", "2025-11-30", 3),
        ("2025-11-01", "2025-11-30", 4),
        ("2025-01-01", "2025-06-30", 5),
    ],
)
def test_the_precision_of_a_date_follows_from_its_range(started_on, ended_on, precision):
    assert make_incident(started_on=started_on, ended_on=ended_on).effective_date_precision == precision
