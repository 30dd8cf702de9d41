"""What all API addresses share: envelope, paging, conditions, errors, fields, schema."""

import json

import pytest
from django.core.cache import cache
from openapi_spec_validator import validate
from rest_framework.throttling import AnonRateThrottle

from borderwatch.published import public_kinds
from tests.factories import make_actor, make_user, publish_incident

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def get(client):
    def get(path, status=200, **headers):
        answer = client.get(API + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        assert answer.status_code == status, answer.content[:500]
        return answer

    return get


# Lists


def test_a_list_stands_in_its_envelope(get):
    publish_incident(title="Clash")
    found = get("incidents/").json()
    assert list(found) == ["count", "count_is_exact", "next", "previous", "as_of", "results"]
    assert found["count"] == 1 and found["count_is_exact"] and found["next"] is None and found["as_of"] is None
    assert found["results"][0]["url"].startswith("http://testserver/incidents/BW-2025-0001/")


def test_list_items_leave_out_what_makes_documents_long(get):
    publish_incident()
    item, document = get("incidents/").json()["results"][0], get("incidents/BW-2025-0001/").json()
    assert document.keys() - item.keys() == {"statements", "images"}
    assert document["toll"].keys() - item["toll"].keys() == {"buckets", "set_aside", "together"}
    assert document["evidence"].keys() - item["evidence"].keys() == {"differences"}


def pages(get, address):
    """The ids of every page, read by following `next`."""
    while address:
        found = get(address.removeprefix("http://testserver" + API)).json()
        yield [item["id"] for item in found["results"]]
        address = found["next"]


@pytest.mark.parametrize("ordering", ["-date", "date", "-killed", "killed", "title", "-title", "-updated", "published"])
def test_pages_neither_skip_nor_repeat_whatever_the_order_and_the_unknown_numbers(get, ordering):
    for killed in (3, None, 1, None, 3):
        publish_incident(killed=killed, started_on="2025-12-24")
    whole = [item["id"] for item in get(f"incidents/?ordering={ordering}").json()["results"]]
    assert [number for page in pages(get, f"incidents/?ordering={ordering}&limit=2") for number in page] == whole
    assert len(set(whole)) == 5


def test_a_page_goes_on_where_it_was_when_something_new_is_published(get):
    for day in (1, 3, 5):
        publish_incident(started_on=f"2025-12-0{day}")
    first = get("incidents/?limit=2&ordering=date").json()
    publish_incident(started_on="2025-12-02")
    second = get(first["next"].removeprefix("http://testserver" + API)).json()
    assert [item["date"]["start"] for item in second["results"]] == ["2025-12-05"]


def test_previous_leads_back_to_the_same_rows(get):
    for _each in range(5):
        publish_incident(killed=None)
    first = get("incidents/?limit=2&ordering=-killed").json()
    second = get(first["next"].removeprefix("http://testserver" + API)).json()
    back = get(second["previous"].removeprefix("http://testserver" + API)).json()
    assert back["results"] == first["results"] and back["previous"] is None


def test_the_link_header_names_the_pages_around(get):
    for _each in range(3):
        publish_incident()
    answer = get("incidents/?limit=1")
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'


def test_equal_rows_stand_by_number_not_by_letter(get):
    for _each in range(11):
        make_actor(name="The same").publish(by=make_user())
    assert [item["id"] for item in get("actors/").json()["results"]] == [f"AC-{number}" for number in range(1, 12)]


def test_no_answer_shows_a_uid(get):
    publish_incident()
    uids = [str(row.uid) for model in public_kinds().values() for row in model.objects.all()]
    for path in ("incidents/?limit=1", "incidents/BW-2025-0001/", "changes/", "statements/", "incidents/BW-2025-0001/editions/1/"):
        assert not [uid for uid in uids if uid in get(path).content.decode()]


# Fields


def test_fields_pick_parts_in_the_documents_own_shape(get):
    publish_incident(killed=5)
    found = get("incidents/?fields=id,toll.killed.best,toll.injured.best").json()["results"]
    assert found == [{"id": "BW-2025-0001", "toll": {"killed": {"best": 5}, "injured": None}}]
    parts = get("incidents/BW-2025-0001/?fields=statements.figures.low").json()
    assert parts == {"statements": [{"figures": [{"low": 5}]}]}


def test_an_unknown_field_is_refused_with_the_known_ones(get):
    problem = get("incidents/?fields=id,colour", 400).json()
    assert "colour" in problem["errors"]["fields"][0] and "toll" in problem["errors"]["fields"][0]


# Errors


@pytest.mark.parametrize(
    "path, status",
    [
        ("incidents/BW-2000-0001/", 404),
        ("nothing/", 404),
        ("incidents/?colour=red", 400),
        ("incidents/?since=never", 400),
        ("places/atlantis/", 404),
    ],
)
def test_errors_are_problems(get, path, status):
    answer = get(path, status)
    assert answer["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= answer.json().keys() and answer.json()["status"] == status
    assert "Set-Cookie" not in answer.headers and answer["Access-Control-Allow-Origin"] == "*"


def test_an_unknown_parameter_is_refused_with_the_known_ones(get):
    problem = get("incidents/?nonsense=1&utm_source=letter&fbclid=2", 400).json()
    assert list(problem["errors"]) == ["nonsense"] and "killed_min" in problem["errors"]["nonsense"][0]


def test_other_methods_and_other_formats_are_refused_in_the_same_words(client):
    assert client.post(API + "incidents/").json()["status"] == 405
    assert client.get(API + "incidents/", headers={"accept": "text/html;q=1, image/png"}).json()["status"] == 406
    assert client.get("/api/v9/").json()["status"] == 404


def test_an_address_without_its_slash_leads_to_the_one_with_it(client):
    assert client.get(API + "incidents?limit=1")["Location"] == API + "incidents/?limit=1"


def test_a_failure_is_told_without_its_inside(get, monkeypatch, caplog):
    monkeypatch.setattr("borderwatch.lists.paging.page", lambda *args: 1 / 0)
    assert "ZeroDivision" not in get("incidents/", 500).content.decode()
    assert "ZeroDivision" in caplog.text


def test_too_many_requests_are_told_when_to_come_back(get, monkeypatch):
    cache.clear()
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    for forged in "12":
        get("incidents/", x_forwarded_for=f"10.0.0.{forged}")
    answer = get("incidents/", 429, x_forwarded_for="10.0.0.3")
    assert int(answer["Retry-After"]) <= 61 and answer["Content-Type"] == "application/problem+json"
    cache.clear()


# Conditions and other origins


def test_an_answer_holds_until_something_is_published(get):
    publish_incident()
    answer = get("incidents/")
    assert answer["Cache-Control"] == "public, max-age=60" and answer["Last-Modified"] and not answer["ETag"].startswith("W/")
    again = get("incidents/", 304, if_none_match=answer["ETag"])
    assert again["ETag"] == answer["ETag"] and not again.content
    publish_incident()
    assert get("incidents/", if_none_match=answer["ETag"])["ETag"] != answer["ETag"]


def test_a_condition_answers_nothing_that_was_not_asked_before(get):
    publish_incident()
    tag = get("incidents/")["ETag"]
    get("incidents/BW-2000-0009/", 404, if_none_match=tag)
    get("incidents/BW-2000-0009/", 404, if_none_match="*")


def test_programs_of_other_origins_may_read(client):
    answer = client.options(API + "incidents/", headers={"origin": "https://example.org"})
    assert answer.status_code == 204 and not answer.content
    assert answer["Access-Control-Allow-Origin"] == "*" and "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_no_reader_gets_a_cookie(client):
    publish_incident()
    for path in ("incidents/", "incidents.csv", "docs/", "docs/?script=", "schema/", "nothing/"):
        assert not client.get(API + path).cookies


# The schema


@pytest.fixture
def schema(get):
    return json.loads(get("schema/").content)


def test_the_schema_validates_and_its_page_runs_no_script_of_its_own(get, schema):
    validate(schema)
    page = get("docs/").content.decode()
    assert "<style" not in page and "<script>" not in page


def test_the_schema_tells_of_every_member_of_every_document(get, schema):
    """Whoever adds a field to a document says in shapes.py what it is."""
    publish_incident()
    for record, model in public_kinds().items():
        name = record.capitalize()
        row = model.objects.current().first()
        described = schema["components"]["schemas"][name]["properties"]
        assert json.loads(row.document).keys() == described.keys(), name


def test_an_export_is_described_by_what_it_is(schema):
    assert "text/csv" in schema["paths"]["/api/v1/incidents.csv"]["get"]["responses"]["200"]["content"]
