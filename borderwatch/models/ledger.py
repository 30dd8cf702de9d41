"""The ledger: what was made public, when, by whom and why. Append-only; triggers refuse everything else (triggers.py)."""

import json

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    """Kinds of change that an edition can be."""

    NEW = "new", _("first published")
    UPDATE = "update", _("updated")
    CORRECTION = "correction", _("corrected")
    FIGURES = "figures", _("figures changed")
    MERGE = "merge", _("merged")
    WITHDRAWAL = "withdrawal", _("withdrawn")
    SEAL = "seal", _("sealed")
    RECALCULATED = "recalculated", _("recalculated by a new rule")
    RESTORED = "restored", _("restored")


class Release(models.Model):
    """One press of the button. `valid_from` is claimed and differs from `recorded_at` in replays and imports only."""

    sequence = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField(help_text="The database's clock.")
    valid_from = models.DateTimeField()
    by_id = models.CharField(max_length=40, blank=True, default="", help_text="The user's id as a value: deleting a user keeps the log.")
    by_name = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="", help_text="The public explanation.")

    class Meta:
        ordering = ["sequence"]
        default_permissions = ("view",)

    def __str__(self):
        return f"Release {self.sequence}"


class Edition(models.Model):
    """One record's own public content, as one release made it public."""

    TOMBSTONES = {Change.WITHDRAWAL, Change.SEAL}
    CORRECTING = {Change.CORRECTION, Change.WITHDRAWAL}
    """What may move the numbers of incidents in the same release; these are told as corrections then."""
    CORRECTIONS = {Change.CORRECTION, Change.WITHDRAWAL, Change.MERGE, Change.SEAL, Change.RECALCULATED, Change.RESTORED}
    """What the list of corrections tells."""

    sequence = models.BigIntegerField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="editions")
    record = models.CharField(max_length=20, help_text="source, article, actor, statement or incident.")
    uid = models.UUIDField()
    public_id = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Change)
    merged_into = models.UUIDField(null=True, help_text="The record that this one is read as since.")
    schema = models.PositiveSmallIntegerField(help_text="The version of the content's shape.")
    content = models.TextField(help_text="Canonical JSON; empty once sealed.")
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["record", "uid", "number"], name="edition_number_is_given_once")]
        indexes = [models.Index(fields=["record", "public_id", "number"], name="edition_by_public_id")]

    def __str__(self):
        return f"{self.public_id} edition {self.number}"

    @property
    def is_tombstone(self):
        return self.kind in self.TOMBSTONES or self.merged_into is not None

    def own_content(self):
        """The content as a dict, without the computed result."""
        content = json.loads(self.content) if self.content else {}
        content.pop("result", None)
        return content


class DataVersion(models.Model):
    """One row: its lock puts releases in one order, its number changes whenever anything public does (caches hang on it)."""

    number = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)


class Counter(models.Model):
    """The last number given for a prefix of public ids ("BW-2025-", "ST-"). Numbers are never given twice."""

    prefix = models.CharField(max_length=20, primary_key=True)
    last = models.BigIntegerField(default=0)


class WaitingDocument(models.Model):
    """A public record whose document, words and facets are composed anew soon: a release changed what it shows of others."""

    record = models.CharField(max_length=20)
    uid = models.UUIDField()
    release = models.BigIntegerField(help_text="The last release that changed what it shows.")
    leads_to_others = models.BooleanField(default=False, help_text="What shows it is still to be found, and waits too.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["record", "uid"], name="a_document_waits_once")]


class Reference(models.Model):
    """Public table: which edition names which record, and in which field; finds everything that shows a record."""

    edition = models.ForeignKey(Edition, on_delete=models.DO_NOTHING, db_constraint=False, related_name="references")
    record = models.CharField(max_length=20, help_text="The kind of the record that names.")
    field = models.CharField(max_length=30)
    target = models.UUIDField(help_text="The record that is named.")

    class Meta:
        indexes = [models.Index(fields=["target", "record", "field"], name="reference_by_target")]
