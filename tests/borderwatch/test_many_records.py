"""Several records in one release: the same editions as one by one, in few questions to the database, all or none."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderwatch.models import Edition, Release
from borderwatch.publishing.verbs import publish_many
from incidents.models import Incident
from incidents.published import PublishedIncident
from tests.factories import make_actor, make_article, make_figure, make_incident, make_statement, make_user

pytestmark = pytest.mark.django_db


def make_incidents(count):
    """Incidents whose statements share an article and a speaker, in two groups of figures."""
    article, speaker = make_article(), make_actor()
    incidents = [make_incident(f"Clash {number}") for number in range(count)]
    for number, incident in enumerate(incidents):
        statement = make_statement(incident, article=article, speaker=speaker, killed=number)
        make_figure(statement, group="civilians", low=0, best=number, high=number)
    return incidents


def test_several_records_stand_in_one_release_with_what_goes_along_once():
    incidents = make_incidents(3)
    release = publish_many(incidents, by=make_user(), note="Three at once.")
    assert Release.objects.count() == 1
    kinds = [edition.record for edition in release.editions.all()]
    assert kinds == ["source", "actor", "article", *["statement"] * 3, *["incident"] * 3]
    assert list(PublishedIncident.objects.current().order_by("public_id").values_list("killed_best", flat=True)) == [0, 1, 2]
    figures = [figure["id"] for row in PublishedIncident.objects.order_by("public_id") for figure in shown(row)["figures"]]
    assert figures == [f"FG-{number}" for number in range(1, 7)]


def shown(row):
    (statement,) = json.loads(row.document)["statements"]
    return statement


def test_many_records_are_published_in_few_questions():
    asked = []
    for incidents in (make_incidents(2), make_incidents(20)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            publish_many(incidents, by=make_user())
        asked.append(len(queries))
    assert asked[1] < asked[0] + 20, "each further record asks the database anew"


def test_a_record_that_is_not_ready_refuses_them_all_and_is_named():
    incidents = make_incidents(2)
    Incident.objects.filter(pk=incidents[1].pk).update(review_state="draft")
    with pytest.raises(ValidationError, match="Clash 1: Its review state"):
        publish_many(incidents, by=make_user())
    assert not Edition.objects.exists()


def test_what_did_not_change_gets_no_edition():
    incidents = make_incidents(2)
    publish_many(incidents, by=make_user())
    incidents = list(Incident.objects.order_by("pk"))
    incidents[0].title = "Another title"
    incidents[0].save()
    release = publish_many(incidents, by=make_user())
    assert [edition.public_id for edition in release.editions.all()] == [incidents[0].public_id]
    assert publish_many(incidents, by=make_user()) is None
