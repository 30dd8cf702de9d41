"""Files so long that writing them in one step would keep editors waiting: SQLite lets one write at a time, everybody else waits.

Whoever imports such a file chooses: all or nothing, while nobody else can save for so many seconds, or in parts, each all or nothing and an
import of its own. Every row of the file was checked before the first part is written; parts that a killed import left out are what the
same command finds new.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches

AT_ONCE = 20_000
"""Events in one step: SQLite writes them in a second and a half. PostgreSQL keeps nobody waiting, however many there are."""


def refuse_too_long(plan):
    """Raise ValidationError where writing the events of the plan in one step would keep others waiting for more than two seconds."""
    events = len(plan.new) + len(plan.changed)
    if connection.vendor == "sqlite" and events > AT_ONCE:
        words = _(
            "%(events)d events in one step: on SQLite nobody else could save anything for some %(seconds)d seconds. Choose --in-parts for "
            "imports of %(most)d events, each all or nothing, or --at-once for all of them or nothing."
        )
        raise ValidationError(words % {"events": events, "seconds": round(events / 14_000), "most": AT_ONCE})


def in_parts(plan, carry_out):
    """Have the plan of a file of events carried out in parts of AT_ONCE. Yields the ImportBatch and the Release of each, or None.

    With the last one goes what is the same and may be unpublished still. Raises ValidationError where another import comes in between.
    """
    parts = [*in_batches([*plan.new, *plan.changed], AT_ONCE)] or [[]]
    changed, last_batch = {event.key for event in plan.changed}, plan.last_batch
    for events in parts:
        same = plan.same if events is parts[-1] else []
        new, other = [event for event in events if event.key not in changed], [event for event in events if event.key in changed]
        part = replace(plan, new=new, changed=other, same=same, total=len(events) + len(same), last_batch=last_batch)
        batch, release = carry_out(part)
        last_batch = batch.pk if batch else last_batch
        yield batch, release
