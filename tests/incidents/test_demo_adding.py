"""Tallies of the demo, which has figures for several incidents together, as the database adds them up and as its documents do."""

import pytest

from incidents.tallies import BY
from incidents.tallying.adding import Rows, earliest_of_all, kept
from incidents.tallying.counted import CountedIncident
from tests.incidents.test_adding import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_record")]

CHOSEN = ["&since=2025-12-01", "&kind=armed_clash", "&country=TJ", "&q=border", "&killed_min=2"]
CHOSEN += ["&place=khatlon", "&evidence=disputed", "&until=1990-01-01", "&bbox=60,30,70,40", "&updated_since=2025-12-30T00:00:00Z"]


def test_every_tally_is_that_of_the_documents(monkeypatch):
    assert not list(differences(monkeypatch, CHOSEN))


@pytest.mark.parametrize("by", BY)
def test_the_first_incidents_behind_each_row_are_the_same_one_by_one_and_all_at_once(by):
    every = Rows(CountedIncident.objects.all(), by, "killed")
    first = {key: sorted(ids) for key, ids in every.earliest(2).items()}
    assert first == {key: sorted(ids) for key, ids in earliest_of_all(by, list(first), "killed", 2).items()}
    assert set(first) == set(kept(by, "killed")) and all(set(ids) <= set(every.ids()[key]) for key, ids in first.items())
