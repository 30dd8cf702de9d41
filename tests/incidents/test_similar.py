"""Incidents that may be one: kind, days, and how near."""

import pytest

from incidents.desk.similar import distance_between, similar_incidents
from incidents.models import Incident
from tests.factories import make_incident, make_place

pytestmark = pytest.mark.django_db


def similar_to(incident):
    return [one.incident.title for one in similar_incidents(Incident.objects.all(), incident)]


@pytest.fixture
def places():
    khatlon = make_place("Khatlon", latitude=37.8, longitude=69.6)
    hamadoni = make_place("Hamadoni", kind="district", parent=khatlon, latitude=37.7, longitude=69.7)
    badakhshan = make_place("Badakhshan", latitude=38.3, longitude=73.0)
    return {"khatlon": khatlon, "hamadoni": hamadoni, "badakhshan": badakhshan}


@pytest.mark.parametrize(
    ("other", "is_similar"),
    [
        ({"started_on": "2025-12-24"}, True),
        ({"started_on": "2025-12-20", "ended_on": "2025-12-25"}, True),
        ({"started_on": "2025-12-25"}, False),
        ({"started_on": "2025-12-20", "ended_on": "2025-12-23"}, False),
        ({"started_on": "2025-12-24", "kind": "shelling"}, False),
    ],
)
def test_days_must_overlap_and_the_kind_be_the_same(other, is_similar):
    one = make_incident("One", started_on="2025-12-24")
    make_incident("Other", **other)
    assert similar_to(one) == (["Other"] if is_similar else [])


def test_places_must_be_near_or_one_in_the_other_or_not_known(places):
    one = make_incident("One", place=places["hamadoni"], latitude=37.7, longitude=69.7)
    make_incident("Near", latitude=37.5, longitude=69.4)
    make_incident("Far", latitude=38.6, longitude=68.8)
    make_incident("In the province", place=places["khatlon"])
    make_incident("Elsewhere", place=places["badakhshan"])
    make_incident("Somewhere")
    assert similar_to(one) == ["In the province", "Near", "Somewhere"]


def test_an_incident_that_is_not_saved_yet_is_compared_too(places):
    make_incident("Known", place=places["khatlon"])
    new = Incident(kind="armed_clash", started_on=Incident.objects.get().started_on, place=places["hamadoni"])
    assert similar_to(new) == ["Known"]
    assert similar_to(Incident(kind="armed_clash")) == []


def test_the_days_are_asked_for_in_one_query(places, django_assert_num_queries):
    for _number in range(3):
        make_incident("Known", place=places["hamadoni"])
    new = Incident(kind="armed_clash", started_on=Incident.objects.first().started_on, place=places["khatlon"])
    with django_assert_num_queries(1):
        assert len(similar_incidents(Incident.objects.all(), new)) == 3


def test_distances_are_kilometres():
    assert round(distance_between((37.0, 68.0), (38.0, 68.0))) == 111
    assert distance_between(None, (38.0, 68.0)) is None
