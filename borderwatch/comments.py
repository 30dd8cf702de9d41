"""What colleagues say about a record on the desk, until somebody settles it. Never public."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from borderwatch.models import Comment

MAY_COMMENT = "borderwatch.add_comment"


def comment(record, by, text, field=""):
    """Keep a Comment on `record`, or on one of its fields; see Record.comment."""
    if not by.has_perm(MAY_COMMENT):
        raise PermissionDenied(_("Comments are for colleagues with a role on the desk."))
    if not text.strip():
        raise ValidationError(_("Say something: the comment is empty."))
    if field and field not in commentable(type(record)):
        raise ValidationError(_("“%(field)s” is no field of this record.") % {"field": field})
    words = {"text": text.strip(), "field": field, "said_by": by, "said_by_name": by.get_username()}
    return Comment.objects.create(record=record.record_kind, uid=record.uid, **words)


def settle(comment, by):
    """Mark the comment as settled; it stays to be read. Settled already: nothing happens."""
    if not by.has_perm(MAY_COMMENT):
        raise PermissionDenied(_("Comments are for colleagues with a role on the desk."))
    Comment.objects.open().filter(pk=comment.pk).settle(by.get_username())


def commentable(model):
    """Field name → what the form calls it, of everything that a comment can be about: fields, then rows inside the record."""
    plain = {field.name: field.verbose_name for field in model._meta.fields if field.editable and not field.primary_key}
    plain |= {field.name: field.verbose_name for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created}
    rows = {link.get_accessor_name(): link.related_model._meta.verbose_name_plural for link in rows_inside(model)}
    return {name: str(capfirst(words)) for name, words in (plain | rows).items()}


def rows_inside(model):
    """The relations of rows that are parts of a record of this model: figures of a statement, and so on."""
    return [model._meta.get_field(name) for name in model.rows_inside]


def move_comments(record, other):
    """Let the comments on `record` stand at `other`."""
    Comment.objects.about(record).update(uid=other.uid)
