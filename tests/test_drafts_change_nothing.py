"""Two records with the same releases, one of them full of drafts, cannot be told apart by readers."""

import re
from collections import Counter

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction

from incidents.demo import load
from incidents.models import Incident
from tests.factories import make_incident, make_statement
from tests.public_addresses import addresses, whole_answer
from tests.sentinels import plant_beside_what_is_public, plant_drafts

VOLATILE = re.compile(
    rb"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?[.\d]*(?:Z|[+]\d\d:\d\d)?|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"
    rb"|ETag: \"[0-9a-f]+\"|(?:\d\d? \w+ \d{4}, )?\d\d:\d\d(?:</time>)? UTC|nonce-[\w+/=-]+|(?<=,)1[789]\d{8}(?=\r\n)"
    rb"|(?:sha256[:-])?[0-9a-f]{64}|sha256:[0-9a-f]+"
)
"""Clocks, digests and nonces: what differs between two runs of the same record."""


def snapshot(client, most, questions, progress):
    """Every public answer, without clocks and digests; of each page at most so many `questions`."""
    asked = Counter()
    found = {}
    for address in addresses(most):
        path = address.split("?")[0]
        asked[path] += 1
        if asked[path] <= questions:
            found[address] = VOLATILE.sub(b"", whole_answer(client, address))
            progress(f"{len(found):,} answers of this record kept")
    return found


def publish_one_more(editor):
    incident = make_incident("One more clash", slug="one-more-clash", started_on="2026-01-20")
    make_statement(incident, killed=1, article=Incident.objects.first().statements.first().article)
    incident.publish(by=editor)


def test_drafts_change_no_public_byte(db, client, is_long, size, progress, record_property):
    """Two records with the same releases, one with drafts before, between and beside them, answer alike."""
    call_command("load_gazetteer", verbosity=0)
    snapshots, drafts = [], size("DRAFTS", 3, 67)
    for with_drafts in (False, True):
        with transaction.atomic():
            editor = get_user_model().objects.create_user("editor")
            place = make_incident().place
            for _each in range(drafts if with_drafts else 0):
                plant_drafts(place)
            load(editor)
            if with_drafts:
                for incident in Incident.objects.filter(public_id__isnull=False):
                    plant_beside_what_is_public(incident)
            publish_one_more(editor)
            snapshots.append(snapshot(client, most=4 if is_long else 1, questions=20 if is_long else 2, progress=progress))
            planted = Incident.objects.filter(public_id=None).count()
            transaction.set_rollback(True)
    plain, drafted = snapshots
    assert plain.keys() == drafted.keys()
    for number, address in enumerate(plain):
        progress(f"{number:,} of {len(plain):,} answers compared, 0 bytes differ")
        assert plain[address].splitlines() == drafted[address].splitlines(), address
    told = f"{len(plain)} answers of two records with the same releases, one with {planted} more incidents on the desk: 0 bytes differ"
    record_property("promise", f"Q1 non-interference: {told}")
