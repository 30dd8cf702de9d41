"""Filters over the demonstration record: who asks for this finds that."""

import pytest
from django.http import QueryDict

from incidents.filters import ActorFilter, IncidentFilter, PlaceFilter, StatementFilter
from tests.demo_record import demo_record  # noqa: F401

pytestmark = pytest.mark.django_db
DRONE, SECOND, CLASH, FOUR = "BW-2025-0001", "BW-2025-0002", "BW-2025-0003", "BW-2026-0001"


def ids(query):
    asked = IncidentFilter(QueryDict(query))
    assert not asked.problems, asked.problems
    return {row.public_id for row in asked.qs}


@pytest.mark.parametrize(
    "query, found",
    [
        ("", {DRONE, SECOND, CLASH, FOUR}),
        ("kind=drone_strike", {DRONE}),
        ("kind=drone_strike&kind=attack_on_civilians", {DRONE, SECOND}),
        ("until=2025-11-26", {DRONE}),
        ("since=2026-01-01", {FOUR}),
        ("since=2026-01-18&until=2026-02-01", {FOUR}),
        ("place=khatlon", {CLASH, FOUR}),
        ("place=tajikistan", {DRONE, SECOND, CLASH, FOUR}),
        ("country=tj&killed_min=4", {CLASH, FOUR}),
        ("killed_min=5", {CLASH}),
        ("killed_max=2", {SECOND}),
        ("nationality=CN", {DRONE, SECOND}),
        ("evidence=corroborated", {DRONE, SECOND}),
        ("evidence=single-source", {CLASH, FOUR}),
        ("evidence=acknowledged&kind=armed_clash", {CLASH}),
        ("bbox=69,37,70,38", {CLASH, FOUR}),
        ("bbox=70,-90,69,90", {DRONE, SECOND}),
        ("as_of=2025-12-02", {DRONE, SECOND}),
        ("as_of=2025-11-20", set()),
        ("q=second", {SECOND}),
        ("q=neverwrittenanywhere", set()),
        ("kind=&q=&since=", {DRONE, SECOND, CLASH, FOUR}),
        ("utm_source=x&fbclid=1&gclid=2&kind=drone_strike", {DRONE}),
    ],
)
def test_filters_find_what_was_asked_for(demo_record, query, found):  # noqa: F811
    assert ids(query) == found


@pytest.mark.parametrize("words", ["Rakhmon", "Rahmon", "IS-KP", "ISKP", "Daesh", "Jamaat Ansarullah", "Khatlon", "ГКНБ", "хатлон"])
def test_names_are_found_in_any_spelling(demo_record, words):  # noqa: F811
    sets = (IncidentFilter, StatementFilter, ActorFilter, PlaceFilter)
    assert any(filterset_class({"q": words}).qs.exists() for filterset_class in sets)
