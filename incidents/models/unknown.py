"""Known unknowns: what a public incident does not say yet. They are found, not stored; stored is only that somebody set one aside."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.models.incident import Incident


class Dismissal(models.Model):
    """That a known unknown of an incident needs no work for now: why, by whom, and from when on it is asked again."""

    class Unknown(models.TextChoices):
        ATTACKER = "attacker", _("Attacker not identified")
        ONE_ORIGIN = "one_origin", _("One origin only")
        INJURED = "injured", _("Injured not reported")
        NO_RESPONSE = "no_response", _("No response from the other side after 14 days")
        NO_ORIGINAL = "no_original", _("Original not held")
        NO_ALT_TEXT = "no_alt_text", _("Image without text alternative")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="dismissals", verbose_name=_("incident"))
    unknown = models.CharField(_("known unknown"), max_length=20, choices=Unknown)
    reason = models.TextField(_("reason"))
    ask_again_on = models.DateField(_("ask again on"), null=True, blank=True, help_text=_("Empty: never again."))
    dismissed_at = models.DateTimeField(_("dismissed at"), auto_now_add=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("dismissed by")
    )
    dismissed_by_name = models.CharField(_("name of who dismissed it"), max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("dismissed unknown")
        verbose_name_plural = _("dismissed unknowns")
        default_permissions = ("add", "view")
        indexes = [models.Index(fields=["incident", "unknown"], name="dismissal_by_unknown")]

    def __str__(self):
        return f"{self.get_unknown_display()}: {self.reason[:60]}"
