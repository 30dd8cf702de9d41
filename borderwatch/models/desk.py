"""What the desk keeps beside its records: comments, publications that wait for their hour, seals that wait for a second person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from borderwatch.models.ledger import Change, Release


class CommentQuerySet(models.QuerySet):
    def about(self, record):
        """Comments on this record and its fields, earliest first."""
        return self.filter(record=record.record_kind, uid=record.uid)

    def open(self):
        """Comments that nobody has settled."""
        return self.filter(settled_at__isnull=True)

    def settle(self, name):
        """Mark these as settled by somebody of this name."""
        return self.update(settled_at=timezone.now(), settled_by_name=name)


class Comment(models.Model):
    """What a colleague says about a record, or about one field of it, until somebody settles it."""

    record = models.CharField(_("kind of record"), max_length=20)
    uid = models.UUIDField(_("record"))
    field = models.CharField(_("field"), max_length=60, blank=True, default="", help_text=_("Empty: about the whole record."))
    text = models.TextField(_("comment"))
    said_at = models.DateTimeField(_("said at"), auto_now_add=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("said by")
    )
    said_by_name = models.CharField(_("name of who said it"), max_length=200, blank=True, default="")
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by_name = models.CharField(_("name of who settled it"), max_length=200, blank=True, default="")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ("add", "view")
        indexes = [models.Index(fields=["record", "uid"], name="comment_by_record")]

    def __str__(self):
        return self.text[:80]


class ScheduledPublication(models.Model):
    """One release that waits for its hour: what the editor saw announced, and nothing else, is published then."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PUBLISHED = "published", _("Published")
        REFUSED = "refused", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")

    records = models.JSONField(_("records"), help_text=_("Pairs of kind and uid."))
    carry = models.JSONField(_("edits that go along"), blank=True, default=list, help_text=_("Pairs of kind and uid."))
    kind = models.CharField(_("kind of change"), max_length=20, choices=Change, blank=True, default="")
    note = models.TextField(_("what readers are told"), blank=True, default="")
    due_at = models.DateTimeField(_("due at"))
    fingerprint = models.CharField(max_length=64, help_text=_("Of the plan that was announced."))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    asked_by_name = models.CharField(_("name of who asked"), max_length=200, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True, default="", help_text=_("Why it was refused."))
    release = models.ForeignKey(
        Release, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+", verbose_name=_("release")
    )

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="scheduled_and_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__gte=F("asked_at"))),
                name="scheduled_publication_ends_once",
            )
        ]

    def __str__(self):
        return f"{self.due_at:%Y-%m-%d %H:%M} UTC: {self.note[:60] or self.get_state_display()}"


class SealRequest(models.Model):
    """That one person asks for a record to be sealed: nothing happens before another one agrees."""

    record = models.CharField(_("kind of record"), max_length=20)
    uid = models.UUIDField(_("record"))
    reason = models.TextField(_("reason"), help_text=_("Public: readers see it in place of the record."))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    asked_by_name = models.CharField(_("name of who asked"), max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by_name = models.CharField(_("name of who ended it"), max_length=200, blank=True, default="")
    is_sealed = models.BooleanField(_("sealed"), default=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("request to seal")
        verbose_name_plural = _("requests to seal")
        default_permissions = ("view",)
        permissions = [("seal_record", _("Can ask for a seal and agree to one"))]
        constraints = [
            models.UniqueConstraint(fields=["record", "uid"], condition=Q(ended_at__isnull=True), name="seal_is_asked_once_at_a_time")
        ]

    def __str__(self):
        return f"{self.asked_by_name}: {self.reason[:60]}"


class Identity(models.Model):
    """Who a source or actor really is, whose record bears a code name. Read on one page alone, by a permission of its own."""

    record = models.CharField(_("kind of record"), max_length=20)
    uid = models.UUIDField(_("record"), unique=True)
    words = models.JSONField(_("what is protected"), help_text=_("Field → the true words."))
    protected_at = models.DateTimeField(_("protected at"), auto_now_add=True)
    protected_by_name = models.CharField(_("name of who protected it"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("protected identity")
        verbose_name_plural = _("protected identities")
        default_permissions = ()
        permissions = [("see_identity", _("Can protect identities and see who is protected"))]

    def __str__(self):
        return f"{self.record} {self.uid}"


class IdentityLook(models.Model):
    """That somebody looked who it is."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="looks", verbose_name=_("protected identity"))
    looked_at = models.DateTimeField(_("looked at"), auto_now_add=True)
    looked_by_name = models.CharField(_("name of who looked"), max_length=200)

    class Meta:
        ordering = ["-looked_at", "-pk"]
        verbose_name = _("look at an identity")
        verbose_name_plural = _("looks at identities")
        default_permissions = ()

    def __str__(self):
        return f"{self.looked_by_name}, {self.looked_at:%Y-%m-%d %H:%M} UTC"
