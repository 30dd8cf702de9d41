"""Imports: which file brought which events, so that nothing enters twice and a batch can be undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.models.incident import Incident
from incidents.models.statement import Statement


class ImportBatch(models.Model):
    """One import of one file."""

    layout = models.CharField(_("layout"), max_length=20)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("imported by")
    )
    imported_by_name = models.CharField(_("name of who imported"), max_length=200, blank=True, default="")
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by_name = models.CharField(_("name of who undid it"), max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ("view",)
        permissions = [("import_events", _("Can import events and undo an import"))]

    def __str__(self):
        return f"{self.file_name} ({self.layout}, {self.imported_at:%Y-%m-%d %H:%M})"


class ImportedEvent(models.Model):
    """What one event said when a batch brought it; the last one of a key is what a new file is compared with."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="events", verbose_name=_("import"))
    layout = models.CharField(_("layout"), max_length=20)
    key = models.CharField(_("id in the data set"), max_length=100)
    row = models.PositiveIntegerField(_("row"))
    is_new = models.BooleanField(_("new with this import"))
    values = models.JSONField(_("values of the file"))
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="imported_events", verbose_name=_("incident"))
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="imported_events", verbose_name=_("statement"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("imported event")
        verbose_name_plural = _("imported events")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "key"], name="imported_event_once_per_batch")]
        indexes = [models.Index(fields=["layout", "key"], name="imported_event_by_key")]

    def __str__(self):
        return f"{self.layout} {self.key}"


class ImportedRecord(models.Model):
    """What one row of an editors' table said of a record, and what the record said before."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="records", verbose_name=_("import"))
    kind = models.CharField(_("kind of record"), max_length=10)
    uid = models.UUIDField()
    key = models.CharField(_("key in the file"), max_length=100)
    sheet = models.CharField(_("sheet"), max_length=40, blank=True, default="")
    row = models.PositiveIntegerField(_("row"))
    is_new = models.BooleanField(_("new with this import"))
    told = models.JSONField(_("values of the file"), help_text=_("Also of earlier files, where this one is silent."))
    before = models.JSONField(_("values before"), help_text=_("Of what this import changed."))
    version = models.PositiveIntegerField(_("version after the import"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "kind", "uid"], name="imported_record_once_per_batch")]
        indexes = [
            models.Index(fields=["kind", "key"], name="imported_record_by_key"),
            models.Index(fields=["kind", "uid"], name="imported_record_by_uid"),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"
