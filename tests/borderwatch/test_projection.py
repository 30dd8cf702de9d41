"""The public tables follow from the ledger and the places alone."""

import pytest
from django.db import connection

from borderwatch.models import Reference
from borderwatch.projection import rebuild
from borderwatch.published import public_kinds
from incidents.models import Place, Statement
from incidents.published import IncidentFacet, PublishedIncident, StatementFacet
from incidents.tallying.counted import Added, CountedIncident, CountedPeople, Total
from incidents.tallying.past import PastIncident, PastPeople
from tests.factories import make_actor, make_figure, make_incident, make_place, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db


def public_bytes():
    """Everything in the public tables, search words included."""
    tables = {model.record: list(model.objects.order_by("pk").values()) for model in public_kinds().values()}
    for model in (IncidentFacet, StatementFacet):
        tables[model.__name__] = sorted(model.objects.values_list("row", "name", "value", "date"), key=str)
    tables |= {model.__name__: list(model.objects.order_by("pk").values()) for model in (CountedIncident, Added, PastIncident)}
    for model in (CountedPeople, PastPeople, Total):
        columns = [field.name for field in model._meta.local_concrete_fields if field.name != "id"]
        tables[model.__name__] = sorted(model.objects.values_list(*columns), key=str)
    tables["references"] = sorted(Reference.objects.values_list("edition", "record", "field", "target"), key=str)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, words FROM borderwatch_search" % ("rowid" if connection.vendor == "sqlite" else "key"))
        tables["search"] = sorted(cursor.fetchall())
    return tables


def make_a_history():
    """Publications, re-issues, a correction, a new parent and a withdrawal."""
    editor, government = make_user(), make_actor("Government")
    first, second = make_incident("First", place=make_place()), make_incident("Second", started_on="2025-12-27")
    shared = make_statement(first, second, speaker=make_actor("Police", parent=government))
    make_figure(shared, low=6, best=6, high=None)
    make_statement(first, killed=2, speaker=make_actor("Army"))
    first.publish(by=editor)
    second.publish(by=editor)
    figure = Statement.objects.get(figures__low=2).figures.get()
    figure.low = figure.best = figure.high = 3
    figure.save()
    figure.statement.publish(by=editor, kind="correction", note="We misread the number.")
    army = figure.statement.speaker
    army.parent = government
    army.save()
    army.publish(by=editor)
    second.withdraw(by=editor, reason="It is part of the first.")


def test_a_rebuild_from_the_ledger_gives_the_same_bytes():
    make_a_history()
    before = public_bytes()
    for model in public_kinds().values():
        model.clear()

    rebuild()

    assert public_bytes() == before


def test_a_renamed_place_shows_at_once_and_survives_a_rebuild():
    publish_incident(place=make_place("Khatlon"))
    place = Place.objects.get(slug="khatlon")
    place.name = "Khatlon Province"
    place.save()

    assert '"name": "Khatlon Province"' in PublishedIncident.objects.current().get().document
    before = public_bytes()
    rebuild()
    assert public_bytes() == before


def test_a_place_moved_under_another_is_found_there():
    publish_incident(place=make_place("Panj", kind="district"))
    place = Place.objects.get(slug="panj")
    place.parent = make_place("Khatlon")
    place.save()

    incident = PublishedIncident.objects.current().get()

    assert incident.province == "khatlon"
    assert incident.facets.filter(name="place", value="khatlon").exists()


def test_only_current_rows_hold_documents():
    make_a_history()
    assert not PublishedIncident.objects.filter(valid_to__isnull=False).exclude(document="").exists()
    assert not PublishedIncident.objects.current().filter(document="").exists()
