"""From the ledger to the public tables: rows, link rows, composed documents, search words.

A row's columns and facets show the record as it last stood while the row was current: for a current row that is now,
for an older one the state just before its successor's release. So a rebuild from the ledger gives the same bytes.
"""

import json
from collections import defaultdict
from itertools import groupby

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from borderwatch import search
from borderwatch.batches import in_batches, insert_links, insert_rows, update_rows
from borderwatch.media import picture_references
from borderwatch.models import Change, DataVersion, Edition, Reference, WaitingDocument
from borderwatch.published import public_kinds
from borderwatch.state import PublicState

SERVED = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))


MANY = 200
"""So many documents are composed in the release that changes what they show; more follow after it (publishing/recomposing.py)."""

MANY_NAMES = 2000
"""Editions that name what changed: where there are more, even finding what shows it is left for after the release."""


def project(editions, state, also=frozenset(), may_wait=False):
    """Bring the public tables up to date with `editions`, one release's, just written; `state`: the record with them planned.

    `also`: (record, uid) of records whose part in other documents changes without an edition of their own; `may_wait`: whether other
    documents may be composed after the release, where they are many.
    """
    state.stamp(editions)
    changed = {(edition.record, str(edition.uid)) for edition in editions}
    shown = showing(changed | also, state, most=MANY_NAMES if may_wait else None)
    shown = None if shown is None else shown - changed
    corrects = is_correcting(editions)
    for record, model in public_kinds().items():
        for batch in in_batches([edition for edition in editions if edition.record == record]):
            rows = new_rows(model, batch, corrects)
            shown_rows = [row for row in rows if not row.is_tombstone]
            _columns, words, facets = fill(
                model, shown_rows, [state.planned[record, row.uid] for row in shown_rows], state, is_current=True
            )
            write_rows(model, rows)
            model.write_facets(shown_rows, facets, is_new=True)
            search.index(words, is_new=True)
    if shown is None:
        leave_waiting(changed | also, editions[0].release_id, leads_to_others=True)
    elif may_wait and len(shown) > MANY:
        leave_waiting(shown, editions[0].release_id)
    else:
        refresh(shown)


def leave_waiting(keys, release, leads_to_others=False):
    """Note that the documents of `keys` ((record, uid)) are to be composed anew, for the release with this sequence.

    `leads_to_others`: and that what shows them is still to be found.
    """
    found = [WaitingDocument(record=record, uid=uid, release=release, leads_to_others=leads_to_others) for record, uid in sorted(keys)]
    noted = ["release", *(["leads_to_others"] if leads_to_others else [])]
    for batch in in_batches(found, 1000):
        WaitingDocument.objects.bulk_create(batch, update_conflicts=True, unique_fields=["record", "uid"], update_fields=noted)


def append_rows(editions):
    """The rows of new editions of one release, not composed yet, in any order."""
    corrects = is_correcting(editions)
    for record, model in public_kinds().items():
        for batch in in_batches([edition for edition in editions if edition.record == record]):
            write_rows(model, new_rows(model, batch, corrects))


def is_correcting(editions):
    """Whether a release with these editions corrects something: what it changes in numbers is told as a correction too."""
    return any(edition.kind in Edition.CORRECTING for edition in editions)


def new_rows(model, editions, corrects):
    """Rows, not written yet, of new editions of one release; the rows before them stop being current."""
    release, later = editions[0].release, [edition.uid for edition in editions if edition.number > 1]
    latest = model.objects.latest().filter(uid__in=later).defer(*model.composed) if later else ()
    before = {str(row.uid): row for row in latest}
    if before:
        replaced = model.objects.filter(pk__in=[row.pk for row in before.values()])
        replaced.update(valid_to=release.valid_from, release_to=release.sequence, **dict.fromkeys(model.composed, ""))
        model.leave([row.pk for row in before.values()])
    return [new_row(model, edition, before.get(str(edition.uid)), corrects) for edition in editions]


def write_rows(model, rows):
    insert_rows(model, rows)
    insert_links(Reference, ("edition", "record", "field", "target"), [link for row in rows for link in references_of(row)])


def new_row(model, edition, before, corrects):
    """The row of a new edition after the row `before` it, or None; what it shows is composed later. A tombstone keeps the title of
    the row before it, for the pages that tell its past."""
    release = edition.release
    row = model(edition=edition, uid=str(edition.uid), public_id=edition.public_id, number=edition.number, change=edition.kind)
    row.release, row.valid_from, row.recorded_at = release.sequence, release.valid_from, release.recorded_at
    row.first_published_at = before.first_published_at if before else release.valid_from
    row.is_tombstone, row.merged_into = edition.is_tombstone, edition.merged_into
    row.is_sealed = not edition.content
    row.is_correction = edition.kind in Edition.CORRECTIONS or (corrects and edition.kind == Change.FIGURES)
    if row.is_tombstone and before:
        row.title, row.slug = before.title, before.slug
    return row


def references_of(row):
    """What the edition of a row names, pictures too, as values of Reference: edition, kind, field, target."""
    content = row.content
    yield from ((row.pk, row.record, name, uid) for name, uid in type(row).references(content))
    yield from ((link.edition_id, link.record, link.field, link.target) for link in picture_references(row.edition, content))


def name_tombstone(row):
    """A tombstone keeps the title of the row before it, for the pages that tell its past."""
    if row.is_tombstone:
        before = type(row).objects.get(uid=row.uid, number=row.number - 1)
        type(row).objects.filter(pk=row.pk).update(title=before.title, slug=before.slug)


def showing(changed, state, most=None):
    """(record, uid) of every public record whose document shows one of `changed`, those included; None where far more than `most` do."""
    found, frontier = set(changed), set(changed)
    while frontier:
        unread = state.unread([uid for _record, uid in frontier]) if most else ()
        if unread and Reference.objects.filter(target__in=unread).count() > most:
            return None
        shown = {(known.record, known.uid) for known in state.naming([uid for record, uid in frontier if record != "incident"])}
        shown |= {(known.record, known.uid) for known in shown_with(frontier, state)}
        frontier = {key for key in shown - found if key[0] != "incident"}
        found |= shown
    titles = state.naming([uid for record, uid in changed if record == "incident"])
    return found | {(known.record, known.uid) for known in titles}


def shown_with(keys, state):
    """Public records that show one of `keys` without naming it: a statement's incidents, an actor's outlets."""
    for kind, shown, field in (("statement", "incident", "incidents"), ("actor", "source", "outlets")):
        if kind in public_kinds():
            model = public_kinds()[kind]
            known = state.load(kind, [uid for record, uid in keys if record == kind])
            yield from state.load(shown, [uid for one in known for name, uid in model.references(one.content) if name == field])


def refresh(keys):
    """Compose the current rows of `keys` ((record, uid)) anew."""
    by_record = defaultdict(list)
    for record, uid in keys:
        by_record[record].append(uid)
    for record, model in public_kinds().items():
        for uids in in_batches(sorted(by_record[record])):
            compose_rows(model, model.objects.current().filter(uid__in=uids), PublicState.current(), is_current=True)


def compose_rows(model, rows, state, is_current):
    """Fill columns, facets, search words and, for current rows, the stored documents of one batch."""
    rows = list(rows.with_text().order_by("pk"))
    if rows:
        columns, words, facets = fill(model, rows, [state.add(row) for row in rows], state, is_current)
        names = [*columns, *model.composed]
        update_rows(model, names, [(row.pk, [getattr(row, name) for name in names]) for row in rows])
        model.write_facets(rows, facets)
        search.index(words)


def fill(model, rows, publics, state, is_current):
    """Set the columns of `rows` and, where current, their documents. Returns names of columns, words by search key, facets by sequence."""
    model.prepare(publics, state)
    words, facets, columns = {}, {}, set()
    for row, public in zip(rows, publics, strict=True):
        document = model.compose(public, state)
        values = model.columns(public, document)
        columns |= set(values)
        for name, value in values.items():
            setattr(row, name, value)
        for name, value in model.beside(document).items():
            setattr(row, name, value)
        if is_current:
            row.document = as_text(document)
            for name, text in model.ready(document).items():
                setattr(row, name, text)
        words[row.search_key] = model.words(public, document, state)
        facets[row.pk] = sorted(set(model.facet_values(public, document)))
    return sorted(columns), words, facets


def as_text(document):
    """Stored JSON as the API serves it."""
    return SERVED.encode(document)


@transaction.atomic
def rebuild(progress=lambda done, total: None):
    """Recreate every public table from the ledger and the places alone. Returns the number of editions."""
    lock()
    for model in public_kinds().values():
        model.clear()
    Reference.objects.all()._raw_delete(Reference.objects.db)
    WaitingDocument.objects.all()._raw_delete(Reference.objects.db)
    search.clear()
    editions = Edition.objects.select_related("release").order_by("sequence")
    total = editions.count()
    done = 0
    for _release, grouped in groupby(editions.iterator(chunk_size=500), key=lambda edition: edition.release_id):
        append_rows(written := list(grouped))
        done += len(written)
        progress(done, total)
    for model in public_kinds().values():
        compose_older(model)
        refresh((model.record, str(uid)) for uid in model.objects.current().values_list("uid", flat=True))
        for row in model.objects.filter(is_tombstone=True).order_by("pk"):
            name_tombstone(row)
    public_data_changed()
    return total


def compose_older(model, rows=None):
    """Columns and facets of rows that are no longer current, as they last stood."""
    rows = model.objects.all() if rows is None else rows
    older = rows.filter(release_to__isnull=False, is_tombstone=False, is_sealed=False)
    for until in older.order_by("release_to").values_list("release_to", flat=True).distinct():
        for keys in in_batches(older.filter(release_to=until).order_by("pk").values_list("pk", flat=True)):
            compose_rows(model, model.objects.filter(pk__in=keys), PublicState.after_release(until - 1), is_current=False)


@transaction.atomic
def place_changed(slug):
    """A place was saved: compose anew what shows it. Places are public at once."""
    lock()
    for model in public_kinds().values():
        rows = model.showing_place(slug)
        if rows is not None:
            compose_older(model, rows)
            refresh((model.record, str(uid)) for uid in rows.filter(valid_to__isnull=True).values_list("uid", flat=True))
    public_data_changed()


def lock():
    """Take the one lock under which anything public is written: ids, ledger order, chain and public tables follow one order."""
    return DataVersion.objects.select_for_update().filter(pk=1).first() or made_lock()


def made_lock():
    DataVersion.objects.get_or_create(pk=1)
    return DataVersion.objects.select_for_update().get(pk=1)


def public_data_changed(moment=None):
    """Whatever is cached of the public record is stale from now on."""
    changed = {"number": F("number") + 1, "changed_at": moment or timezone.now()}
    if not DataVersion.objects.filter(pk=1).update(**changed):
        made_lock()
        DataVersion.objects.update(**changed)
