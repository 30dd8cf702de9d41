"""The API over the demonstration record."""

import pytest

from tests.demo_record import demo_record  # noqa: F401

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def get(client):
    def get(path, status=200):
        answer = client.get(API + path)
        assert answer.status_code == status, answer.content[:500]
        return answer.json()

    return get


def test_the_record_grows_as_things_became_known(demo_record, get):  # noqa: F811
    days = ("2025-11-20", "2025-12-02", "2025-12-28", "2026-01-19")
    assert [get(f"incidents/?as_of={day}")["count"] for day in days] == [0, 2, 3, 4]
    for day in days[1:]:
        for item in get(f"incidents/?as_of={day}")["results"]:
            assert get(f"incidents/{item['id']}/?as_of={day}")["toll"]["killed"] == item["toll"]["killed"]


def test_tallies_add_up_to_the_published_numbers(demo_record, get):  # noqa: F811
    tally = get("tallies/?by=month&measure=killed&since=2025-11-01&until=2026-01-18")
    assert tally["total"] | {"uncounted": 0} == {
        "incidents": 4, "low": 14, "best": 14, "high": 15, "open_ended": True, "not_reported": 0, "uncounted": 0,
    }  # fmt: skip
    assert [(row["label"], row["best"]) for row in tally["rows"]] == [("November 2025", 5), ("December 2025", 5), ("January 2026", 4)]


@pytest.mark.parametrize("by", "month year province country kind group nationality actor source evidence".split())
def test_a_tally_of_today_is_the_same_from_list_items_and_from_whole_documents(demo_record, get, by):  # noqa: F811
    now, composed = get(f"tallies/?by={by}"), get(f"tallies/?by={by}&as_of=2026-03-01")
    assert now | {"as_of": composed["as_of"]} == composed


def test_a_tally_counts_only_the_people_asked_for(demo_record, get):  # noqa: F811
    total = get("tallies/?by=year&nationality=CN")["total"]
    assert (total["low"], total["best"], total["high"]) == (5, 5, 6)
    assert get("tallies/?nationality=CN&nationality=TJ")["total"]["best"] == get("tallies/?nationality=CN")["total"]["best"] + 2


def test_the_count_of_another_is_compared(demo_record, get):  # noqa: F811
    found = get("tallies/comparisons/")["results"]
    assert any(entry["difference"] == {"incidents": 1, "killed": 2} and entry["claimed"]["killed"]["low"] == 16 for entry in found)
    assert get("tallies/comparisons/?as_of=2025-12-05")["results"] == []


def test_every_document_can_be_read_under_its_own_address(demo_record, get):  # noqa: F811
    for name in ("incidents", "statements", "articles", "sources", "actors", "places"):
        for item in get(f"{name}/?limit=5")["results"]:
            assert get(f"{name}/{item['id']}/")["id"] == item["id"]


@pytest.mark.parametrize("path", ["incidents/", "statements/?limit=200", "actors/?limit=200", "articles/", "sources/"])
def test_lists_read_a_fixed_number_of_queries(demo_record, client, django_assert_max_num_queries, path):  # noqa: F811
    with django_assert_max_num_queries(3):
        client.get(API + path)
