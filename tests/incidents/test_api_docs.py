"""docs/api.md says what the API does: its examples run, its tables are complete."""

import re
import shlex
from pathlib import Path

import pytest

from borderwatch.api import changes
from borderwatch.files.packages import type_of
from incidents.exports import crosswalk, layouts
from incidents.exports.dataset import RESOURCES
from incidents.filters import ActorFilter, IncidentFilter, PlaceFilter, StatementFilter, TallyFilter
from sources.filters import ArticleFilter, SourceFilter
from tests.demo_record import demo_record  # noqa: F401

DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
EXAMPLES = [shlex.split(line)[1].removeprefix("http://127.0.0.1:8000") for line in DOCS.splitlines() if line.startswith("curl ")]
SETS = (IncidentFilter, StatementFilter, ActorFilter, PlaceFilter, TallyFilter, ArticleFilter, SourceFilter, changes.ChangeFilter)


@pytest.mark.django_db
@pytest.mark.parametrize("address", EXAMPLES)
def test_every_example_finds_something(demo_record, client, address):  # noqa: F811
    answer = client.get(address)
    assert answer.status_code == 200
    if answer["Content-Type"] == "application/json":
        found = answer.json()
        assert found.get("results") or found.get("rows") or found.get("id")
    else:
        assert b"".join(answer.streaming_content).count(b"\n") > 1


def test_every_parameter_is_documented():
    documented = set(re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in DOCS.splitlines() if line.startswith("| `"))))
    assert documented == {name for filterset_class in SETS for name in filterset_class.base_filters}


def test_the_crosswalk_is_documented():
    rows = re.findall(r"^\| (\w+) \| ([^|]+) \| ([^|]+) \| (\d) \|$", DOCS, re.MULTILINE)
    assert {kind: (event, sub_event) for kind, event, sub_event, _code in rows} == crosswalk.ACLED_EVENTS
    assert {kind: int(code) for kind, _event, _sub_event, code in rows} == crosswalk.UCDP_VIOLENCE


@pytest.mark.parametrize("name, columns", [("ACLED", layouts.ACLED), ("UCDP GED", layouts.UCDP_GED)])
def test_the_columns_are_documented_in_their_order(name, columns):
    listed = re.search(rf"^{name}: ((?:`\w+`\s)+)", DOCS, re.MULTILINE)[1]
    assert re.findall(r"\w+", listed) == columns


@pytest.mark.parametrize("table", [resource.table for resource in RESOURCES], ids=lambda table: table.name)
def test_every_column_of_our_tables_is_documented(table):
    told = (Path(__file__).parents[2] / "docs" / "columns.md").read_text()
    section = re.search(rf"^## {table.name}\.csv\n(.*?)(?=^## |\Z)", told, re.MULTILINE | re.DOTALL)[1]
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?)(?: → (\w+)\.csv)? \|$", section, re.MULTILINE)
    assert rows == [(name, type_of(name), meaning, table.links.get(name, "")) for name, meaning in table.columns.items()]
