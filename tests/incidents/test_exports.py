"""Whole lists as files: same rows, same numbers as the API; nothing that a spreadsheet would run."""

import csv
import io
import json

import openpyxl
import pytest

from borderwatch.files.cells import cell, neutral, undone
from incidents.exports.crosswalk import ACLED_EVENTS, ACLED_INTER, UCDP_VIOLENCE
from incidents.models import Actor, Incident
from tests.factories import make_user, publish_incident

pytestmark = pytest.mark.django_db


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:300]
    return b"".join(answer.streaming_content)


def rows(client, path):
    return list(csv.DictReader(io.StringIO(read(client, path).decode(), newline="")))


def test_what_nobody_reported_is_blank_and_not_zero(client):
    publish_incident(killed={"low": None, "wording": "several"})
    (row,) = rows(client, "/incidents.csv")
    assert (row["killed_best"], row["killed_state"], row["injured_best"], row["injured_state"]) == ("", "uncounted", "", "not_reported")
    assert rows(client, "/api/v1/incidents.csv?layout=acled")[0]["fatalities"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''-x"])
def test_a_text_that_would_run_is_neutralised_so_that_it_can_be_undone(text):
    assert neutral(text) == f"'{text}" and undone(neutral(text)) == text


@pytest.mark.parametrize(
    "value, shown", [(-5, -5), (-0.5, -0.5), ("'quoted'", "'quoted'"), (None, ""), (False, "false"), (["a", "b"], "a;b")]
)
def test_other_cells_stay_what_they_are(value, shown):
    assert cell(value) == shown
    assert not isinstance(shown, str) or undone(shown) == shown


def test_a_formula_in_a_title_runs_in_no_spreadsheet(client):
    publish_incident(title='=HYPERLINK("https://example.org")')
    assert rows(client, "/incidents.csv")[0]["title"].startswith("'=")
    sheet = openpyxl.load_workbook(io.BytesIO(read(client, "/incidents.xlsx")))["incidents"]
    assert sheet.cell(2, 3).data_type == "s" and sheet.cell(2, 3).value.startswith("=HYPERLINK")


def test_an_incident_without_a_point_has_no_geometry(client):
    publish_incident()
    assert json.loads(read(client, "/incidents.geojson"))["features"][0]["geometry"] is None


def test_a_file_refuses_what_it_does_not_know(client):
    for path in ("/incidents.csv?layout=xls", "/incidents.geojson?layout=acled", "/incidents.csv?nonsense=1", "/incidents.csv?limit=5"):
        answer = client.get(path)
        assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json", path


def test_every_kind_has_a_name_in_the_other_data_sets():
    kinds = set(Incident.Kind.values)
    assert set(ACLED_EVENTS) == set(UCDP_VIOLENCE) == kinds and set(ACLED_INTER) == set(Actor.Kind.values)


def test_a_file_is_not_sent_again_while_nothing_was_published(client):
    publish_incident(by=make_user())
    tag = client.get("/incidents.csv")["ETag"]
    assert client.get("/incidents.csv", headers={"if-none-match": tag}).status_code == 304
