"""Nothing unpublished leaks: no planted word reaches a reader, and a hundred drafts change no public byte."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from borderwatch.published import public_kinds
from incidents.models import Incident
from tests.factories import make_incident, make_statement
from tests.public_addresses import QUERIES, addresses, routes
from tests.sentinels import WORD, plant_beside_what_is_public, plant_drafts

VOLATILE = re.compile(
    rb"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?[.\d]*(?:Z|[+]\d\d:\d\d)?|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"
    rb"|(?:sha256[:-])?[0-9a-f]{64}|sha256:[0-9a-f]+|\d\d:\d\d UTC|nonce-[\w+/=-]+|(?<=,)1[789]\d{8}(?=\r\n)"
)
"""Clocks, digests and nonces: what differs between two runs of the same record."""


def test_every_public_route_is_listed():
    assert set(routes()) == set(QUERIES), "list the new route in tests/public_addresses.py, or take the old one out"


@pytest.fixture
def record(db):
    """The demo record, with one incident withdrawn."""
    from incidents.demo import load

    call_command("load_gazetteer", verbosity=0)
    editor = get_user_model().objects.create_user("editor")
    load(editor)
    return editor


def whole_answer(client, address):
    """Status, headers and body of an answer as one text."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items() if name != "Content-Length").encode()
    return str(answer.status_code).encode() + b"\n" + headers + b"\n" + body


def test_no_planted_word_reaches_a_reader(record, client):
    public = Incident.objects.filter(public_id__isnull=False).order_by("pk")
    plant_drafts(public.last().place)
    for incident in public:
        plant_beside_what_is_public(incident)

    for address in addresses():
        answer = whole_answer(client, address)
        assert not answer.startswith(b"500"), address
        assert WORD.encode() not in answer.lower(), f"{address} shows an unpublished word"
        assert b"77001" not in answer, f"{address} shows an unpublished number"


def test_drafts_are_no_oracle_for_searches_and_filters(record, client):
    sources, _article, actor, incidents = plant_drafts(Incident.objects.first().place)
    plant_beside_what_is_public(Incident.objects.filter(public_id__isnull=False).first())
    without = client.get("/incidents/?q=neverwrittenanywhere").content.replace(b"neverwrittenanywhere", b"")
    for word in (f"{WORD}1", incidents[0].title, actor.name):
        assert client.get("/incidents/", {"q": word}).content.replace(word.encode(), b"") == without
    for address in (f"/incidents/{incidents[0].slug}/", f"/actors/{actor.slug}/", f"/sources/{sources.slug}/"):
        assert client.get(address).status_code == 404


def snapshot(client):
    """Every public answer, without clocks and digests."""
    return {address: VOLATILE.sub(b"", whole_answer(client, address)) for address in addresses()}


def publish_one_more(editor):
    incident = make_incident("One more clash", slug="one-more-clash", started_on="2026-01-20")
    make_statement(incident, killed=1, article=Incident.objects.first().statements.first().article)
    incident.publish(by=editor)


def test_drafts_change_no_public_byte(db, client):
    """Two records with the same releases, one with drafts before, between and beside them, answer alike."""
    from django.db import transaction

    from incidents.demo import load

    call_command("load_gazetteer", verbosity=0)
    snapshots = []
    for with_drafts in (False, True):
        with transaction.atomic():
            editor = get_user_model().objects.create_user("editor")
            place = make_incident().place
            for _each in range(20 if with_drafts else 0):
                plant_drafts(place)
            load(editor)
            if with_drafts:
                for incident in Incident.objects.filter(public_id__isnull=False):
                    plant_beside_what_is_public(incident)
            publish_one_more(editor)
            snapshots.append(snapshot(client))
            transaction.set_rollback(True)
    plain, drafted = snapshots
    assert plain.keys() == drafted.keys()
    different = {address: (plain[address], drafted[address]) for address in plain if plain[address] != drafted[address]}
    assert not different, list(different)


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
