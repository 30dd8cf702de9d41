"""What stands behind the rows of a tally, and which rows a page shows of many."""

import pytest

from incidents.pages import behind_rows
from tests.factories import publish_incident


def row(key, incidents=1):
    return {"key": key, "incidents": incidents}


def test_of_many_periods_the_latest_are_shown_and_of_many_others_those_with_most_incidents(monkeypatch):
    monkeypatch.setattr(behind_rows, "MOST_ROWS", 2)
    rows = [row("2023", 9), row("2024", 1), row("2025", 5)]
    assert [one["key"] for one in behind_rows.shown(rows, "year", False)] == ["2024", "2025"]
    assert [one["key"] for one in behind_rows.shown(rows, "actor", False)] == ["2023", "2025"]
    assert behind_rows.shown(rows, "actor", True) == rows


@pytest.mark.parametrize(("key", "days"), [("2024-02", ("2024-02-01", "2024-02-29")), ("2025", ("2025-01-01", "2025-12-31"))])
def test_a_period_has_its_first_and_last_day(key, days):
    assert behind_rows.days_of(key) == days


@pytest.mark.django_db
def test_a_tally_of_many_rows_shows_some_and_leads_to_all(client, monkeypatch):
    monkeypatch.setattr(behind_rows, "MOST_ROWS", 1)
    for month in ("10", "11", "12"):
        publish_incident(title=f"Clash of {month}", started_on=f"2025-{month}-05")
    page = client.get("/tallies/?kind=armed_clash").content.decode()
    assert "2 more rows are not shown here." in page and "Clash of 11" not in page
    assert "/tallies/?kind=armed_clash&amp;all=1" in page
    assert "/incidents/?kind=armed_clash&amp;since=2025-12-01&amp;until=2025-12-31" in page
    whole = client.get("/tallies/?kind=armed_clash&all=1").content.decode()
    assert "Clash of 10" in whole and "not shown" not in whole and "/api/v1/tallies/?kind=armed_clash&quot;" not in whole
    assert 'href="/api/v1/tallies/?kind=armed_clash"' in whole
