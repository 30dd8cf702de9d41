"""Copies of made-up incidents: what publishing wrote for one is written again under other ids, on other days, in other words.

Composing a record takes ten milliseconds, copying one takes one. A copy is all that publishing would have written: editions with
digest and chain, public rows, link rows, words. A test rebuilds the public tables from the ledger and finds no difference.
"""

import datetime
import secrets
import uuid
from collections import defaultdict
from functools import cache
from types import SimpleNamespace

from django.db import connection, models, transaction
from django.utils import timezone

from borderwatch import search
from borderwatch.batches import insert_prepared
from borderwatch.documents import moment_text
from borderwatch.ledger import SCHEMA, chain_of, database_now, digest_of, write_release
from borderwatch.models import Edition
from borderwatch.projection import lock, public_data_changed
from borderwatch.published import public_kinds
from borderwatch.publishing.planning import IdGiver
from incidents.synthetic.contents import vocabulary
from incidents.synthetic.families import written_fields


@transaction.atomic
def publish_copies(families, days, chance, note):
    """Two releases: a copy of some family for each of `days` (ascending), then the later editions of the copies. Returns their number."""
    lock()
    ids = IdGiver()
    copies = [Copy(chance.choice(families), day, chance) for day in days]
    evening = datetime.datetime.combine(days[-1], datetime.time(20), datetime.UTC)
    last = Edition.objects.order_by("-sequence").first()
    written = Written(last.sequence, last.chain)
    for turn in (0, 1):
        recorded_at = database_now()
        valid_from = min(evening + datetime.timedelta(hours=turn), recorded_at)
        written.release(turn, write_release(None, note, recorded_at, valid_from), copies, ids)
    ids.save()
    written.tables(copies)
    public_data_changed(timezone.now())
    return 2


class Copy:
    """The values of one copy, filled in step by step: days, words and uids here; ids, sequences and checksums when it is written."""

    def __init__(self, family, day, chance):
        self.family, self.day = family, day
        self.values = [None] * len(family.slots)
        shift = chance.getrandbits(14)
        for key, slot in family.slots.items():
            if key[0] == "word":
                self.values[slot] = word(key[1], key[2], shift)
            elif key[0] == "day":
                self.values[slot] = day_text(day.toordinal() + key[1])
        for uid in family.uids:
            self.give_uid(uid, uuid.UUID(int=chance.getrandbits(128), version=4))

    def give_uid(self, uid, new):
        self.set(str(new), "uid", uid)
        self.set(new if connection.features.has_native_uuid_field else new.hex, "uid in database", uid)

    def set(self, value, *key):
        slot = self.family.slots.get(key)
        if slot is not None:
            self.values[slot] = value

    def give_ids(self, row, ids):
        """New public ids for the record of a row and its figures, in the order in which publishing gives them."""
        for figure in row.content.get("figures", ()) if row.number == 1 else ():
            self.set(ids.give("FG-"), "id", figure["id"])
        if row.number == 1:
            prefix = f"BW-{self.day.year}-" if row.record == "incident" else f"{row.id_prefix}-"
            self.set(ids.give(prefix), "id", row.public_id)

    def known_id(self, row):
        return self.values[self.family.slots["id", row.public_id]]

    def search_rows(self):
        """(key, words) of every edition."""
        values = self.values
        for key, slot in self.family.slots.items():
            if key[0] == "searched":
                values[slot] = values[key[1]].lower().replace("-", " ")
        for text, row, days in self.family.words:
            day = None if days is None else self.day + datetime.timedelta(days)
            yield search.key_of(row.record, day, values[self.family.slots["sequence", row.pk]]), text.filled(values)


@cache
def day_text(ordinal):
    return datetime.date.fromordinal(ordinal).isoformat()


@cache
def word(rank, is_capital, shift):
    """Another word whose rank has as many binary digits, so that frequent words stay frequent and rare ones rare."""
    first = 1 << rank.bit_length() - 1
    count = min(first, len(vocabulary()) - first)
    found = vocabulary()[first + (rank - first + shift) % count]
    return found.capitalize() if is_capital else found


class Written:
    """The end of the ledger, which grows by release after release."""

    def __init__(self, sequence, chain):
        self.sequence, self.chain = sequence, chain

    def release(self, turn, release, copies, ids):
        """Append the editions that the copies have in this turn, in the order of kinds."""
        for copy in copies:
            stamp(copy, turn, release)
        editions = []
        for record in public_kinds():
            for copy in copies:
                for row, edition, content in copy.family.editions:
                    if row.record == record and row.release == copy.family.releases[turn]:
                        copy.give_ids(row, ids)
                        self.append(copy, row, content, release)
                        editions.append((copy, edition))
        rows = [edition.filled(copy.values) for copy, edition in editions]
        insert_prepared(Edition, written_fields(Edition), rows)

    def append(self, copy, row, content, release):
        self.sequence += 1
        salt = secrets.token_hex(16)
        digest = digest_of(salt, SCHEMA, content.filled(copy.values))
        self.chain = chain_of(self.chain, self.columns(copy, row, digest), release)
        for name, value in (("sequence", self.sequence), ("salt", salt), ("digest", digest), ("chain", self.chain)):
            copy.set(value, name, row.pk)

    def columns(self, copy, row, digest):
        """What an edition's chain value is made of."""
        return SimpleNamespace(
            sequence=self.sequence,
            record=row.record,
            uid=copy.values[copy.family.slots["uid", str(row.uid)]],
            public_id=copy.known_id(row),
            number=row.number,
            kind=row.change,
            schema=SCHEMA,
            merged_into=None,
            digest=digest,
        )

    def tables(self, copies):
        """The public tables of copies that stand in the ledger."""
        by_model = defaultdict(list)
        for copy in copies:
            for model, row in (*copy.family.public, *copy.family.links):
                by_model[model].append(row.filled(copy.values))
        for model, rows in by_model.items():
            insert_prepared(model, written_fields(model), rows)
        search.insert([row for copy in copies for row in copy.search_rows()])


def stamp(copy, turn, release):
    copy.set(release.sequence, "release", turn)
    for name, moment in (("valid", release.valid_from), ("recorded", release.recorded_at)):
        copy.set(moment_text(moment), "moment", turn, name)
        copy.set(in_database(moment), "moment in database", turn, name)


@cache
def in_database(moment):
    return models.DateTimeField().get_db_prep_save(moment, connection)
