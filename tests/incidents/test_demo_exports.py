"""Files of the demonstration record: the rows of the list, the numbers of the record."""

import csv
import io
import json

import openpyxl
import pytest

from incidents.published import PublishedIncident
from tests.demo_record import demo_record  # noqa: F401

pytestmark = pytest.mark.django_db


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:300]
    return b"".join(answer.streaming_content)


def rows(client, path):
    return list(csv.DictReader(io.StringIO(read(client, path).decode(), newline="")))


def test_files_hold_the_rows_of_the_list_in_its_order(demo_record, client):  # noqa: F811
    query = "?ordering=-killed&kind=armed_clash"
    listed = [item["id"] for item in client.get(f"/api/v1/incidents/{query}").json()["results"]]
    assert [row["id"] for row in rows(client, f"/incidents.csv{query}")] == listed
    assert [json.loads(line)["id"] for line in read(client, f"/api/v1/incidents.jsonl{query}").splitlines()] == listed
    assert [feature["id"] for feature in json.loads(read(client, f"/incidents.geojson{query}"))["features"]] == listed
    sheet = openpyxl.load_workbook(io.BytesIO(read(client, f"/incidents.xlsx{query}")))["incidents"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == listed


def test_a_file_of_another_day_holds_the_record_of_that_day(demo_record, client):  # noqa: F811
    assert len(rows(client, "/incidents.csv?as_of=2025-12-02")) == 2
    assert len(read(client, "/incidents.jsonl?as_of=2025-12-28").splitlines()) == 3


def test_acled_and_ucdp_layouts_have_their_columns_and_our_numbers(demo_record, client):  # noqa: F811
    acled, ged = (rows(client, f"/api/v1/incidents.csv?layout={layout}") for layout in ("acled", "ucdp-ged"))
    assert (len(acled[0]), len(ged[0])) == (31, 49)
    assert sum(int(row["fatalities"]) for row in acled) == sum(int(row["best"]) for row in ged) == 14
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert all(sum(int(row[part]) for part in parts) == int(row["best"]) for row in ged)
    assert any(row["sub_event_type"] == "Air/drone strike" for row in acled)


def test_figures_join_by_incident_and_together_figures_name_all_of_theirs(demo_record, client):  # noqa: F811
    found = rows(client, "/figures.csv")
    assert any(row["incident"].startswith("BW-") for row in found)
    assert any(not row["incident"] and ";" in row["incidents"] for row in found)
    statements = {row["id"] for row in rows(client, "/statements.csv")}
    assert {row["statement"] for row in found} <= statements
    assert {row["incident"] for row in rows(client, "/participants.csv")} <= {row["id"] for row in rows(client, "/incidents.csv")}


def test_an_uncertain_place_says_so_beside_its_point(demo_record, client):  # noqa: F811
    feature = json.loads(read(client, "/incidents.geojson?kind=armed_clash"))["features"][0]
    longitude, latitude = feature["geometry"]["coordinates"]
    assert 60 < longitude < 75 and 36 < latitude < 42
    assert feature["properties"]["place_precision"] == 4 and feature["properties"]["coordinates_are_exact"] is False


@pytest.mark.parametrize("path", ["/incidents.csv", "/incidents.geojson"])
def test_ready_lines_are_those_that_the_documents_give(demo_record, client, path):  # noqa: F811
    ready = read(client, path)
    assert b"http://testserver/incidents/BW-2025-0001/" in ready
    PublishedIncident.objects.filter(public_id="BW-2025-0002").update(csv_line="", feature="")
    assert read(client, path) == ready
    assert PublishedIncident.objects.current().filter(csv_line__contains=",/incidents/", feature__contains='"url": "/').count() == 3
