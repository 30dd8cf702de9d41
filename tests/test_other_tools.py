"""Other people's tools read our files as they are: pandas, geojson-pydantic, frictionless and openpyxl, without an option."""

import io
import json

import openpyxl
import pytest
from django.core.management import call_command

from incidents.exports.dataset import RESOURCES
from incidents.exports.tables import LAYOUTS

pd = pytest.importorskip("pandas")
CSV_FILES = [f"/{name}.csv" for name in "incidents statements figures participants actors articles sources places external_ids".split()]
CSV_FILES += [f"/api/v1/incidents.csv?layout={layout}" for layout in LAYOUTS]


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.content[:300] if not answer.streaming else "")
    return io.BytesIO(b"".join(answer.streaming_content))


@pytest.fixture
def package(demo_record, tmp_path):
    """The folder of the whole data set."""
    call_command("export_dataset", tmp_path / "package", site="https://border.example", verbosity=0)
    return tmp_path / "package"


def listed(client, path):
    """The ids of a list by the API."""
    return [item["id"] for item in client.get(f"/api/v1/{path}/?limit=200").json()["results"]]


@pytest.mark.parametrize("path", CSV_FILES)
def test_pandas_reads_every_csv_file(demo_record, client, path):
    content = read(client, path).getvalue()
    table = pd.read_csv(io.BytesIO(content))
    assert len(table) > 0 and list(table.columns) == content.decode().splitlines()[0].split(",")


def test_pandas_reads_numbers_as_numbers_and_blanks_as_missing(demo_record, client):
    table = pd.read_csv(read(client, "/incidents.csv"))
    assert list(table["id"]) == listed(client, "incidents")
    assert table["killed_best"].sum() == 14 and table["latitude"].between(36, 42).all()
    assert (table["killed_best"].isna() == (table["killed_state"] != "counted")).all()
    ged = pd.read_csv(read(client, "/api/v1/incidents.csv?layout=ucdp-ged"))
    assert ged["best"].sum() == ged[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum().sum() == 14


def test_pandas_joins_the_link_tables(demo_record, client):
    tables = {name: pd.read_csv(read(client, f"/{name}.csv")) for name in ("incidents", "statements", "figures", "participants")}
    figures = tables["figures"].merge(tables["statements"], left_on="statement", right_on="id", validate="many_to_one")
    assert len(figures) == len(tables["figures"])
    about_one = tables["figures"].dropna(subset=["incident"])
    assert 0 < len(about_one.merge(tables["incidents"], left_on="incident", right_on="id")) == len(about_one)
    assert len(tables["participants"].merge(tables["incidents"], left_on="incident", right_on="id")) == len(tables["participants"])


@pytest.mark.parametrize("name", ["incidents", "statements", "actors", "articles", "sources"])
def test_pandas_reads_json_lines(demo_record, client, name):
    table = pd.read_json(read(client, f"/api/v1/{name}.jsonl"), lines=True)
    assert list(table["id"]) == listed(client, name)


def test_geojson_pydantic_accepts_the_features(demo_record, client):
    geojson = pytest.importorskip("geojson_pydantic")
    found = geojson.FeatureCollection.model_validate_json(read(client, "/incidents.geojson").getvalue())
    assert [feature.id for feature in found.features] == listed(client, "incidents")
    assert all(36 < feature.geometry.coordinates.latitude < 42 for feature in found.features)
    assert all(feature.properties["place_precision"] for feature in found.features)


@pytest.mark.parametrize("path", ["/incidents", "/statements", "/figures", "/actors", "/articles", "/sources", "/places", "/external_ids"])
def test_openpyxl_and_pandas_read_both_sheets(demo_record, client, path):
    file = read(client, f"{path}.xlsx")
    book = openpyxl.load_workbook(file)
    readme, sheet = book.worksheets
    assert (readme.title, sheet.title) == ("README", path[1:])
    told = {row[0].value: row[1].value for row in readme.iter_rows() if row[0].value}
    assert told["Licence"].startswith("CC BY 4.0") and told["Filters"] and told["Made at"] and told["As of"] == "now"
    columns = [cell.value for cell in sheet[1]]
    assert all(told[name] for name in columns), "every column has its meaning"
    assert list(pd.read_excel(file, sheet_name=sheet.title).columns) == columns
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], "no cell is a formula"


def test_numbers_in_a_workbook_are_numbers(demo_record, client):
    sheet = openpyxl.load_workbook(read(client, "/incidents.xlsx"))["incidents"]
    columns = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        found = dict(zip(columns, row, strict=True))
        assert isinstance(found["latitude"].value, float) and isinstance(found["edition"].value, int)
        assert found["killed_best"].value is None or isinstance(found["killed_best"].value, int)
        assert isinstance(found["id"].value, str)


def test_frictionless_finds_no_error_in_the_package(package):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert report.stats["tasks"] == len(json.loads((package / "datapackage.json").read_text())["resources"]) > len(RESOURCES)
    rows = frictionless.Package(str(package / "datapackage.json")).get_resource("incidents").read_rows()
    assert len(rows) == len((package / "incidents.jsonl").read_text().splitlines())


def test_frictionless_notices_a_byte_that_was_changed_and_a_row_that_leads_nowhere(package):
    frictionless = pytest.importorskip("frictionless")
    for name, before, after in (("incidents.csv", "armed_clash", "armed_crash"), ("figures.csv", ",ST-1,", ",ST-999,")):
        path = package / name
        path.write_text(path.read_text().replace(before, after, 1))
    found = {kind for (kind,) in frictionless.validate(str(package / "datapackage.json")).flatten(["type"])}
    assert {"hash-count", "foreign-key"} <= found
