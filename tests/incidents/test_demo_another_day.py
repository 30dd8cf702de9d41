"""Tallies of every day of the demo, as the database adds them up and as the documents of that day do."""

import pytest

from tests.incidents.test_another_day import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_record")]

QUESTIONS = [f"by={by}" for by in ("month", "province", "group", "actor", "source")]
QUESTIONS += ["by=nationality&group=civilians", "by=year&q=border"]


def test_every_tally_of_every_day_is_that_of_its_documents(monkeypatch):
    assert not list(differences(monkeypatch, QUESTIONS))
