"""Retraction: whoever published or said it took it back. It stays readable, struck through, and counts for nothing from then on."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _


class Retractable:
    """A record with `retracted_on`, and perhaps a `retraction_notice`."""

    def retract(self, on, notice, by, fingerprint=None):
        """Say that it was taken back on the day `on`, with a public notice, and publish that: in the same release every incident
        whose numbers rest on it changes. Returns the Release; None where readers do not see the record. Refused as publish_many is.
        """
        return self._save_and_publish(lambda: self.mark_retracted(on, notice, by), by, notice, None, fingerprint)

    def undo_retraction(self, notice, by, fingerprint=None):
        """It was not taken back after all: a correction with a public explanation. Returns the Release, or None as above."""
        return self._save_and_publish(lambda: self.mark_not_retracted(notice, by), by, notice, "correction", fingerprint)

    @transaction.atomic
    def _save_and_publish(self, edit, by, note, kind, fingerprint):
        from borderwatch.projection import lock
        from borderwatch.publishing.rehearsing import edit_and_publish

        lock()
        if self.edition is None:
            edit()
            return None
        return edit_and_publish(edit, by, note, kind, fingerprint)

    # On the desk alone

    def mark_retracted(self, on, notice, by):
        """Save the retraction on the desk; returns the records to publish."""
        if on > timezone.now().date():
            raise ValidationError(_("A day to come: give the day on which it was taken back."))
        return self._save_retraction(on, notice, by, _("Give the notice: readers see why it does not count."), _("Retracted"))

    def mark_not_retracted(self, notice, by):
        """Take the retraction from the desk; returns the records to publish."""
        if self.retracted_on is None:
            raise ValidationError(_("It is not retracted."))
        missing = _("A correction needs an explanation that readers will see.")
        return self._save_retraction(None, notice, by, missing, _("Not retracted after all"))

    def _save_retraction(self, on, notice, by, missing, reason):
        if not notice.strip():
            raise ValidationError(missing)
        self.retracted_on = on
        if hasattr(self, "retraction_notice"):
            self.retraction_notice = notice.strip() if on else ""
        self._history_user, self._change_reason = by, reason
        self.save()
        return [self]
