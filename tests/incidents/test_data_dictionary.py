"""The data dictionary tells every column and every member with a meaning; the methodology quotes the rule itself."""

import re

import pytest

from incidents import toll
from incidents.pages.data_dictionary import documents, files

pytestmark = pytest.mark.django_db


def test_every_column_and_every_member_of_a_document_has_a_meaning():
    told = [(part["name"], one["name"], one["meaning"]) for part in documents() for one in part["members"]]
    told += [(file["name"], one["name"], one["meaning"]) for file in files() for one in file["columns"]]
    assert len(told) > 400
    assert not [f"{part}.{name}" for part, name, meaning in told if not meaning]


def test_every_link_of_the_dictionary_leads_somewhere_on_its_page(client):
    page = client.get("/data/dictionary/").content.decode()
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    for said in ("incidents.csv", "killed_best", "alleged_attacker", "Said to have attacked", "Schema 1", "BW-1"):
        assert said in page, said


def test_the_schema_says_what_members_mean(client):
    schema = client.get("/api/v1/schema/").json()["components"]["schemas"]
    assert "never 0" in schema["Count"]["properties"]["best"]["description"]


def test_the_methodology_quotes_the_rule_as_the_program_states_it(client):
    page = " ".join(client.get("/methodology/").content.decode().split())
    assert "Nobody types a toll." in page and "<bdi>BW-1</bdi>" in page and "people_total" in page
    assert toll.RULE == "BW-1"
