"""The API over the record: what records, editions, changes, tallies and comparisons answer."""

import pytest

from borderwatch.models import Edition
from tests.factories import make_figure, make_incident, make_user, publish_incident

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def get(client):
    def get(path, status=200):
        answer = client.get(API + path)
        assert answer.status_code == status, answer.content[:500]
        return answer.json()

    return get


# Records


def test_a_record_is_found_by_id_and_by_every_slug_it_had(get):
    incident = publish_incident(slug="first-slug")
    incident.slug = "second-slug"
    incident.save()
    incident.publish(by=make_user())
    assert {get(f"incidents/{name}/")["id"] for name in ("BW-2025-0001", "first-slug", "second-slug")} == {"BW-2025-0001"}


def test_a_withdrawn_record_answers_with_its_tombstone_and_keeps_its_past(get):
    incident = publish_incident()
    incident.withdraw(by=make_user(), reason="It did not happen.")
    gone = get("incidents/BW-2025-0001/", 410)
    assert gone["id"] == "BW-2025-0001" and gone["reason"] == "It did not happen." and gone["withdrawn_at"]
    assert get("incidents/")["count"] == 0
    assert get("incidents/BW-2025-0001/editions/1/")["toll"]["killed"]["best"] == 5
    assert [edition["kind"] for edition in get("incidents/BW-2025-0001/editions/")["results"]] == ["new", "withdrawal"]
    get("incidents/BW-2025-0001/editions/2/", 410)


def test_an_edition_shows_the_record_as_it_stood_then(get):
    incident = publish_incident(title="First title", killed=5)
    incident.title = "Second title"
    incident.save()
    incident.publish(by=make_user(), note="A better title.")
    assert [get(f"incidents/BW-2025-0001/editions/{number}/")["title"] for number in (1, 2)] == ["First title", "Second title"]
    get("incidents/BW-2025-0001/editions/3/", 404)


def test_a_merged_record_leads_to_its_successor(client):
    first, second = publish_incident(killed=5), publish_incident(killed=5)
    second.merge_into(first, by=make_user(), note="One and the same.")
    answer = client.get(API + "incidents/BW-2025-0002/?fields=id")
    assert (answer.status_code, answer["Location"]) == (301, "http://testserver/api/v1/incidents/BW-2025-0001/?fields=id")
    assert client.get(API + "incidents/BW-2025-0002/editions/1/").status_code == 200
    assert client.get(API + "incidents/BW-2025-0002/editions/2/").status_code == 410


# Changes


def test_changes_follow_the_ledger_and_name_what_changed(get):
    incident = publish_incident(killed=5)
    statement = incident.statements.get()
    statement.figures.update(low=7, best=7, high=7)
    statement.text = "Seven, they said."
    statement.save()
    statement.publish(by=make_user(), kind="correction", note="Seven, not five.")
    found = get("changes/")["results"]
    assert [change["sequence"] for change in found] == list(Edition.objects.order_by("sequence").values_list("sequence", flat=True))
    correction, figures = found[-2:]
    assert correction["record"] == "statement" and correction["kind"] == "correction" and correction["note"] == "Seven, not five."
    assert {"field": "figures.FG-1.best", "before": 5, "after": 7} in correction["changed"]
    assert figures["kind"] == "figures" and {"field": "toll.killed.best", "before": 5, "after": 7} in figures["changed"]


def test_changes_go_on_after_a_sequence(get):
    publish_incident()
    first = get("changes/?limit=2")
    rest = get(first["next"].split(API)[1])["results"]
    assert [change["sequence"] for change in first["results"]] == [1, 2] and rest[0]["sequence"] == 3
    last = Edition.objects.count()
    assert get(f"changes/?after={last}") == {
        "count": 0, "count_is_exact": True, "next": None, "previous": None, "as_of": None, "results": [],
    }  # fmt: skip
    assert get(f"changes/{last}/")["sequence"] == last


def test_changes_say_nothing_of_a_draft_that_a_statement_names(get):
    incident = publish_incident(title="Public", killed=5)
    statement = incident.statements.get()
    draft = make_incident("Draft of something")
    statement.statement_incidents.create(incident=draft)
    make_figure(statement, incident=draft, low=77001, best=77001, high=77001)
    statement.save()
    statement.publish(by=make_user())
    change = next(change for change in get("changes/")["results"][::-1] if change["record"] == "statement")
    assert "77001" not in str(change) and str(draft.uid) not in str(change)
    assert not [entry for entry in change["changed"] if entry["field"].startswith("incidents.1")]
