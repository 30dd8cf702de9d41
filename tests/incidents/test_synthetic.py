"""The made-up record is one that real publishing could have written."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from borderwatch.ledger import faults
from borderwatch.models import Edition, Release
from borderwatch.projection import rebuild
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement
from incidents.synthetic import contents as synthetic_contents
from sources.published import PublishedArticle
from tests.borderwatch.test_projection import public_bytes
from tests.factories import make_actor, make_article, make_incident, make_source, make_statement, publish_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up(monkeypatch):
    """Fifty incidents composed, and copies of them."""
    monkeypatch.setattr("incidents.synthetic.record.RELEASE", 25)
    monkeypatch.setattr("incidents.synthetic.record.COMPOSED", 50)
    call_command("make_synthetic", 120)


def test_it_has_what_a_newsroom_has(made_up):
    incidents = PublishedIncident.objects.current()
    assert incidents.count() == 120
    assert 2 <= PublishedStatement.objects.current().count() / 120 <= 4
    assert 1 <= PublishedArticle.objects.current().count() / 120 <= 3
    assert incidents.values("province").distinct().count() > 5
    assert Edition.objects.filter(record="incident", number__gt=1).exists()
    most = PublishedActor.objects.current().count()
    named = dict(incidents.filter(facets__name="actor").values_list("facets__value").annotate(Count("pk")))
    assert max(named.values()) > 120 / most * 5, "a few actors are in very many incidents"


def test_its_ledger_holds_and_gives_the_same_public_tables(made_up):
    assert list(faults()) == []
    before = public_bytes()
    rebuild()
    assert public_bytes() == before


def test_its_contents_have_the_fields_of_real_ones(made_up):
    source = make_source()
    article = make_article(source=source)
    incident = make_incident()
    incident.participations.create(actor=make_actor(), role="target")
    statement = make_statement(incident, article=article, killed=2)
    statement.labels.create(described="they", words="fighters", language="en")
    for record in (source, make_actor(), article, incident, statement):
        made = Edition.objects.filter(record=record.record_kind, content__contains='"figures":[{' if record is statement else "{").first()
        assert made.own_content().keys() == record.content().keys()
    real, made = statement.content(), Edition.objects.filter(record="statement", content__contains='"figures":[{').first().own_content()
    for part in ("incidents", "figures", "labels"):
        assert made[part][0].keys() == real[part][0].keys()


def test_more_can_be_added(made_up):
    call_command("make_synthetic", 10)
    assert PublishedIncident.objects.current().count() == 130


def test_a_real_record_is_left_alone():
    publish_incident()
    with pytest.raises(CommandError, match="not made up"):
        call_command("make_synthetic", 10)
    assert Release.objects.count() == 1


def test_words_are_as_frequent_as_in_a_language():
    assert len(synthetic_contents.vocabulary()) > 10_000
