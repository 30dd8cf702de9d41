"""`changes`: the ledger as a feed. A mirror that follows it by sequence stays equal to the record."""

import re

import django_filters
from django.utils.translation import gettext_lazy as _

from borderwatch.api.fields import check_fields, picked
from borderwatch.api.problems import Problem
from borderwatch.api.shapes import ChangeEntry, ChangeShown, envelope_of
from borderwatch.api.views import PublicView, with_links
from borderwatch.documents import moment_text
from borderwatch.ledger import parse
from borderwatch.lists.filter_fields import MomentField, NumberField
from borderwatch.lists.filters import Asked, ReaderFilterSet
from borderwatch.lists.paging import COUNTED_EXACTLY, counted
from borderwatch.lists.row_filters import BoundFilter
from borderwatch.models import Change, Edition, WaitingDocument
from borderwatch.projection import showing
from borderwatch.published import public_kinds
from borderwatch.state import PublicState

UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WITHOUT_DIFFERENCES = (Change.NEW, Change.WITHDRAWAL, Change.SEAL, Change.MERGE)
"""Kinds of change that are the whole record, or its end."""
LARGEST_SEQUENCE = 10**9 - 1
MOST_SHOWN = 2000
"""How many records that show another are told at most; finding more would take seconds."""


class ChangeFilter(Asked, django_filters.FilterSet):
    after = BoundFilter(NumberField, "sequence", "gt", label=_("After sequence"), least=0, most=LARGEST_SEQUENCE)
    updated_since = BoundFilter(MomentField, "release__recorded_at", "gte", label=_("Recorded since"))
    limit = ReaderFilterSet.base_filters["limit"]
    fields = ReaderFilterSet.base_filters["fields"]

    class Meta:
        model = Edition
        fields = []

    def standing_rows(self):
        return self.queryset


class ChangeListView(PublicView):
    """Every edition in ledger order, withdrawals, seals and restored backups too; go on with `after`."""

    filterset_class = ChangeFilter
    shape = ChangeEntry
    gives = envelope_of(ChangeEntry)

    def answer(self, request):
        asked = self.asked()
        check_fields(asked, self.shape)
        editions = list(asked.qs.select_related("release").order_by("sequence")[: asked.limit + 1])
        has_more, editions = len(editions) > asked.limit, editions[: asked.limit]
        count = counted(asked.qs)
        links = {"next": self.here(after=editions[-1].sequence) if has_more else None}
        head = {"count": min(count, COUNTED_EXACTLY), "count_is_exact": count <= COUNTED_EXACTLY, **links, "previous": None, "as_of": None}
        found = [picked(entry, asked.cleaned.get("fields")) for entry in entries(editions)]
        return with_links(self.json(head | {"results": found}), links)


class ChangeView(PublicView):
    """One edition of the ledger by its sequence, with the documents that show its record."""

    filterset_class = ChangeFilter
    without = ("after", "updated_since", "limit", "fields")
    gives = ChangeShown

    def answer(self, request, sequence):
        self.asked()
        edition = Edition.objects.select_related("release").filter(sequence=min(sequence, LARGEST_SEQUENCE)).first()
        if edition is None:
            raise Problem(404, f"The ledger has no sequence {sequence}.")
        refuse_while_waiting(edition.release_id)
        return self.json(entries([edition])[0] | {"shown_in": shown_in(edition)})


def refuse_while_waiting(release):
    """A mirror that read now what shows the record would read some of it as it was before, and never again."""
    if WaitingDocument.objects.filter(release__gte=release).exists():
        problem = Problem(503, "What shows this record is being composed anew: ask again in a minute.")
        problem.wait = 59
        raise problem


def shown_in(edition):
    """The other public records whose documents show this one now: they may read differently without an edition of their own.

    None where they are too many to be told.
    """
    key, state = (edition.record, str(edition.uid)), PublicState.current()
    if edition.record not in public_kinds():
        return []
    shown = showing({key}, state, most=MOST_SHOWN)
    if shown is None:
        return None
    found = [state.get(*other) for other in shown - {key}]
    return sorted(
        ({"record": one.record, "id": one.public_id} for one in found if one), key=lambda one: (one["record"], len(one["id"]), one["id"])
    )


def entries(editions):
    """The feed's entries of some editions."""
    before = contents_before(editions)
    pairs = [(before.get(edition.sequence, {}), parse(edition.content)) for edition in editions]
    ids = public_ids({uid for pair in pairs for content in pair for uid in uids_in(content)})
    return [entry(edition, *pair, ids) for edition, pair in zip(editions, pairs, strict=True)]


def contents_before(editions):
    """Sequence → content of the edition before, of those whose difference is told."""
    told = [edition for edition in editions if edition.kind not in WITHOUT_DIFFERENCES]
    names = {f"{name}__in": {getattr(edition, name) for edition in told} for name in ("record", "uid")}
    found = Edition.objects.filter(**names, number__in={edition.number - 1 for edition in told})
    known = {(one.uid, one.number): one.content for one in found}
    return {edition.sequence: parse(known.get((edition.uid, edition.number - 1), "")) for edition in told}


def entry(edition, before, after, ids):
    release = edition.release
    return {
        "sequence": edition.sequence,
        "release": release.sequence,
        "record": edition.record,
        "id": edition.public_id,
        "kind": edition.kind,
        "number": edition.number,
        "recorded_at": moment_text(release.recorded_at),
        "valid_from": moment_text(release.valid_from),
        "note": release.note,
        "changed": differences(shown(before, ids), shown(after, ids)) if before and after else [],
    }


# What changed


def differences(before, after):
    """[{"field", "before", "after"}] between two contents, by field."""
    old, new = flat(before), flat(after)
    fields = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return [{"field": name, "before": old.get(name), "after": new.get(name)} for name in fields]


def flat(content):
    """Field path → value; the computed result stands beside the record's own fields."""
    return dict(leaves({**{name: part for name, part in content.items() if name != "result"}, **content.get("result", {})}))


def leaves(part, path=""):
    if isinstance(part, dict) and (part or not path):
        for name, value in part.items():
            yield from leaves(value, f"{path}.{name}" if path else name)
    elif isinstance(part, list) and any(isinstance(entry, dict) for entry in part):
        for place, entry in enumerate(part):
            yield from leaves(entry, f"{path}.{name_of(entry, place)}")
    else:
        yield path, part


def name_of(entry, place):
    """What an entry of a list is called in a field path: by what it is about, else by its place."""
    if "measure" in entry and "group" in entry and "id" not in entry and "figure" not in entry:
        return "/".join(filter(None, [entry["measure"], entry["group"], entry["nationality"]]))
    return entry.get("id") or entry.get("figure") or (entry.get("incident") if "certainty" in entry else None) or place


# Ids instead of uids


def uids_in(part):
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list):
        for entry in part:
            yield from uids_in(entry)
    elif isinstance(part, str) and UID.fullmatch(part):
        yield part


def public_ids(uids):
    """uid → public id, of records that were ever public."""
    found = {}
    for model in public_kinds().values() if uids else ():
        found.update(
            (str(uid), public_id) for uid, public_id in model.objects.filter(uid__in=uids).values_list("uid", "public_id").distinct()
        )
    return found


def shown(part, ids):
    """`part` with public ids in the place of uids; what is about a record that never was public is left out of lists, else null."""
    if isinstance(part, dict):
        return {name: shown(value, ids) for name, value in part.items()}
    if isinstance(part, list):
        return [shown(entry, ids) for entry in part if not is_about_the_unpublished(entry, ids)]
    return ids.get(part) if isinstance(part, str) and UID.fullmatch(part) else part


def is_about_the_unpublished(entry, ids):
    about = entry.get("incident") if isinstance(entry, dict) else entry
    return isinstance(about, str) and bool(UID.fullmatch(about)) and about not in ids
