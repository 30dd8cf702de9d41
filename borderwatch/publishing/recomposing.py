"""Documents that a release changed without an edition of their own, where they are many: they are composed anew after it, batch by batch.

An actor that ten thousand incidents show was renamed: the release itself is short, and its readers see the new name on the actor's page at
once. The incidents follow within minutes, each batch in a transaction of its own, so that editors need not wait for all of them. A
reader sees each document whole, as it was or as it is now. What still waits stands in a table, so that a crash loses nothing.
"""

import time

from django.db import transaction
from django.db.models import Q

from borderwatch.batches import in_batches
from borderwatch.models import Change, WaitingDocument
from borderwatch.projection import leave_waiting, lock, public_data_changed, refresh, showing
from borderwatch.state import PublicState

BATCH = 25
"""Documents in one transaction: other editors wait for that long, a fifth of a second."""
BREATH = 0.05
"""Seconds between two batches, in which others get the lock."""
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
    """Note every document that shows a record whose release left that to be found. Finding them takes no lock, noting them a short one."""
    for one in leading():
        shown = showing({(one.record, str(one.uid))}, PublicState.current())
        with transaction.atomic():
            lock()
            leave_waiting(shown - {(one.record, str(one.uid))}, one.release)
            leading().filter(pk=one.pk, release=one.release).update(leads_to_others=False)


@transaction.atomic
def compose_batch():
    """Compose the documents that wait longest. Returns how many."""
    lock()
    found = list(following().order_by("pk")[:BATCH])
    if found:
        compose(found)
        public_data_changed()
    return len(found)


def compose_waiting(seconds=None, progress=lambda done: None):
    """Compose batch after batch until none waits or so many seconds are over. Returns how many documents. Any number of processes may."""
    until, done = time.monotonic() + seconds if seconds else None, 0
    while waiting() and (until is None or time.monotonic() < until):
        follow()
        done += compose_batch()
        progress(done)
        time.sleep(BREATH)
    return done
