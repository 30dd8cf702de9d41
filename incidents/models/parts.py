"""What the words of a statement contain: answers to when and where, labels, and figures."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from borderwatch.records import given_public_id
from incidents.models.actor import Actor
from incidents.models.incident import Incident
from incidents.models.place import Place
from incidents.models.statement import Statement
from sources.models import country_code


class Assertion(models.Model):
    """The answer that a statement gives to "when" or "where"; answers are compared per role."""

    class About(models.TextChoices):
        DATE = "date", _("Date")
        PLACE = "place", _("Place")

    class Role(models.TextChoices):
        OCCURRENCE = "occurrence", _("It happened")
        CROSSING = "crossing", _("The border was crossed")
        LAUNCH = "launch", _("It was launched")
        IMPACT = "impact", _("It struck")
        ANNOUNCEMENT = "announcement", _("It was announced")

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="assertions", verbose_name=_("statement"))
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="assertions", verbose_name=_("incident")
    )
    about = models.CharField(_("about"), max_length=10, choices=About)
    role = models.CharField(_("role"), max_length=15, choices=Role, default=Role.OCCURRENCE)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    wording = models.CharField(_("wording"), max_length=300, blank=True, default="")

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("answer to when or where")
        verbose_name_plural = _("answers to when or where")
        constraints = [
            models.CheckConstraint(
                condition=Q(about="date", place__isnull=True) | Q(about="place", starts_on__isnull=True, ends_on__isnull=True),
                name="assertion_answers_one_question",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="assertion_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return self.wording or str(self.place or self.starts_on)


class Label(models.Model):
    """What a speaker calls somebody: the words are the speaker's."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="labels", verbose_name=_("statement"))
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="labels", verbose_name=_("who is called so")
    )
    described = models.CharField(
        _("or, in words"), max_length=200, blank=True, default="", help_text=_("“the three killed”, where there is no actor.")
    )
    words = models.CharField(_("is called"), max_length=200)
    language = models.CharField(_("language"), max_length=10, blank=True, default="en")

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("label")
        verbose_name_plural = _("labels")

    def __str__(self):
        return f"{self.actor or self.described}: “{self.words}”"


class Figure(models.Model):
    """A number of people that a statement gives: low ≤ best ≤ high; null is never 0; high null is open ended."""

    class Measure(models.TextChoices):
        KILLED = "killed", _("Killed")
        INJURED = "injured", _("Injured")
        MISSING = "missing", _("Missing")
        DETAINED = "detained", _("Detained")

    class Group(models.TextChoices):
        ALL = "all", _("All people")
        STATE_FORCES = "state_forces", _("State forces")
        CIVILIANS = "civilians", _("Civilians")
        ARMED_GROUP = "armed_group", _("Armed group")
        STATUS_UNKNOWN = "status_unknown", _("Status unknown")

    class Verdict(models.TextChoices):
        AUTO = "auto", _("By the rule")
        PREFERRED = "preferred", _("Preferred")
        EXCLUDED = "excluded", _("Excluded")

    public_id = models.CharField(_("public id"), max_length=20, null=True, blank=True, unique=True, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="figures", verbose_name=_("statement"))
    incident = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("incident"),
        help_text=_("Empty: about all of the statement’s incidents together."),
    )
    measure = models.CharField(_("measure"), max_length=10, choices=Measure)
    group = models.CharField(_("group"), max_length=20, choices=Group, default=Group.ALL)
    nationality = models.CharField(_("nationality"), max_length=2, blank=True, default="", validators=[country_code])
    low = models.PositiveIntegerField(
        _("low"), null=True, blank=True, help_text=_("Empty with a wording: reported, not counted. Empty is never 0.")
    )
    best = models.PositiveIntegerField(_("best"), null=True, blank=True, help_text=_("Empty: the low number."))
    high = models.PositiveIntegerField(
        _("high"), null=True, blank=True, help_text=_("Empty: open ended, “more than five” is low 6 and no high.")
    )
    wording = models.CharField(_("wording"), max_length=200, blank=True, default="")
    adds = models.BooleanField(_("adds"), default=False, help_text=_("These people are in no other origin’s account."))
    calculation = models.CharField(_("calculation"), max_length=300, blank=True, default="")
    derived_from = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="derived", verbose_name=_("derived from"))
    party = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.AUTO)
    verdict_reason = models.TextField(_("reason for the verdict"), blank=True, default="")

    history = HistoricalRecords(m2m_fields=[derived_from])

    class Meta:
        ordering = ["pk"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        permissions = [("judge_figure", _("Can prefer or exclude figures"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=False) | (Q(best__isnull=True, high__isnull=True) & ~Q(wording="")),
                name="figure_without_numbers_has_a_wording",
            ),
            models.CheckConstraint(condition=Q(best__isnull=True) | Q(best__gte=F("low")), name="figure_best_is_at_least_low"),
            models.CheckConstraint(condition=Q(high__isnull=True) | Q(high__gte=F("low")), name="figure_high_is_at_least_low"),
            models.CheckConstraint(
                condition=Q(high__isnull=True) | Q(best__isnull=True) | Q(high__gte=F("best")), name="figure_high_is_at_least_best"
            ),
            models.CheckConstraint(condition=Q(verdict="auto") | ~Q(verdict_reason=""), name="figure_verdict_has_a_reason"),
            models.UniqueConstraint(
                fields=["incident", "measure", "group", "nationality"],
                condition=Q(verdict="preferred"),
                name="figure_preferred_once_per_question",
            ),
        ]

    def __str__(self):
        number = self.wording or (f"{self.low}" if self.low == self.high else f"{self.low}-{self.high if self.high is not None else '…'}")
        return f"{number} {self.get_measure_display().lower()}"

    def clean(self):
        if self.low is None and not self.wording:
            raise ValidationError({"low": _("Give the lowest number, or the wording that stands for it (“several”).")})
        if self.verdict != self.Verdict.AUTO and not self.verdict_reason:
            raise ValidationError({"verdict_reason": _("Say why, in a sentence readers will see.")})

    def save(self, *args, **kwargs):
        """A figure of a statement about one incident is about that incident."""
        if self.incident_id is None and self.statement_id:
            links = list(self.statement.statement_incidents.values_list("incident_id", flat=True)[:2])
            self.incident_id = links[0] if len(links) == 1 else None
        if not self._state.adding:
            self.public_id = given_public_id(self)
        super().save(*args, **kwargs)
