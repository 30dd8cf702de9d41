"""Protected sources and actors: the record bears a code name, and who it is stands apart, seen by a permission of its own.

Everything that shows the record shows its code name, because that is its name: lists, forms, histories, messages, exports. What was
written elsewhere (notes, captured texts, backups made before) is not touched; docs/editors.md says so.
"""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from borderwatch.models import Identity

PERMISSION = "borderwatch.see_identity"


def identity_of(record):
    """The Identity of a protected record, or None."""
    return Identity.objects.filter(record=record.record_kind, uid=record.uid).first()


def allow(by):
    if not by.has_perm(PERMISSION):
        raise PermissionDenied(_("Who is protected is seen by a permission of its own."))


@transaction.atomic
def protect(record, code_name, by):
    """Give the record a code name, and keep apart what tells who it is. Raises ValidationError where readers know it already."""
    allow(by)
    code_name = " ".join(code_name.split())
    if not code_name:
        raise ValidationError(_("Give a code name that tells nothing of who it is."))
    if record.was_ever_public:
        raise ValidationError(_("“%(record)s” was public: a code name protects nobody any more. Seal it instead.") % {"record": record})
    if identity_of(record):
        raise ValidationError(_("“%(record)s” is protected already.") % {"record": record})
    told = {name: getattr(record, name) for name in record.identity_fields}
    Identity.objects.create(record=record.record_kind, uid=record.uid, words=told, protected_by_name=by.get_username())
    for name in record.identity_fields:
        setattr(record, name, record._meta.get_field(name).get_default())
    record.name, record.slug = code_name, free_slug(record, code_name)
    record._change_reason = ""
    record.save()
    forget_earlier_names(record)


def free_slug(record, code_name):
    wanted = slugify(code_name)[:90] or f"{record.record_kind}-{record.uid.hex[:8]}"
    is_taken = type(record)._base_manager.filter(slug=wanted).exclude(pk=record.pk).exists()
    return f"{wanted}-{record.uid.hex[:6]}" if is_taken else wanted


def forget_earlier_names(record):
    """Write the code name into the record's history and into the admin's log."""
    now = {name: getattr(record, name) for name in record.identity_fields}
    type(record).history.filter(id=record.pk).update(**now, history_change_reason="")
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk))
    entries.update(object_repr=str(record)[:200], change_message="")


@transaction.atomic
def look(record, by):
    """Who it is, as field → words; that `by` looked is kept."""
    allow(by)
    identity = identity_of(record)
    if identity is None:
        raise ValidationError(_("“%(record)s” is not protected.") % {"record": record})
    identity.looks.create(looked_by_name=by.get_username())
    return identity.words


@transaction.atomic
def unprotect(record, by):
    """Put the true words back on the record."""
    for name, words in look(record, by).items():
        setattr(record, name, words)
    record.save()
    identity_of(record).delete()
