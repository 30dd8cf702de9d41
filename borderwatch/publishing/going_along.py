"""What goes along with records when they are published, read for many of them in few queries."""

from collections import defaultdict

from django.db.models import prefetch_related_objects

from borderwatch.batches import in_batches
from borderwatch.published import public_kinds


def fresh_copies(records):
    """The records as they stand in the database, each once, with what their contents and companions read: what is published is
    what was saved."""
    keys = defaultdict(list)
    for record in records:
        keys[type(record)].append(record.pk)
    found = []
    for model, pks in keys.items():
        for batch in in_batches(dict.fromkeys(pks)):
            known = model._default_manager.in_bulk(batch)
            found += [known[pk] for pk in batch]
    return with_what_they_name(found)


def with_what_they_name(records):
    """The records, with what their contents and companions read: a few queries for hundreds of them."""
    by_model = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record)
    for model, found in by_model.items():
        for batch in in_batches(found):
            prefetch_related_objects(batch, *model.read_along)
    return records


def never_public_companions(records):
    """What goes along, in turn: everything `records` name that was never public."""
    found, frontier, known = [], list(records), {(type(record), record.pk) for record in records}
    while frontier:
        companions = [companion for record in frontier for companion in record.companions() if not companion.was_ever_public]
        named = {(type(companion), companion.pk): companion for companion in companions}
        frontier = with_what_they_name([companion for key, companion in named.items() if key not in known])
        found += frontier
        known |= set(named)
    return found


def published_rows(records):
    """(record kind, uid) → the last public row of each of `records` that ever had one."""
    uids = defaultdict(list)
    for record in records:
        uids[record.record_kind].append(record.uid)
    found = {}
    for kind, wanted in uids.items():
        for batch in in_batches(wanted, 1000):
            rows = public_kinds()[kind].objects.latest().with_text().filter(uid__in=batch)
            found.update({(kind, row.uid): row for row in rows})
    return found
