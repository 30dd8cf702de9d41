"""What incidents, actors and places are called elsewhere stands in their documents and in one link table."""

import csv

import pytest

from tests.factories import make_actor, make_incident, make_place, make_statement, make_user

pytestmark = pytest.mark.django_db


def rows(client, query=""):
    lines = b"".join(client.get(f"/external_ids.csv{query}").streaming_content).decode()
    return [tuple(row.values()) for row in csv.DictReader(lines.splitlines())]


def test_every_id_elsewhere_is_a_row_and_stands_in_the_document(client):
    place = make_place("Khatlon", code="TJ-KT", external_ids={"geonames": "1347488", "wikidata": "Q188780"})
    actor = make_actor("Border Force", external_ids={"ucdp": 130})
    incident = make_incident("=Clash", place=place, external_ids={"acled": "TAJ1", "ucdp_ged": "5"})
    make_statement(incident, speaker=actor)
    incident.publish(by=make_user())

    found = rows(client)

    assert found == [
        ("incident", incident.public_id, "'=Clash", "acled", "TAJ1"),
        ("incident", incident.public_id, "'=Clash", "ucdp_ged", "5"),
        ("actor", "AC-1", "Border Force", "ucdp", "130"),
        ("place", "khatlon", "Khatlon", "geonames", "1347488"),
        ("place", "khatlon", "Khatlon", "iso3166", "TJ-KT"),
        ("place", "khatlon", "Khatlon", "wikidata", "Q188780"),
    ]
    assert client.get(f"/api/v1/incidents/{incident.public_id}/").json()["external_ids"] == {"acled": "TAJ1", "ucdp_ged": "5"}
    assert rows(client, "?as_of=2020-01-01") == [row for row in found if row[0] == "place"], "nothing else was public then"
    assert client.get("/external_ids.csv?place=khatlon").status_code == 400
