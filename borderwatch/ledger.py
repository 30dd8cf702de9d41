"""Writing the ledger and proving that nobody altered it.

digest = SHA-256(salt, schema version, canonical content); chain = SHA-256(previous chain, digest, every other column of
edition and release). The chain value of a release therefore fixes everything readers saw at that moment.
"""

import datetime
import hashlib
import json
import secrets
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.dateparse import parse_datetime

from borderwatch.batches import insert_rows
from borderwatch.models import Change, Edition, Release

RESTORED_BACKUP = "restored_backup"
"""The kind of the one edition that no record has: what came after an earlier one was lost and a backup put in its place."""
LOST_SEQUENCES = 100_000
"""Numbers left out before it, so that a mirror which followed what was lost finds it behind its own position."""
CANONICAL = DjangoJSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
SCHEMA = 1
"""The version of the contents' shape that is written now."""


def canonical(content):
    """Canonical JSON text: sorted keys, no spaces, dates in ISO form."""
    return CANONICAL.encode(content)


def parse(text):
    return json.loads(text) if text else {}


def database_now():
    """The database's clock, as an aware datetime in UTC."""
    question = {"sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')", "postgresql": "SELECT clock_timestamp()"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone()[0]
    return parse_datetime(answer) if isinstance(answer, str) else answer.astimezone(datetime.UTC)


def digest_of(salt, schema, content):
    """Hex SHA-256 over the salt, the schema version and the canonical content."""
    return hashlib.sha256(f"{salt}\n{schema}\n{content}".encode()).hexdigest()


def chain_of(previous, edition, release):
    """Hex SHA-256 over the previous chain value, the digest and every other column of the edition and its release."""
    columns = [
        previous,
        edition.digest,
        *(edition.sequence, edition.record, str(edition.uid), edition.public_id, edition.number, edition.kind, edition.schema),
        str(edition.merged_into or ""),
        *(
            release.sequence,
            release.recorded_at.astimezone(datetime.UTC).isoformat(),
            release.valid_from.astimezone(datetime.UTC).isoformat(),
        ),
        *(release.by_id, release.by_name, release.note),
    ]
    return hashlib.sha256(canonical(columns).encode()).hexdigest()


def write_release(by, note, recorded_at, valid_from):
    """The next Release row; call it under the lock."""
    last = Release.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    return Release.objects.create(
        sequence=last + 1,
        recorded_at=recorded_at,
        valid_from=valid_from,
        by_id=str(getattr(by, "pk", "") or ""),
        by_name=by.get_username() if by is not None else "",
        note=note,
    )


def write_editions(release, planned):
    """Append one edition for each of `planned` (publishing.Planned), in their order; returns them."""
    last = Edition.objects.order_by("-sequence").values_list("sequence", "chain").first()
    (sequence, chain), editions = last or (0, ""), []
    for plan in planned:
        sequence += 1
        edition = Edition(
            sequence=sequence,
            release=release,
            record=plan.record,
            uid=plan.uid,
            public_id=plan.public_id,
            number=plan.number,
            kind=plan.kind,
            merged_into=plan.merged_into,
            schema=SCHEMA,
            content=canonical(plan.content),
            salt=secrets.token_hex(16),
        )
        edition.digest = digest_of(edition.salt, edition.schema, edition.content)
        chain = edition.chain = chain_of(chain, edition, release)
        editions.append(edition)
    insert_rows(Edition, editions)
    return editions


def write_restored_backup(made_at, ids_skipped):
    """Append the edition that tells mirrors: all after the one before it was lost, and its numbers are not given again.

    `made_at`: when the backup was made, ISO text; `ids_skipped`: public ids of each kind that are left out. Call it under the lock.
    """
    last, now = Edition.objects.order_by("-sequence").first(), database_now()
    release = Release.objects.create(
        sequence=(last.release_id if last else 0) + LOST_SEQUENCES,
        recorded_at=now,
        valid_from=now,
        note=f"The record was restored from a backup made at {made_at}; what was published between then and now was lost.",
    )
    content = canonical({"made_at": made_at, "last_sequence": last.sequence if last else 0, "ids_skipped": ids_skipped})
    number = Edition.objects.filter(kind=RESTORED_BACKUP).count() + 1
    edition = Edition(sequence=(last.sequence if last else 0) + LOST_SEQUENCES, release=release, record="record", uid=UUID(int=0))
    edition.number, edition.kind, edition.schema, edition.content = number, RESTORED_BACKUP, SCHEMA, content
    edition.salt = secrets.token_hex(16)
    edition.digest = digest_of(edition.salt, SCHEMA, content)
    edition.chain = chain_of(last.chain if last else "", edition, release)
    insert_rows(Edition, [edition])
    return edition


def faults():
    """Sentences that name every row whose digest or chain does not hold, and every gap in the sequences."""
    previous, expected = "", 1
    sealed = set(Edition.objects.filter(kind=Change.SEAL).values_list("uid", flat=True))
    for edition in Edition.objects.select_related("release").order_by("sequence").iterator(chunk_size=500):
        if edition.sequence != expected and edition.kind != RESTORED_BACKUP:
            yield f"edition {expected} is missing: the next row is {edition.sequence}"
        is_sealed = not edition.content and not edition.salt
        if is_sealed and edition.uid not in sealed:
            yield f"edition {edition.sequence} ({edition.public_id}, number {edition.number}): its content was erased without a seal"
        if not is_sealed and digest_of(edition.salt, edition.schema, edition.content) != edition.digest:
            yield f"edition {edition.sequence} ({edition.public_id}, number {edition.number}): its content was altered"
        if chain_of(previous, edition, edition.release) != edition.chain:
            yield f"edition {edition.sequence} ({edition.public_id}, number {edition.number}): the chain breaks here"
        previous, expected = edition.chain, edition.sequence + 1
    yield from missing_releases()


def missing_releases():
    """Sentences about gaps in the numbers of releases; there is one before each restored backup."""
    after_a_loss = set(Edition.objects.filter(kind=RESTORED_BACKUP).values_list("release_id", flat=True))
    expected = 1
    for sequence in Release.objects.order_by("sequence").values_list("sequence", flat=True):
        if sequence != expected and sequence not in after_a_loss:
            yield f"release {expected} is missing: the next row is {sequence}"
        expected = sequence + 1
