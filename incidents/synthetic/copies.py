"""Copies of made-up incidents: what publishing wrote for one is written again under other ids, on other days, in other words.

Composing a record takes ten milliseconds, copying one takes one. A copy is all that publishing would have written: editions with
digest and chain, public rows, link rows, words. A test rebuilds the public tables from the ledger and finds no difference.
"""

import datetime
import secrets
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
from borderwatch.texts.packed import packed
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
        self.values = values = family.template.copy()
        for place, word in zip(family.word_places, family.read_words(shifted(chance.getrandbits(SHIFTS))), strict=True):
            values[place] = word
        ordinal = day.toordinal()
        for place, after in family.days:
            values[place] = day_text(ordinal + after)
        for as_text, in_rows in family.uid_places:
            values[as_text] = uid = new_uid(chance)
            if in_rows is not None:
                values[in_rows] = uid if connection.features.has_native_uuid_field else uid.replace("-", "")

    def set(self, value, *key):
        slot = self.family.slots.get(key)
        if slot is not None:
            self.values[slot] = value

    def give_ids(self, edition, ids):
        """New public ids for the record of a first edition and its figures, in the order in which publishing gives them."""
        if edition.number > 1:
            return
        for place in edition.figures:
            self.values[place] = ids.give("FG-")
        prefix = f"BW-{self.day.year}-" if edition.record == "incident" else f"{edition.prefix}-"
        self.values[edition.public_id] = ids.give(prefix)

    def fill_texts(self):
        """Every text that stands in public rows."""
        values = self.values
        for place, text, is_packed in self.family.texts:
            values[place] = packed("".join(text.read(values))) if is_packed else "".join(text.read(values))

    def search_rows(self):
        """(key, words) of every edition."""
        values = self.values
        for place, searched in self.family.searched_places:
            values[place] = values[searched].lower().replace("-", " ")
        for text, record, sequence, days in self.family.words:
            day = None if days is None else self.day + datetime.timedelta(days)
            yield search.key_of(record, day, values[sequence]), text.filled(values)


def new_uid(chance):
    """A random UUID as text."""
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{'89ab'[int(digits[16], 16) % 4]}{digits[17:20]}-{digits[20:]}"


@cache
def day_text(ordinal):
    return datetime.date.fromordinal(ordinal).isoformat()


SHIFTS = 6
"""Binary digits of a shift: a family has 64 wordings."""


@cache
def shifted(shift):
    """Every word moved, small at twice its rank and with a capital after it."""
    return [word(rank, is_capital, shift) if rank else "" for rank in range(len(vocabulary())) for is_capital in (False, True)]


def word(rank, is_capital, shift):
    """Another word whose rank has as many binary digits, so that frequent words stay frequent and rare ones rare."""
    first = 1 << rank.bit_length() - 1
    count = min(first, len(vocabulary()) - first)
    found = vocabulary()[first + (rank - first + shift * STEP) % count]
    return found.capitalize() if is_capital else found


STEP = 257
"""How far one shift is from the next."""


class Written:
    """The end of the ledger, which grows by release after release."""

    def __init__(self, sequence, chain):
        self.sequence, self.chain = sequence, chain

    def release(self, turn, release, copies, ids):
        """Append the editions that the copies have in this turn, in the order of kinds."""
        for copy in copies:
            stamp(copy, turn, release)
        order = {record: place for place, record in enumerate(public_kinds())}
        editions = [(copy, edition) for copy in copies for edition in copy.family.editions if edition.turn == turn]
        editions.sort(key=lambda written: order[written[1].record])
        for copy, edition in editions:
            copy.give_ids(edition, ids)
            self.append(copy, edition, release)
        insert_prepared(Edition, written_fields(Edition), [edition.read(copy.values) for copy, edition in editions])

    def append(self, copy, edition, release):
        self.sequence += 1
        values = copy.values
        values[edition.content_place] = content = edition.content.filled(values)
        salt = secrets.token_hex(16)
        digest = digest_of(salt, SCHEMA, content)
        self.chain = chain_of(self.chain, self.columns(values, edition, digest), release)
        for place, value in zip(edition.stamps, (self.sequence, salt, digest, self.chain), strict=True):
            values[place] = value

    def columns(self, values, edition, digest):
        """What an edition's chain value is made of."""
        return SimpleNamespace(
            sequence=self.sequence,
            record=edition.record,
            uid=values[edition.uid],
            public_id=values[edition.public_id],
            number=edition.number,
            kind=edition.kind,
            schema=SCHEMA,
            merged_into=None,
            digest=digest,
        )

    def tables(self, copies):
        """The public tables of copies that stand in the ledger."""
        by_model = defaultdict(list)
        for copy in copies:
            copy.fill_texts()
            for model, read in copy.family.public:
                by_model[model].append(read(copy.values))
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
