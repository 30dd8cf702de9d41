"""Sealing: erasing the public words of a record that endangers someone, from every edition, for good.

Number, times, digest and reason remain, so the chain still verifies; the change feed says seal, so that mirrors erase too.
"""

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from borderwatch import search
from borderwatch.ledger import database_now, parse
from borderwatch.media import FIELD, pictures_of
from borderwatch.models import Change, Edition, Reference
from borderwatch.picture_names import picture_of, sizes_of
from borderwatch.projection import compose_older, lock, public_data_changed
from borderwatch.published import public_kinds
from borderwatch.publishing.planning import IdGiver, Planned, with_dependants
from borderwatch.publishing.verbs import write
from borderwatch.state import PublicRecord, PublicState

KEPT = set(
    "edition uid public_id number change release release_to valid_from valid_to recorded_at "
    "first_published_at merged_into is_tombstone is_sealed is_correction".split()
)
"""Columns that do not tell of the content."""


@transaction.atomic
def seal(record, by, reason):
    """Write the release that seals `record`, then erase every public word of it; see Record.seal."""
    lock()
    if not reason.strip():
        raise ValidationError(_("Give the reason: readers see it in place of the record. Keep it free of what must not be read."))
    plan, model = plan_seal(record), public_kinds()[record.record_kind]
    release = write(plan, by, reason, None, IdGiver())
    showing = ever_showing(model, record.uid)
    erase(model, record.uid)
    for shown in public_kinds().values():
        compose_older(shown, shown.objects.filter(uid__in=showing))
    public_data_changed(database_now())
    return release


def plan_seal(record):
    """The Plan of sealing `record`. Raises ValidationError where it never was public, is sealed already, or where others need it."""
    model = public_kinds()[record.record_kind]
    row = model.objects.latest().with_text().filter(uid=record.uid, is_sealed=False).exclude(change=Change.SEAL).first()
    if row is None:
        raise ValidationError(_("“%(record)s” was never public or is sealed already.") % {"record": record})
    before = PublicRecord.from_row(row)
    if needed_by := [] if row.is_tombstone else model.needed_by(before, PublicState.current()):
        words = {"record": record, "others": ", ".join(sorted(set(needed_by)))}
        raise ValidationError(_("“%(record)s” cannot be sealed while these need it: %(others)s.") % words)
    return with_dependants([Planned(row.record, str(row.uid), row.public_id, row.number + 1, Change.SEAL, {}, before)])


def ever_showing(model, uid):
    """uids of all records of which some edition ever showed this one, directly or through what it names."""
    found, frontier = {uid}, {uid}
    while frontier:
        naming = Reference.objects.filter(target__in=frontier).exclude(record="incident")
        reached = set(Edition.objects.filter(pk__in=naming.values("edition")).values_list("uid", flat=True))
        frontier = reached - found
        found |= reached
    editions = Edition.objects.filter(uid__in=found)
    incidents = Reference.objects.filter(field="incidents", edition__in=editions.values("pk"))
    naming = Reference.objects.filter(record="incident", target__in=found)
    participated = Edition.objects.filter(pk__in=naming.values("edition"))
    return {*found, *incidents.values_list("target", flat=True), *participated.values_list("uid", flat=True)}


def erase(model, uid):
    """Erase content and salt of every edition but the seal itself, and all that was made of them."""
    editions = Edition.objects.filter(record=model.record, uid=uid).exclude(kind=Change.SEAL)
    pictures = {name for text in editions.values_list("content", flat=True) for name in pictures_of(parse(text))}
    editions.update(content="", salt="")
    rows = model.objects.filter(uid=uid)
    search.remove([row.search_key for row in rows.defer(*model.composed)])
    keys = list(rows.values_list("pk", flat=True))
    erase_rows(rows, keys)
    Reference.objects.filter(edition__in=keys).delete()
    transaction.on_commit(lambda: erase_pictures(pictures))


def erase_pictures(names):
    """Delete stored pictures that no other record ever showed, in every size."""
    for name in names:
        if not Reference.objects.filter(target=picture_of(name), field=FIELD).exists():
            for stored in [name, *(size.file for size in sizes_of(name))]:
                default_storage.delete(stored)


def erase_rows(rows, keys):
    """Put every column that tells of the content back to its default; ids, numbers and times stay."""
    model = rows.model
    rows.exclude(change=Change.SEAL).update(is_sealed=True)
    told = [field for field in model._meta.concrete_fields if field.name not in KEPT]
    rows.update(**{field.name: None if field.null else field.get_default() for field in told})
    model.forget(keys)
