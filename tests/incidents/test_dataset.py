"""The whole data set as a package: complete, described, checked, the same bytes for the same record."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from tests.demo_record import demo_record  # noqa: F401

pytestmark = pytest.mark.django_db


def packed(client, query=""):
    return b"".join(client.get(f"/api/v1/dataset.zip{query}").streaming_content)


def unpacked(client, query=""):
    with zipfile.ZipFile(io.BytesIO(packed(client, query))) as package:
        return {name.removeprefix("borderwatch/"): package.read(name) for name in package.namelist()}


def test_the_package_holds_every_table_under_its_checksum(demo_record, client):  # noqa: F811
    files = unpacked(client)
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"}
    assert {"incidents.csv", "incidents.jsonl", "figures.csv", "places.csv", "datapackage.json", "README.md"} <= files.keys()


def test_the_package_describes_every_column_by_its_type(demo_record, client):  # noqa: F811
    files = unpacked(client)
    reading = {"integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__}
    for resource in json.loads(files["datapackage.json"])["resources"]:
        content = files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        if resource["format"] == "csv":
            fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
            for row in csv.DictReader(io.StringIO(content.decode(), newline="")):
                assert list(row) == list(fields)
                assert all(reading.get(fields[name], str)(value) is not None for name, value in row.items() if value)


def test_the_same_record_gives_the_same_bytes(demo_record, client):  # noqa: F811
    assert packed(client) == packed(client)


def test_a_package_of_another_day_holds_the_record_of_that_day(demo_record, client):  # noqa: F811
    assert len(unpacked(client, "?as_of=2025-12-02")["incidents.jsonl"].splitlines()) == 2


def test_the_command_writes_the_same_files_into_an_empty_folder_only(demo_record, client, tmp_path):  # noqa: F811
    call_command("export_dataset", tmp_path / "new", site="http://testserver", verbosity=0)
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == unpacked(client)
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_dataset", tmp_path / "new")
    with pytest.raises(CommandError, match="as-of"):
        call_command("export_dataset", tmp_path / "other", as_of="2999-01-01")
