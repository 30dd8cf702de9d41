"""Which public records were edited since readers saw them last. Whether an edit changes anything for readers takes composing the
record, so that is done once for each edit and remembered; looking again costs two questions for each kind."""

import datetime
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from borderwatch.published import public_kinds
from borderwatch.publishing.going_along import Reading
from borderwatch.publishing.planning import edited

LOOK_BACK = datetime.timedelta(minutes=15)
"""A save may become visible so long after its moment in the history: an import takes minutes."""
MOST = 200
"""Records of one kind composed for one look at the first page; the rest have their turn at the next."""
A_DAY = 24 * 3600


@dataclass
class Look:
    """What the last look at the records of one kind found."""

    until: datetime.datetime | None = None
    """Every edit up to this moment is known; None: not all have been looked at."""
    known: dict = field(default_factory=dict)
    """uid → (last entry in the history, public edition, whether readers see it otherwise)."""

    @property
    def edited(self):
        return [uid for uid, (_entry, _edition, is_edited) in self.known.items() if is_edited]


def edited_uids(model):
    """(uids of the public records of this model that readers see otherwise than they stand on the desk, whether these are all)."""
    key, now = f"unpublished-edits-{model.record_kind}", timezone.now()
    before = cache.get(key) or Look()
    stamps = {uid: (entry, edition) for uid, entry, edition in candidates(model, before)}
    known = {uid: before.known[uid] for uid, stamp in stamps.items() if before.known.get(uid, ())[:2] == stamp}
    unknown = [uid for uid in stamps if uid not in known]
    found = look_at(model, unknown[:MOST])
    known |= {uid: (*stamps[uid], uid in found) for uid in unknown[:MOST]}
    is_all = len(unknown) <= MOST
    look = Look(now if is_all else before.until, known)
    cache.set(key, look, A_DAY)
    return look.edited, is_all


def candidates(model, before):
    """(uid, last entry in the history, public edition) of public records that were saved after readers saw them last, latest first."""
    row = public_kinds()[model.record_kind].objects.current().filter(uid=OuterRef("uid"))
    entries = model.history.filter(id=OuterRef("pk")).order_by("-history_id")
    records = model._default_manager.filter(public_id__isnull=False)
    if before.until:
        lately = model.history.filter(history_date__gte=before.until - LOOK_BACK).order_by().values("id")
        records = records.filter(Q(pk__in=lately) | Q(uid__in=before.edited))
    records = records.annotate(seen_at=Subquery(row.values("recorded_at")), seen=Subquery(row.values("pk")))
    records = records.filter(Exists(entries.filter(history_date__gt=OuterRef("seen_at"))))
    return records.annotate(entry=Subquery(entries.values("history_id")[:1])).order_by("-entry").values_list("uid", "entry", "seen")


def look_at(model, uids):
    """Of these records, the uids of those that readers see otherwise."""
    records = model._default_manager.filter(uid__in=uids)
    return {record.uid for record in edited(Reading().copies(records))} if uids else set()
