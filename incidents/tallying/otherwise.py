"""Which incidents may have been counted otherwise on another day than their public rows of that day say now.

A row shows what was counted as it last stood. Its numbers cannot change while it stands: every change of its toll, of its evidence or of a
statement about it is an edition of its own. What can change without one is by whom a figure is told, through an actor, a source or an
article that was changed or merged (planning.rules_change), and under which actor it stands, where actors were merged. These are few; of
their incidents the documents of that day are read.
"""

import json
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from borderwatch.batches import ASKED, in_batches
from borderwatch.models import Edition, Reference
from borderwatch.published import public_kinds
from borderwatch.state import PublicState

TELLING = ("source", "actor", "article")
"""Kinds of record that say whose account a statement is."""
MOST_COMPOSED = 1000
"""Documents of another day that are read for one tally: two seconds of work."""


class TooManyDocuments(ValidationError):
    """More documents of another day would have to be read than one answer may take."""

    def __init__(self):
        words = _(
            "This would read more than %(number)s incidents as they stood that day. Narrow it by time or place, ask for one group and one "
            "nationality at most, or take the incidents along as a file."
        )
        super().__init__(words % {"number": MOST_COMPOSED})


def rows_of_day(uids_changed, moment):
    """Keys of the incidents' rows that readers saw at `moment` and still after the change; `uids_changed`: when → uids of incidents."""
    found, state, public = set(), PublicState.as_of(moment), public_kinds()["incident"].objects.as_of(moment)
    for when, uids in uids_changed.items():
        still = public.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=when))
        for batch in in_batches({state.read_as("incident", uid) for uid in uids}, ASKED):
            found |= set(still.filter(uid__in=batch).values_list("pk", flat=True))
    return found


def told_otherwise(moment):
    """Keys of rows of `moment` whose statements may have been other people's accounts then."""
    changed = merged_incidents(moment)
    for when, uids in changes_of_accounts(moment).items():
        changed[when] |= told_of_by(uids)
    return rows_of_day(changed, moment)


def with_other_actors(moment):
    """Keys of rows of `moment` in which an actor took part that was merged into another since."""
    gone = defaultdict(set)
    for uid, when in public_kinds()["actor"].objects.filter(is_tombstone=True, valid_from__gt=moment).values_list("uid", "valid_from"):
        gone[when].add(uid)
    return rows_of_day({when: taken_part(with_merged(uids)) for when, uids in gone.items()}, moment)


# What changed


def changes_of_accounts(moment):
    """When → uids of sources, actors and articles that changed then, after `moment`, so that origins may be others."""
    changed = defaultdict(set)
    for model in (public_kinds()[record] for record in TELLING):
        later = model.objects.filter(valid_from__gt=moment, number__gt=1).order_by("pk")
        later = list(later.values_list("uid", "valid_from", "is_tombstone", "edition__content"))
        known = told_at(model, {uid for uid, *_others in later}, moment)
        for uid, when, is_tombstone, content in later:
            tells = told_in(model, content)
            if is_tombstone or tells != known.get(uid):
                changed[when].add(uid)
            known[uid] = tells
    return changed


def told_at(model, uids, moment):
    """uid → what the record said of it at `moment`."""
    found = {}
    for batch in in_batches(uids, ASKED):
        rows = model.objects.standing(moment).filter(uid__in=batch).values_list("uid", "edition__content")
        found |= {uid: told_in(model, content) for uid, content in rows}
    return found


def told_in(model, content):
    content = json.loads(content) if content else {}
    return [content.get(name) for name in model.rule_fields]


def merged_incidents(moment):
    """When → uids of incidents into which others were merged then, after `moment`."""
    changed = defaultdict(set)
    rows = public_kinds()["incident"].objects.merged().filter(valid_from__gt=moment)
    for uid, when in rows.values_list("merged_into", "valid_from"):
        changed[when].add(uid)
    return changed


# What it reaches


def with_merged(uids):
    """`uids` and those of all records that were ever merged into them."""
    found, frontier = set(uids), set(uids)
    while frontier:
        rows = [public_kinds()[record].objects.merged().filter(merged_into__in=frontier) for record in TELLING]
        frontier = {uid for merged in rows for uid in merged.values_list("uid", flat=True)} - found
        found |= frontier
    return found


def told_of_by(uids):
    """uids of all incidents of which a statement ever told that has to do with one of these sources, actors and articles."""
    found, frontier = set(), with_merged(uids)
    while frontier:
        found |= frontier
        frontier = with_merged(set().union(*(next_to(batch) for batch in in_batches(frontier, ASKED)))) - found
    incidents = set()
    for batch in in_batches(found, ASKED):
        statements = Reference.objects.filter(record="statement", target__in=batch).values("edition")
        links = Reference.objects.filter(record="statement", field="incidents", edition__in=statements)
        incidents |= set(links.values_list("target", flat=True))
    return incidents


def next_to(uids):
    """uids of sources, actors and articles that ever named one of these, and of outlets that these actors ever had."""
    naming = Reference.objects.filter(record__in=TELLING, target__in=uids).values("edition")
    own = Edition.objects.filter(record="actor", uid__in=uids).values("pk")
    outlets = Reference.objects.filter(record="actor", field="outlets", edition__in=own)
    return {*Edition.objects.filter(pk__in=naming).values_list("uid", flat=True), *outlets.values_list("target", flat=True)}


def taken_part(uids):
    """uids of incidents in which one of these actors ever took part."""
    naming = Reference.objects.filter(record="incident", field="actors", target__in=uids).values("edition")
    return set(Edition.objects.filter(pk__in=naming).values_list("uid", flat=True))
