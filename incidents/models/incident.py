"""Incidents: what happened. Nobody types a toll here: it is computed from figures."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from borderwatch.codes import DatePrecision, PlacePrecision
from borderwatch.records import Record
from incidents.models.actor import Actor
from incidents.models.place import Place
from sources.images import PictureField


class Incident(Record):
    """One armed incident. Its date is the moment of harm; its toll follows from its statements' figures by rule BW-1."""

    record_kind = "incident"
    read_along = ("place", "launched_from", "participations__actor", "participations__according_to", "statements")
    rows_inside = ("participations",)
    stays_on_put_back = ("review_state", "assigned_to")

    class Kind(models.TextChoices):
        ARMED_CLASH = "armed_clash", _("Armed clash")
        DRONE_STRIKE = "drone_strike", _("Drone strike")
        SHELLING = "shelling", _("Shelling")
        ATTACK_ON_CIVILIANS = "attack_on_civilians", _("Attack on civilians")
        BORDER_CROSSING = "border_crossing", _("Border crossing")
        EXPLOSIVE_DEVICE = "explosive_device", _("Explosive device")
        ABDUCTION = "abduction", _("Abduction")
        ARREST = "arrest", _("Arrest")
        SEIZURE = "seizure", _("Seizure")
        OTHER = "other", _("Other")

    class ReviewState(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved")

    title = models.CharField(_("title"), max_length=200, help_text=_("What happened to whom, in neutral words."))
    slug = models.SlugField(_("address word"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    means = models.JSONField(_("means"), blank=True, default=list, help_text=_('Weapons or methods reported, as in ["drone"].'))
    summary = models.TextField(
        _("summary"), blank=True, default="", help_text=_("Two or three sentences. Words like “terrorist” belong to a speaker, not here.")
    )
    started_on = models.DateField(_("first day"), help_text=_("The day of harm, or the first day of the range in which it lies."))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    date_precision = models.PositiveSmallIntegerField(
        _("precision of the date"), choices=DatePrecision, null=True, blank=True, help_text=_("Follows from the range unless you set it.")
    )
    local_time = models.TimeField(_("local time"), null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents", verbose_name=_("place"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    place_precision = models.PositiveSmallIntegerField(
        _("precision of the place"),
        choices=PlacePrecision,
        null=True,
        blank=True,
        help_text=_("Follows from the kind of place unless you set it."),
    )
    where_description = models.CharField(_("where, in words"), max_length=300, blank=True, default="")
    launched_from = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("launched from")
    )
    image = PictureField(_("image"), blank=True, default="")
    image_alt = models.CharField(_("text alternative"), max_length=300, blank=True, default="")
    image_caption = models.CharField(_("caption"), max_length=300, blank=True, default="")
    image_credit = models.CharField(_("credit"), max_length=200, blank=True, default="")
    image_taken_on = models.DateField(_("image taken on"), null=True, blank=True)
    image_rights = models.CharField(_("rights"), max_length=200, blank=True, default="")
    content_warning = models.CharField(_("content warning"), max_length=200, blank=True, default="")
    review_state = models.CharField(_("review"), max_length=10, choices=ReviewState, default=ReviewState.DRAFT)
    assigned_to = models.ForeignKey(
        "auth.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="assigned_incidents", verbose_name=_("assigned to")
    )
    external_ids = models.JSONField(_("ids elsewhere"), blank=True, default=dict)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-started_on", "-pk"]
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        permissions = [("publish_incident", _("Can publish and withdraw incidents")), ("approve_incident", _("Can approve incidents"))]
        indexes = [models.Index(fields=["kind", "started_on"], name="incident_by_kind_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="incident_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(latitude__isnull=True) | Q(latitude__range=(-90, 90)), name="incident_latitude_is_on_earth"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True) | Q(longitude__range=(-180, 180)), name="incident_longitude_is_on_earth"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__isnull=False, longitude__isnull=False),
                name="incident_point_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(date_precision__isnull=True) | Q(date_precision__in=DatePrecision.values),
                name="incident_date_precision_is_ucdp",
            ),
            models.CheckConstraint(
                condition=Q(place_precision__isnull=True) | Q(place_precision__in=PlacePrecision.values),
                name="incident_place_precision_is_ucdp",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def effective_date_precision(self):
        """UCDP date_prec: as set, else what the range of days supports."""
        return self.date_precision or DatePrecision.of_range(self.started_on, self.ended_on)

    @property
    def effective_place_precision(self):
        """UCDP where_prec: as set, else what the kind of place supports; null without a place."""
        if self.place_precision or not self.place:
            return self.place_precision
        return Place.PRECISION_OF_KIND[self.place.kind]

    def content(self):
        from incidents.content import incident_content

        return incident_content(self)

    def companions(self):
        statements = [statement for statement in self.statements.all() if statement.may_go_along]
        return [*statements, *(part.actor for part in self.participations.all() if part.actor)]

    def public_companions(self):
        return [statement for statement in self.statements.all() if statement.was_ever_public]

    def as_entered(self, values):
        """A precision that follows from the range or the place was not entered."""
        place = Place.objects.filter(pk=values["place"]).first()
        derived = {
            "date_precision": DatePrecision.of_range(values["started_on"], values["ended_on"]),
            "place_precision": place and Place.PRECISION_OF_KIND[place.kind],
        }
        entered = {name: None if values[name] == follows != getattr(self, name) else values[name] for name, follows in derived.items()}
        return values | entered

    def refuse_merge(self, other):
        preferred = [figure for one in (self, other) for figure in one.figures.filter(verdict="preferred")]
        questions = [(figure.measure, figure.group, figure.nationality) for figure in preferred]
        if len(set(questions)) < len(questions):
            raise ValidationError(_("Both incidents have a preferred figure for the same people. Decide which one stands first."))

    # Review

    def review_moves(self, by):
        """Review states into which the user `by` may move the incident. Whoever approves may also reopen."""
        states = self.ReviewState
        open_moves = {states.DRAFT: [states.IN_REVIEW], states.IN_REVIEW: [states.DRAFT], states.APPROVED: []}[self.review_state]
        if not by.has_perm("incidents.approve_incident"):
            return open_moves
        return [states.IN_REVIEW] if self.review_state == states.APPROVED else [states.APPROVED, *open_moves]

    def move_to(self, state, by):
        """Change the review state, without saving. Raises PermissionDenied where `by` may not."""
        if state not in self.review_moves(by):
            raise PermissionDenied(_("That is for an editor."))
        self.review_state = state

    def may_ask_for_changes(self, by):
        return self.review_state == self.ReviewState.IN_REVIEW and by.has_perm("incidents.approve_incident")

    @transaction.atomic
    def ask_for_changes(self, by, text, field=""):
        """Send the incident back to draft, with a comment that says what to change. Saved; returns the Comment.

        Raises ValidationError where it does not wait for review or nothing is said, PermissionDenied where `by` may not approve.
        """
        if self.review_state != self.ReviewState.IN_REVIEW:
            raise ValidationError(_("It does not wait for review: nobody asked for an answer."))
        if not self.may_ask_for_changes(by):
            raise PermissionDenied(_("That is for an editor."))
        comment = self.comment(by, text, field)
        self.move_to(self.ReviewState.DRAFT, by)
        self._history_user, self._change_reason = by, _("Asked for changes")
        self.save()
        return comment

    def reopen_review(self, by):
        """What was approved waits for review again after a change by somebody who may not approve. Unsaved; returns whether it does."""
        if self.review_state != self.ReviewState.APPROVED or by.has_perm("incidents.approve_incident"):
            return False
        self.review_state = self.ReviewState.IN_REVIEW
        return True

    # Known unknowns

    def dismiss(self, unknown, by, reason, ask_again_on=None):
        """Set a known unknown (a code of Dismissal.Unknown) aside until the day `ask_again_on`; None: for good. Returns the Dismissal.

        Raises PermissionDenied where `by` may not, ValidationError without a reason or with a day that has come.
        """
        from incidents.desk.dismissals import dismiss

        return dismiss(self, unknown, by, reason, ask_again_on)

    def ask_again(self, unknown, by, reason=""):
        """Take back that a known unknown was set aside; both stay in its history. Returns the Dismissal that ends the one before."""
        from incidents.desk.dismissals import ask_again

        return ask_again(self, unknown, by, reason)

    def missing(self):
        if self.review_state != self.ReviewState.APPROVED:
            yield _("Its review state is “%(state)s”: an editor must approve it first.") % {"state": self.get_review_state_display()}
        yield from super().missing()

    def warnings(self):
        if not any(statement.may_go_along or statement.edition for statement in self.statements.all()):
            yield _("No public or ready statement says that it happened: link one, mark it ready and check that it is not internal.")
        if not self.place:
            yield _("It has no place.")
        if not self.summary:
            yield _("It has no summary.")


class Participation(models.Model):
    """Somebody's part in an incident; without an actor, described in words ("three individuals")."""

    class Role(models.TextChoices):
        ALLEGED_ATTACKER = "alleged_attacker", _("Alleged attacker")
        TARGET = "target", _("Target")
        OTHER_PARTY = "other_party", _("Other party")
        RESPONDER = "responder", _("Responder")

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="participations", verbose_name=_("incident"))
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="participations", verbose_name=_("actor")
    )
    described_as = models.CharField(_("described as"), max_length=200, blank=True, default="")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    according_to = models.ForeignKey(
        "incidents.Statement", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("according to")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.CheckConstraint(condition=Q(actor__isnull=False) | ~Q(described_as=""), name="participation_names_or_describes_somebody")
        ]

    def __str__(self):
        return f"{self.actor or self.described_as} ({self.get_role_display()})"
