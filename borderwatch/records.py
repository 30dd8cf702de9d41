"""What every publishable desk record has in common, and the verbs that make it public."""

import uuid
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from borderwatch.texts.letters import CleanText


class StaleRecord(ValidationError):
    """Somebody else saved this record after it was read: saving now would overwrite them."""

    def __init__(self, record):
        super().__init__(
            _("%(record)s was changed by somebody else since you opened it. Open it again and repeat your change."),
            code="stale",
            params={"record": str(record)},
        )


class Record(CleanText, models.Model):
    """A record that can be published: half-finished is fine here, nothing on the desk is public."""

    record_kind = ""
    """The record's name in the public record: source, article, actor, statement or incident."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    public_id = models.CharField(_("public id"), max_length=20, null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    note = models.TextField(_("internal note"), blank=True, default="", help_text=_("For colleagues only; never public."))
    translations = models.JSONField(
        _("translations"),
        blank=True,
        default=dict,
        help_text=_('By language, then field, for example {"ru": {"title": "…"}}.'),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Save, unless somebody else saved since this copy was read (StaleRecord)."""
        read_version = self.version
        try:
            with transaction.atomic():
                if not self._state.adding:
                    self._claim_version()
                super().save(*args, **kwargs)
        except BaseException:
            self.version = read_version
            raise

    def delete(self, *args, **kwargs):
        refuse_to_delete_what_was_public(type(self), self)
        return super().delete(*args, **kwargs)

    def _claim_version(self):
        mine = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        if not mine.update(version=F("version") + 1):
            raise StaleRecord(self)
        self.version += 1
        self.public_id = given_public_id(self)

    # What the public sees of it, and what is missing before it may

    def content(self):
        """The record's own public content as a dict: other records by uid, places by slug."""
        raise NotImplementedError

    def refuse_merge(self, other):
        """Raise ValidationError where merging this record into `other` would contradict the record."""

    def companions(self):
        """Desk records that go along when this one is published and they never were."""
        return []

    def public_companions(self):
        """Desk records beside `companions` that show with this one and were public before: their edits may be carried."""
        return []

    def missing(self):
        """Sentences that say what must be done before this record can be published."""
        return missing_of_image(self)

    def warnings(self):
        """Sentences that say what readers will miss; they do not stop a publication."""
        return []

    planned_part_ids = {}
    """Primary key → public id of numbered parts (figures), while a release that numbers them is planned."""

    def new_part_ids(self, give):
        """Public ids for numbered parts that have none yet; `give(prefix)` hands them out."""
        return {}

    part_model = None
    """The model of the numbered parts."""

    identity_fields = ()
    """Fields that tell who a source or actor is: what protection keeps apart."""

    read_along = ()
    """Relations that `content`, `companions` and `new_part_ids` read: prefetched where many records are published at once."""

    # Putting back what stood before

    rows_inside = ()
    """Relations whose rows are parts of this record, in the order in which they are saved."""
    stays_on_put_back = ()
    """Fields that stay as they are when an earlier version is put back: where the record stands in the desk's work."""

    def put_back(self, version, by):
        """Save the record, its lists and its rows as they stood at `version`, as a new version by the user `by`.

        Raises StaleRecord, or ValidationError that says what cannot be put back; then nothing is saved.
        """
        from borderwatch.desk.put_back import put_back_version

        put_back_version(self, version, by)

    def put_back_edition(self, number, by):
        """Save what the edition `number` told readers as a new version on the desk; publishing it is a step of its own. Raises the same."""
        from borderwatch.desk.put_back import put_back_edition

        put_back_edition(self, number, by)

    def as_entered(self, values):
        """Field values as an editor enters them, of those that an edition tells: what followed from others was not entered."""
        return values

    def refuse_put_back(self, stood, by):
        """Raise ValidationError where `by` may not put back the AsItStood `stood`."""

    def follow_from_what_was_put_back(self):
        """Bring fields into line that follow from others, before the record is saved."""

    # Publishing

    def publish(self, by, note="", kind=None, at=None, carry=None):
        """Make the record's present content public. Returns the Release, or None when nothing changed.

        `by`: the user; `note`: public explanation; `kind`: "correction" for a correction, otherwise derived;
        `at`: aware past datetime, for replays; `carry`: public records whose desk edits go along.
        Raises ValidationError that says what is missing.
        """
        from borderwatch.publishing.verbs import publish

        release = publish(self, by=by, note=note, kind=kind, at=at, carry=carry)
        self.public_id = type(self)._base_manager.values_list("public_id", flat=True).get(pk=self.pk)
        return release

    def withdraw(self, by, reason, at=None):
        """Take the record from public view, with a public reason. Raises ValidationError where others need it."""
        from borderwatch.publishing.verbs import withdraw

        return withdraw(self, by=by, reason=reason, at=at)

    def merge_into(self, other, by, note):
        """Make this record part of `other`, of the same kind: whoever names it reads `other` from now on. Returns the Release."""
        from borderwatch.publishing.merging import merge

        return merge(self, other, by=by, note=note)

    def seal(self, by, reason):
        """Withdraw the record and erase every public word of it, in all editions, for good. Returns the Release."""
        from borderwatch.publishing.sealing import seal

        return seal(self, by=by, reason=reason)

    @property
    def edition(self):
        """The current public edition, or None where nothing is public now."""
        from borderwatch.models import Edition

        last = Edition.objects.filter(record=self.record_kind, uid=self.uid).select_related("release").order_by("-sequence").first()
        return None if last is None or last.is_tombstone else last

    @property
    def was_ever_public(self):
        return self.public_id is not None

    @property
    def has_unpublished_changes(self):
        """Whether readers would see something change if this public record were published now."""
        from borderwatch.publishing.planning import edited

        return edited([self]) == [self]

    # What colleagues say of it

    @property
    def comments(self):
        """What colleagues said about it, settled or not, earliest first."""
        from borderwatch.models import Comment

        return Comment.objects.about(self)

    def comment(self, by, text, field=""):
        """Say something about the record, or about one of its fields, until somebody settles it. Returns the Comment.

        Raises PermissionDenied where `by` has no role on the desk, ValidationError for no words or no such field.
        """
        from borderwatch.comments import comment

        return comment(self, by, text, field)


def given_public_id(row):
    """The public id of a record or figure as the ledger gave it: publishing makes no new version, so a copy may not know it yet."""
    return row.public_id or type(row)._base_manager.filter(pk=row.pk).values_list("public_id", flat=True).first()


@cache
def record_models():
    """Record kind → desk model."""
    return {model.record_kind: model for model in apps.get_models() if issubclass(model, Record)}


def as_published(content):
    """Content as it reads back from the ledger (dates as text, tuples as lists)."""
    from borderwatch.ledger import canonical, parse

    return parse(canonical(content))


def refuse_to_delete_what_was_public(sender, instance, **kwargs):
    """Readers may cite it; withdraw it instead. Also connected to pre_delete, for deletions in bulk."""
    if isinstance(instance, Record) and instance.was_ever_public:
        raise ValidationError(_("%(record)s was public and cannot be deleted. Withdraw it instead."), params={"record": str(instance)})


# How content is written: fields listed one by one


def values(record, names):
    """The named plain fields of `record` (space separated) as a dict."""
    return {name: getattr(record, name) for name in names.split()}


def parts(record, name, *named):
    """The rows inside a record, with what they name: as prefetched for many records at once, else as they stand now."""
    relation = getattr(record, name)
    return relation.all() if name in getattr(record, "_prefetched_objects_cache", {}) else relation.select_related(*named)


def uid_of(record):
    return str(record.uid) if record else None


def in_order(members):
    """The uids of a many-to-many field, as first entered."""
    return [uid_of(member) for member in sorted(members.all(), key=lambda member: member.pk)]


def slug_of(place):
    return place.slug if place else None


NEEDED_OF_IMAGE = {
    "alt": _("Its image has no text alternative: say what it shows."),
    "credit": _("Its image has no credit: say who took it."),
    "rights": _("Its image has no rights: say on what terms it may be shown."),
}
"""What must be said of an image before readers see it, where the kind of record has a field for it."""


def missing_of_image(record):
    if getattr(record, "image", None):
        return [sentence for name, sentence in NEEDED_OF_IMAGE.items() if getattr(record, f"image_{name}", None) == ""]
    return []


def image_of(record):
    """The image with what must be said of it, or None."""
    if not record.image:
        return None
    about = ("alt", "caption", "credit", "taken_on", "rights")
    return {"file": record.image.name} | {name: getattr(record, f"image_{name}", "") for name in about}
