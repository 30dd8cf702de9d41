"""What pages draw can be taken along: as a drawing and as a table, of the same day and with the same filters."""

import csv
from xml.etree import ElementTree

import pytest

from tests.factories import make_article, make_statement, make_user, publish_incident


def drawing(answer):
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("image/svg+xml")
    return " ".join(" ".join(ElementTree.fromstring(answer.content).itertext()).split())


def table(answer):
    assert answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(answer.content.decode().splitlines()))


@pytest.fixture
def counted_twice(db):
    incident = publish_incident(title="Clash & <fire>", killed=3)
    make_statement(incident, killed=7, said_on="2025-12-27", article=make_article(published_on="2025-12-27"))
    statement = incident.statements.first()
    statement.said_on = "2025-12-24"
    statement.save()
    statement.publish(by=make_user())
    incident.publish(by=make_user())
    return incident


def test_the_steps_of_a_count_are_taken_along(counted_twice, client):
    page = client.get("/incidents/BW-2025-0001/", follow=True).content.decode()
    assert all(f'href="/incidents/BW-2025-0001/killed.{form}"' in page for form in ("svg", "csv"))
    number = client.get("/api/v1/incidents/BW-2025-0001/").json()["edition"]["number"]
    words = drawing(client.get("/incidents/BW-2025-0001/killed.svg"))
    assert "Clash & <fire>" in words and f"http://testserver/incidents/BW-2025-0001/editions/{number}/" in words
    first, second = table(client.get("/incidents/BW-2025-0001/killed.csv"))
    assert (first["said_on"], first["best"], first["statements"]) == ("2025-12-24", "3", "ST-1")
    assert (second["said_on"], second["statements"], second["rule"]) == ("2025-12-27", "ST-2", "BW-1")


def test_the_steps_of_another_day_and_of_an_old_edition_stay_on_it(counted_twice, client):
    old = client.get("/incidents/BW-2025-0001/editions/1/").content.decode()
    assert 'href="/incidents/BW-2025-0001/editions/1/killed.csv"' in old and "killed.svg" not in old
    (row,) = table(client.get("/incidents/BW-2025-0001/editions/1/killed.csv"))
    assert (row["edition"], row["best"]) == ("1", "3")
    assert client.get("/incidents/BW-2025-0001/editions/1/killed.svg").status_code == 404
