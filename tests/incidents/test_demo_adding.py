"""Tallies of the demo, which has figures for several incidents together, as the database adds them up and as its documents do."""

import pytest

from tests.incidents.test_adding import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_record")]

CHOSEN = ["&since=2025-12-01", "&kind=armed_clash", "&country=TJ", "&q=border", "&killed_min=2"]
CHOSEN += ["&place=khatlon", "&evidence=disputed", "&until=1990-01-01", "&bbox=60,30,70,40", "&updated_since=2025-12-30T00:00:00Z"]


def test_every_tally_is_that_of_the_documents(monkeypatch):
    assert not list(differences(monkeypatch, CHOSEN))
