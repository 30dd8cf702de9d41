"""The public record at one point: now, at a moment, right after a release, or with planned changes laid over it.

A record that was merged into another is read as its successor, wherever it is named.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from uuid import UUID

from django.db import connections, router
from django.db.models import Value

from borderwatch.batches import ASKED, in_batches
from borderwatch.models import Edition, Reference
from borderwatch.published import public_kinds


@dataclass
class PublicRecord:
    """One record's public content at some point, with the stamps of the edition that carries it."""

    record: str
    uid: str
    public_id: str
    content: dict
    number: int = 1
    kind: str = "new"
    sequence: int | None = None
    release: int | None = None
    note: str = ""
    valid_from: datetime | None = None
    recorded_at: datetime | None = None
    first_published_at: datetime | None = None
    digest: str = ""
    chain: str = ""

    @cached_property
    def names(self):
        """[(field, uid)] of every record that its content names."""
        return list(public_kinds()[self.record].references(self.content))

    @classmethod
    def from_row(cls, row):
        edition = row.edition
        return cls(
            record=row.record,
            uid=str(row.uid),
            public_id=row.public_id,
            content=json.loads(edition.content) if edition.content else {},
            number=row.number,
            kind=row.change,
            sequence=row.pk,
            release=row.release,
            note=edition.release.note,
            valid_from=row.valid_from,
            recorded_at=row.recorded_at,
            first_published_at=row.first_published_at,
            digest=edition.digest,
            chain=edition.chain,
        )


def merged_now():
    """Kind → (uid, uid of the record that it is read as) of all records that were merged away: one question, put into SQL once."""
    found, alias = {record: [] for record in public_kinds()}, router.db_for_read(Edition)
    with connections[alias].cursor() as cursor:
        cursor.execute(*merged_now_sql(alias))
        for record, *uids in cursor.fetchall():
            found[record].append([uid if isinstance(uid, UUID) else UUID(uid) for uid in uids])
    return found


@cache
def merged_now_sql(alias):
    """The question behind `merged_now`, as `latest().merged()` says it, and its values."""
    first, *others = (
        model.objects.using(alias).latest().merged().values_list(Value(record), "uid", "merged_into")
        for record, model in public_kinds().items()
    )
    return first.union(*others, all=True).query.get_compiler(alias).as_sql()


@dataclass
class PublicState:
    """Reads records by uid, in batches, from the rows that `rows(model)` selects; `planned` lies over them (None: removed).

    `merged(model)` selects the rows of records that were merged away, None: now; `merging` adds those that a plan would merge.
    """

    rows: callable
    merged: callable
    planned: dict = field(default_factory=dict)
    merging: dict = field(default_factory=dict)
    memo: dict = field(default_factory=dict)
    _successors: dict = field(default_factory=dict)
    _seen: dict = field(default_factory=dict)
    _by_sequence: dict = field(default_factory=dict)
    _referring: dict = field(default_factory=dict)
    _names: dict = field(default_factory=dict)
    _planned_names: dict | None = None
    _written_from: int | None = None

    @classmethod
    def current(cls, planned=None, merging=None):
        return cls(lambda model: model.objects.current(), None, planned or {}, merging or {})

    @classmethod
    def as_of(cls, moment):
        return cls(lambda model: model.objects.as_of(moment), lambda model: model.objects.standing(moment).merged())

    @classmethod
    def after_release(cls, sequence):
        return cls(
            lambda model: model.objects.after_release(sequence),
            lambda model: model.objects.last_up_to(sequence).merged(),
        )

    def successors(self, record):
        """uid → uid of the record that it is read as, for every record of this kind that was merged away."""
        if record not in self._successors:
            rows = merged_now() if self.merged is None else {record: self.merged(public_kinds()[record]).values_list("uid", "merged_into")}
            for kind, pairs in rows.items():
                merging = {uid: successor for (of_kind, uid), successor in self.merging.items() if of_kind == kind}
                self._successors[kind] = {str(uid): str(successor) for uid, successor in pairs} | merging
        return self._successors[record]

    def read_as(self, record, uid):
        """The uid under which a record is read: its own, or its successor's."""
        successors = self.successors(record)
        uid = uid if isinstance(uid, str) else str(uid)
        while uid in successors:
            uid = successors[uid]
        return uid

    def as_read(self, content):
        """The content with the uid of each merged record replaced by its successor's."""
        merged = {uid: self.read_as(record, uid) for record in public_kinds() for uid in self.successors(record)}
        if not merged:
            return content
        text = json.dumps(content)
        for uid, successor in merged.items():
            text = text.replace(uid, successor)
        return json.loads(text)

    def names_of(self, record, uids):
        """`uids` and those of the records that were merged into them."""
        uids = {str(uid) for uid in uids}
        return uids | {uid for uid in self.successors(record) if self.read_as(record, uid) in uids}

    def get(self, record, uid):
        """The PublicRecord, or None where that record is not public at this point."""
        if not uid:
            return None
        key = (record, self.read_as(record, uid))
        if key not in self._seen:
            self.load(record, [uid])
        return self._seen[key]

    def load(self, record, uids):
        """Read what is not read yet, in one query; returns the records found."""
        wanted = [self.read_as(record, uid) for uid in uids]
        unread = {uid for uid in wanted if (record, uid) not in self._seen}
        for uid in [uid for uid in unread if (record, uid) in self.planned]:
            self._seen[record, uid] = self.planned[record, uid]
            unread.discard(uid)
        if unread:
            self._seen.update({(record, uid): None for uid in unread})
            for batch in in_batches(unread, ASKED):
                for row in self.rows(public_kinds()[record]).with_text().filter(uid__in=batch):
                    self._keep(PublicRecord.from_row(row))
        return [self._seen[record, uid] for uid in dict.fromkeys(wanted) if self._seen[record, uid]]

    def add(self, row):
        """Take over a row that is read already."""
        key = (row.record, str(row.uid))
        return self._seen.get(key) or self._keep(PublicRecord.from_row(row))

    def lay(self, planned):
        """Lay further planned records over it: new editions of records whose public ids and names stay what they were."""
        self.planned.update(planned)
        for record, uid in planned:
            self._seen.pop((record, uid), None)
        records = {record for record, _uid in planned}
        self._referring = {key: found for key, found in self._referring.items() if key[0] not in records}
        self._names = {key: found for key, found in self._names.items() if key[0] not in records}
        self._planned_names = None

    def stamp(self, editions):
        """The planned records were written as `editions`, of one release: from now on they bear its stamps."""
        release = editions[0].release
        self._written_from = editions[0].pk
        for edition in editions:
            if known := self.planned[edition.record, str(edition.uid)]:
                known.sequence, known.release, known.note = edition.pk, release.sequence, release.note
                known.valid_from, known.recorded_at = release.valid_from, release.recorded_at
                known.first_published_at = known.first_published_at or release.valid_from
                known.digest, known.chain = edition.digest, edition.chain
                self._by_sequence[known.sequence] = known

    def _keep(self, known):
        self._seen[known.record, known.uid] = self._by_sequence[known.sequence] = known
        return known

    def referring(self, record, field, uids):
        """uid → records of kind `record` whose content names it in `field`, in ledger order."""
        model = public_kinds()[record]
        kind = model.reference_kinds[field]
        wanted = {str(uid) for uid in uids}
        unread = {uid for uid in wanted if (record, field, uid) not in self._referring}
        if unread:
            found = defaultdict(dict)
            for uid, known in self._named_by(model, self.names_of(kind, unread), field):
                found[self.read_as(kind, uid)][known.uid] = known
            self._referring.update({(record, field, uid): list(found[uid].values()) for uid in unread})
        return {uid: self._referring[record, field, uid] for uid in wanted}

    def naming(self, uids):
        """Records that name one of `uids` in any field, each once."""
        found, wanted = {}, {str(uid) for uid in uids}
        for record in public_kinds():
            wanted |= self.names_of(record, wanted)
        naming = [model for model in public_kinds().values() if model.reference_kinds]
        self._read_names(naming, wanted)
        for model in naming:
            found.update({(known.record, known.uid): known for uid in wanted for known in self._names[model.record, uid]})
        return list(found.values())

    def unread(self, uids):
        """Of `uids`, those of which `naming` would still have to ask the database."""
        naming = [record for record, model in public_kinds().items() if model.reference_kinds]
        return [uid for uid in uids if any((record, uid) not in self._names for record in naming)]

    def _read_names(self, models, uids):
        """Fill `_names`, (kind, uid) → records of the kind that name it, for `uids`."""
        kinds = {model.record: {uid for uid in uids if (model.record, uid) not in self._names} for model in models}
        self._names.update({(kind, uid): [] for kind, unread in kinds.items() for uid in unread})
        if unread := set().union(*kinds.values()):
            pairs = self._named_in_ledger(unread)
            for model in models:
                for uid, known in self._named_by(model, kinds[model.record], pairs=pairs[model.record]):
                    self._names[model.record, uid].append(known)

    def _named_in_ledger(self, uids, **narrowed):
        """Kind of record → (uid, sequence of an edition that names it), in ledger order; not all of these editions need be public now.

        Which of them are is asked by their keys: a question about all rows of now would take longer, the more there are.
        """
        found = defaultdict(list)
        for batch in in_batches(uids, ASKED):
            names = Reference.objects.filter(target__in=batch, **narrowed)
            if self._written_from:
                names = names.filter(edition__lt=self._written_from)
            for record, target, edition in names.order_by("edition_id").values_list("record", "target", "edition_id"):
                found[record].append((str(target), edition))
        return found

    def _named_by(self, model, uids, field=None, pairs=None):
        """(uid, record of this model that names it) in ledger order, planned ones last; `pairs`: where they are read already."""
        if pairs is None:
            narrowed = {"field": field} if field else {}
            pairs = self._named_in_ledger(uids, record=model.record, **narrowed)[model.record]
        read, replaced = self._read({pk for _uid, pk in pairs}, self.rows(model)), self._replaced(model.record)
        yield from ((uid, read[pk]) for uid, pk in pairs if uid in uids and pk in read and read[pk].uid not in replaced)
        yield from self._planned_naming(model.record, uids, field)

    def _planned_naming(self, record, uids, field):
        """The same of planned records, in the order of the plan."""
        if self._planned_names is None:
            self._planned_names = defaultdict(list)
            for place, known in enumerate(known for known in self.planned.values() if known):
                for name, uid in known.names:
                    self._planned_names[known.record, uid].append((place, name, known))
        found = [(place, uid, name, known) for uid in uids for place, name, known in self._planned_names.get((record, uid), ())]
        found.sort(key=lambda naming: naming[0])
        yield from ((uid, known) for _place, uid, name, known in found if field in (None, name))

    def _replaced(self, record):
        """uids of planned records in whose place rows stand; a first edition has none."""
        return {uid for (kind, uid), known in self.planned.items() if kind == record and (known is None or known.number > 1)}

    def _read(self, keys, rows):
        """Edition sequence → record for `keys`, from the database only where it was not read before."""
        read = {key: self._by_sequence[key] for key in keys if key in self._by_sequence}
        missing = keys - read.keys()
        return read | {row.pk: self.add(row) for batch in in_batches(missing, ASKED) for row in rows.with_text().filter(pk__in=batch)}

    def load_named(self, records):
        """Read everything that `records` name, and what that names in turn, in few queries."""
        frontier = list(records)
        while frontier:
            wanted = defaultdict(set)
            for public in frontier:
                model = public_kinds()[public.record]
                for name, uid in public.names:
                    kind = model.reference_kinds[name]
                    if (kind, self.read_as(kind, uid)) not in self._seen:
                        wanted[kind].add(uid)
            found = [known for record, uids in wanted.items() for known in self.load(record, uids)]
            frontier = [known for known in found if known.record in ("source", "actor", "article")]

    def compose(self, public):
        """The document of one record at this point."""
        return public_kinds()[public.record].compose(public, self)
