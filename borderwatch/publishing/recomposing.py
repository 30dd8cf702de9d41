"""Documents that a release changed without an edition of their own, where they are many: they are composed anew after it, batch by batch.

An actor that ten thousand incidents show was renamed: the release itself is short, and its readers see the new name on the actor's page at
once. The incidents follow within minutes, each batch in a transaction of its own, so that editors need not wait for all of them. A
reader sees each document whole, as it was or as it is now. What still waits stands in a table, so that a crash loses nothing.
"""

import gc
import time
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q

from borderwatch.batches import in_batches
from borderwatch.models import Change, WaitingDocument
from borderwatch.projection import leave_waiting, lock, public_data_changed, refresh, showing
from borderwatch.state import PublicState

BATCH, MOST = 10, 50
"""Documents in the first transaction, and in any: incidents, which take most, may follow those that take least."""
HELD = 0.2
"""Seconds for which other editors should wait for a batch at most: by this, and by what a batch took, the next is measured."""
BREATH = 0.1
"""Seconds between two batches, in which others get the lock: who waits for SQLite's looks after a tenth of a second at the latest."""
NOTED = 1000
"""Documents that are noted in one transaction."""
AT_ONCE = {Change.WITHDRAWAL, Change.SEAL, Change.MERGE}
"""Kinds of change after which nothing may show for a moment what it showed before."""


def may_wait(planned):
    """Whether documents that show these editions' records may follow later: not where something is taken from view."""
    return not any(plan.kind in AT_ONCE or plan.is_tombstone for plan in planned)


def waiting():
    """How many documents are still to be composed anew."""
    return WaitingDocument.objects.count()


def finish(planned):
    """Compose what waits of records that get another edition: the one they have now must end as it last stood. Call it under the lock."""
    keys, found = {(plan.record, str(plan.uid)) for plan in planned}, []
    for batch in in_batches({uid for _record, uid in keys}, 1000):
        found += WaitingDocument.objects.filter(Q(leads_to_others=True) | Q(uid__in=batch))
    if any(one.leads_to_others for one in found):  # any of them may show what changed
        refresh(keys)
    if mine := [one for one in found if not one.leads_to_others and (one.record, str(one.uid)) in keys]:
        compose(mine)


def compose(found):
    refresh((one.record, str(one.uid)) for one in found)
    WaitingDocument.objects.filter(pk__in=[one.pk for one in found]).delete()


def following():
    return WaitingDocument.objects.filter(leads_to_others=False)


def leading():
    return WaitingDocument.objects.filter(leads_to_others=True)


def follow():
    """Note every document that shows a record whose release left that to be found. Finding them takes no lock, noting them short ones.

    Who is killed meanwhile, or overtaken by another such release, leaves it to be found again.
    """
    for one in leading():
        shown = showing({(one.record, str(one.uid))}, PublicState.current()) - {(one.record, str(one.uid))}
        for some in in_batches(sorted(shown - waiting_for_later(one.release)), NOTED):
            with transaction.atomic():
                lock()
                leave_waiting(some, one.release)
            time.sleep(BREATH)
        with transaction.atomic():
            lock()
            leading().filter(pk=one.pk, release=one.release).update(leads_to_others=False)


def waiting_for_later(release):
    """(record, uid) of the documents that are noted for a release after this one: they stay so."""
    return {(record, str(uid)) for record, uid in following().filter(release__gt=release).values_list("record", "uid")}


def compose_batch(most=None):
    """Compose the documents that wait longest, BATCH or `most` of them. Returns how many, and for how many seconds others had to wait."""
    with garbage_left(), transaction.atomic():
        lock()
        begun = time.monotonic()
        found = list(following().order_by("pk")[: most or BATCH])
        if found:
            compose(found)
            public_data_changed()
    return len(found), time.monotonic() - begun


@contextmanager
def garbage_left():
    """Garbage is collected afterwards: looking through all that a process holds takes as long as a batch, while others wait."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def fitting(count, seconds):
    """How many documents fit into HELD seconds, where `count` took so many."""
    return min(MOST, max(1, int(count * HELD / seconds)))


def batches():
    """Compose batch after batch until none waits: (documents, seconds for which others waited) of each."""
    size = BATCH
    while waiting():
        follow()
        count, held = compose_batch(size)
        size = fitting(count, held)
        time.sleep(BREATH)
        yield count, held


def compose_waiting(seconds=None, progress=lambda done: None):
    """Compose what waits until nothing does or so many seconds are over. Returns how many documents. Any number of processes may."""
    until, done = time.monotonic() + seconds if seconds else None, 0
    for count, _held in batches():
        done += count
        progress(done)
        if until and time.monotonic() > until:
            break
    return done
