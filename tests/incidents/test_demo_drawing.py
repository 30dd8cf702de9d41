"""What is drawn of the demonstration record, taken along and compared: of the same day and with the same filters."""

import pytest

from tests.incidents.test_drawing_files import drawing, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_record")]


def test_the_map_of_another_day_draws_what_stood_then(client):
    assert ": 1 incident, 5 killed" in client.get("/map/?as_of=2025-12-28").content.decode()
    assert ": 2 incidents, 9 killed" in client.get("/map/").content.decode()


def test_a_tally_is_taken_along_with_its_filters_its_day_and_its_source(client):
    asked = "?by=province&as_of=2025-12-28"
    page = client.get(f"/tallies/{asked}").content.decode()
    assert all(f'href="/tallies.{form}?by=province&amp;as_of=2025-12-28"' in page for form in ("svg", "csv"))
    words = drawing(client.get(f"/tallies.svg{asked}"))
    assert "Killed, by province" in words and "Khatlon" in words and "http://testserver/tallies/?by=province&as_of=2025-12-28T" in words
    *rows, total = table(client.get(f"/tallies.csv{asked}"))
    answered = client.get(f"/api/v1/tallies/{asked}").json()
    assert [(row["key"], row["best"], row["ids"].split(";")) for row in rows] == [
        (row["key"], str(row["best"]), row["ids"]) for row in answered["rows"]
    ]
    assert (total["by"], total["best"], total["as_of"][:10]) == ("total", str(answered["total"]["best"]), "2025-12-28")


def test_a_tally_that_cannot_be_understood_is_no_file(client):
    assert {client.get(f"/tallies.{form}?since=never").status_code for form in ("svg", "csv")} == {400}


def test_what_nobody_reported_is_blank_and_never_zero_in_the_table_of_a_tally(client):
    assert {row["best"] for row in table(client.get("/tallies.csv?measure=injured"))} == {""}


def test_as_of_goes_along_with_the_steps(client):
    page = client.get("/incidents/BW-2025-0001/?as_of=2025-12-28").content.decode()
    assert "/incidents/BW-2025-0001/killed.csv?as_of=2025-12-28" in page
    then, now = (table(client.get(f"/incidents/BW-2025-0001/killed.csv{day}")) for day in ("?as_of=2025-12-28", ""))
    assert then and len(then) < len(now)


def test_a_measure_that_nobody_reports_has_no_file(client):
    assert client.get("/incidents/BW-2025-0003/injured.csv").status_code == 404
    assert client.get("/incidents/BW-2025-0003/eaten.csv").status_code == 404


def test_statements_have_their_figures_as_numbers_and_every_kind_of_record_is_compared(client):
    found = client.get("/api/v1/statements/ST-1/editions/compare/").json()
    assert found["record"] == "statement" and {"numbers", "fields"} < set(found)
    for name in ("actors/AC-1", "sources/SO-1", "articles/AR-1"):
        assert client.get(f"/api/v1/{name}/editions/compare/").json()["numbers"] == []
