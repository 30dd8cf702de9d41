"""The public record at one point: now, at a moment, right after a release, or with planned changes laid over it."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from borderwatch.models import Reference
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


@dataclass
class PublicState:
    """Reads records by uid, in batches, from the rows that `rows(model)` selects; `planned` lies over them (None: removed)."""

    rows: callable
    planned: dict = field(default_factory=dict)
    memo: dict = field(default_factory=dict)
    _seen: dict = field(default_factory=dict)
    _referring: dict = field(default_factory=dict)

    @classmethod
    def current(cls, planned=None):
        return cls(rows=lambda model: model.objects.current(), planned=planned or {})

    @classmethod
    def as_of(cls, moment):
        return cls(rows=lambda model: model.objects.as_of(moment))

    @classmethod
    def after_release(cls, sequence):
        return cls(rows=lambda model: model.objects.after_release(sequence))

    def get(self, record, uid):
        """The PublicRecord, or None where that record is not public at this point."""
        if not uid:
            return None
        self.load(record, [uid])
        return self._seen[record, str(uid)]

    def load(self, record, uids):
        """Read what is not read yet, in one query; returns the records found."""
        wanted = [str(uid) for uid in uids]
        unread = {uid for uid in wanted if (record, uid) not in self._seen}
        for uid in [uid for uid in unread if (record, uid) in self.planned]:
            self._seen[record, uid] = self.planned[record, uid]
            unread.discard(uid)
        if unread:
            self._seen.update({(record, uid): None for uid in unread})
            for row in self.rows(public_kinds()[record]).with_text().filter(uid__in=unread):
                self._seen[record, str(row.uid)] = PublicRecord.from_row(row)
        return [self._seen[record, uid] for uid in dict.fromkeys(wanted) if self._seen[record, uid]]

    def add(self, row):
        """Take over a row that is read already."""
        key = (row.record, str(row.uid))
        self._seen.setdefault(key, PublicRecord.from_row(row))
        return self._seen[key]

    def referring(self, record, field, uids):
        """uid → records of kind `record` whose content names it in `field`, in ledger order."""
        wanted = {str(uid) for uid in uids}
        unread = {uid for uid in wanted if (record, field, uid) not in self._referring}
        if unread:
            self._read_referring(record, field, unread)
        return {uid: self._referring[record, field, uid] for uid in wanted}

    def _read_referring(self, record, field, unread):
        model = public_kinds()[record]
        planned = [known for (kind, _uid), known in self.planned.items() if kind == record and known]
        rows = self.rows(model).exclude(uid__in=[uid for kind, uid in self.planned if kind == record])
        names = Reference.objects.filter(record=record, field=field, target__in=unread, edition__in=rows.values("pk")).order_by("edition")
        pairs = [(str(name.target), name.edition_id) for name in names]
        read = {row.pk: self.add(row) for row in rows.with_text().filter(pk__in={pk for _uid, pk in pairs})}
        pairs = [(uid, read[pk]) for uid, pk in pairs]
        pairs += [(uid, known) for known in planned for name, uid in model.references(known.content) if name == field and uid in unread]
        found = defaultdict(dict)
        for uid, known in pairs:
            found[uid][known.uid] = known
        for uid in unread:
            self._referring[record, field, uid] = list(found[uid].values())

    def load_named(self, records):
        """Read everything that `records` name, and what that names in turn, in few queries."""
        frontier = list(records)
        while frontier:
            wanted = defaultdict(set)
            for public in frontier:
                model = public_kinds()[public.record]
                for name, uid in model.references(public.content):
                    if (model.reference_kinds[name], uid) not in self._seen:
                        wanted[model.reference_kinds[name]].add(uid)
            found = [known for record, uids in wanted.items() for known in self.load(record, uids)]
            frontier = [known for known in found if known.record in ("source", "actor", "article")]

    def compose(self, public):
        """The document of one record at this point."""
        return public_kinds()[public.record].compose(public, self)
