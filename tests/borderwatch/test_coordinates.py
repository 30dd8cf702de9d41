"""Points as people paste them."""

import pytest

from borderwatch.desk.coordinates import NotAPoint, read_point
from tests.desk import desk_url, errors, save, signed_in
from tests.factories import make_incident


@pytest.mark.parametrize(
    "text",
    [
        "37.2, 68.9",
        "37.2 68.9",
        "37,2 68,9",
        "37,2; 68,9",
        "37.2N 68.9E",
        "N37.2 E68.9",
        "68.9E, 37.2N",
        "37°12′N 68°54′E",
        "37°12'0\"N, 68°54'0\"E",
        "37° 12′ 00″ N 68° 54′ 00″ E",
        "geo:37.2,68.9",
    ],
)
def test_a_point_is_read(text):
    assert read_point(text) == (37.2, 68.9)


def test_south_and_west_are_negative():
    assert read_point("33.9S 70.7W") == read_point("-33.9, -70.7") == (-33.9, -70.7)


@pytest.mark.parametrize("text", ["", "37.2", "near Panj", "98.9, 37.2", "37.2N 68.9N", "37.2, 68.9, 12", "nan, nan", "1e3, 4"])
def test_what_is_no_point_is_refused(text):
    with pytest.raises(NotAPoint):
        read_point(text)


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["latitude", "longitude"])
def test_a_point_in_one_field_of_the_form_fills_both(field):
    incident = make_incident()
    response = save(signed_in("contributor"), desk_url(incident), **{field: "37°12′N 68°54′E"})
    assert response.status_code == 302, errors(response)
    incident.refresh_from_db()
    assert (incident.latitude, incident.longitude) == (37.2, 68.9)


@pytest.mark.django_db
def test_a_latitude_that_is_none_is_refused_with_an_example():
    assert "37.2, 68.9" in errors(save(signed_in("contributor"), desk_url(make_incident()), latitude="north"))
