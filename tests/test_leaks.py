"""Nothing unpublished leaks: no planted word reaches a reader, and what was withdrawn is gone."""

import re

import pytest
from django.contrib.auth import get_user_model

from borderwatch.published import public_kinds
from incidents.models import Incident
from tests.public_addresses import QUERIES, addresses, routes, whole_answer
from tests.sentinels import WORD, plant_beside_what_is_public, plant_drafts


def test_every_public_route_is_listed():
    assert set(routes()) == set(QUERIES), "list the new route in tests/public_addresses.py, or take the old one out"


@pytest.fixture
def record(demo_record, db):
    """The demo record; its editor."""
    return get_user_model().objects.get(username="editor")


DIGESTS = re.compile(rb"[0-9a-f]{32,}")
"""Digests and ETags hold any five digits now and then."""


def test_no_planted_word_reaches_a_reader(record, client):
    public = Incident.objects.filter(public_id__isnull=False).order_by("pk")
    plant_drafts(public.last().place)
    for incident in public:
        plant_beside_what_is_public(incident)

    for address in addresses():
        answer = whole_answer(client, address)
        assert not answer.startswith(b"500"), address
        assert WORD.encode() not in answer.lower(), f"{address} shows an unpublished word"
        assert b"77001" not in DIGESTS.sub(b"", answer), f"{address} shows an unpublished number"


def test_drafts_are_no_oracle_for_searches_and_filters(record, client):
    sources, _article, actor, incidents = plant_drafts(Incident.objects.first().place)
    plant_beside_what_is_public(Incident.objects.filter(public_id__isnull=False).first())
    without = client.get("/incidents/?q=neverwrittenanywhere").content.replace(b"neverwrittenanywhere", b"")
    for word in (f"{WORD}1", incidents[0].title, actor.name):
        assert client.get("/incidents/", {"q": word}).content.replace(word.encode(), b"") == without
    for address in (f"/incidents/{incidents[0].slug}/", f"/actors/{actor.slug}/", f"/sources/{sources.slug}/"):
        assert client.get(address).status_code == 404


def test_a_withdrawn_incident_is_gone_everywhere_but_in_its_past(record, client):
    incident = Incident.objects.get(public_id="BW-2026-0001")
    title = incident.title
    incident.withdraw(by=record, reason="Withdrawn for the test.")
    gone = client.get(f"/incidents/BW-2026-0001/{incident.slug}/")
    assert gone.status_code == 410 and b"Withdrawn for the test." in gone.content
    allowed = re.compile(r"as_of=|/editions/|/changes/|/corrections|/incidents/BW-2026-0001/")
    for address in addresses():
        if not allowed.search(address):
            assert title.encode() not in whole_answer(client, address), address


def test_every_older_edition_stays_readable(record, client):
    for model in public_kinds().values():
        for row in model.objects.filter(is_tombstone=False):
            assert client.get(f"/{model.list_name}/{row.public_id}/editions/{row.number}/").status_code == 200, row
