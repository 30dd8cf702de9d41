"""Statements: who said what, and the figures, labels and answers that their words contain."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from borderwatch.codes import Credibility, DatePrecision
from borderwatch.publishing.retracting import Retractable
from borderwatch.records import Record
from incidents.desk.quoting import places_of, stands_at, with_line_feeds
from incidents.models.actor import Actor
from incidents.models.incident import Incident
from incidents.models.place import Place
from sources.models import Article, Source


class Statement(Retractable, Record):
    """What an article reports that somebody said, or says itself. Words stay attributed."""

    record_kind = "statement"
    read_along = (
        *("article", "speaker", "on_behalf_of", "released_through", "based_on", "attributed_to"),
        *("in_reply_to", "supersedes", "outcome_statement", "about_place", "covers_place", "statement_incidents__incident"),
        *("figures__incident", "figures__party", "figures__derived_from", "labels__actor", "assertions__incident", "assertions__place"),
    )
    rows_inside = ("statement_incidents", "figures", "labels", "assertions")

    class Act(models.TextChoices):
        REPORT = "report", _("reports")
        CLAIM = "claim", _("claims")
        CONFIRMATION = "confirmation", _("confirms")
        DENIAL = "denial", _("denies")
        ATTRIBUTION = "attribution", _("attributes responsibility")
        ACCUSATION = "accusation", _("accuses")
        CONDEMNATION = "condemnation", _("condemns")
        CONDOLENCE = "condolence", _("expresses sorrow")
        DEMAND = "demand", _("demands")
        PLEDGE = "pledge", _("promises")
        WARNING = "warning", _("warns")
        ANNOUNCEMENT = "announcement", _("announces")
        ASSESSMENT = "assessment", _("assesses")
        NO_COMMENT = "no_comment", _("does not comment")
        BACKGROUND = "background", _("gives background")
        TALLY = "tally", _("counts")
        RETRACTION = "retraction", _("retracts")

    class Denies(models.TextChoices):
        OCCURRENCE = "occurrence", _("that it happened")
        RESPONSIBILITY = "responsibility", _("responsibility")
        FIGURES = "figures", _("the figures")

    class Attribution(models.TextChoices):
        NAMED = "named", _("Named speaker")
        UNNAMED_OFFICIAL = "unnamed_official", _("Unnamed official")
        UNNAMED = "unnamed", _("Unnamed source")
        OUTLET = "outlet", _("The outlet’s own reporting")
        NONE = "none", _("Not attributed")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Public")
        INTERNAL = "internal", _("Internal")

    class Outcome(models.TextChoices):
        OPEN = "open", _("Open")
        KEPT = "kept", _("Kept")
        PARTLY_KEPT = "partly_kept", _("Partly kept")
        BROKEN = "broken", _("Broken")
        OVERTAKEN = "overtaken", _("Overtaken by events")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="statements", verbose_name=_("article"))
    speaker = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("speaker")
    )
    speaker_as = models.CharField(
        _("speaker as described"), max_length=200, blank=True, default="", help_text=_("As the article puts it: “Tajik officials”.")
    )
    speaker_title = models.CharField(_("speaker’s title then"), max_length=200, blank=True, default="")
    on_behalf_of = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("on behalf of"),
        help_text=_("The body spoken for, as it was when this was said."),
    )
    released_through = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("released through")
    )
    based_on = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("based on"),
        help_text=_("Whose figures these are."),
    )
    attribution = models.CharField(_("attribution"), max_length=20, choices=Attribution, default=Attribution.NAMED)
    act = models.CharField(_("act"), max_length=20, choices=Act)
    denies = models.CharField(_("denies"), max_length=20, choices=Denies, blank=True, default="")
    said_on = models.DateField(_("said on"), null=True, blank=True, help_text=_("The first day, where only a range is known."))
    said_precision = models.PositiveSmallIntegerField(_("precision of the date"), choices=DatePrecision, default=DatePrecision.DAY)
    quote = models.TextField(_("quote"), blank=True, default="", help_text=_("Verbatim, without the quotation marks."))
    text = models.TextField(_("paraphrase"), blank=True, default="", help_text=_("In our own words: who says what."))
    language = models.CharField(_("language of the quote"), max_length=10, blank=True, default="en")
    original_text = models.TextField(_("original wording"), blank=True, default="")
    original_language = models.CharField(_("original language"), max_length=10, blank=True, default="")
    translated_by = models.CharField(_("translated by"), max_length=200, blank=True, default="")
    in_reply_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("in reply to")
    )
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    span_start = models.PositiveIntegerField(_("quote starts at"), null=True, blank=True)
    span_end = models.PositiveIntegerField(_("quote ends at"), null=True, blank=True)
    credibility = models.PositiveSmallIntegerField(
        _("credibility"), choices=Credibility, null=True, blank=True, help_text=_("Admiralty code, second character.")
    )
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    is_ready = models.BooleanField(
        _("ready"), default=True, help_text=_("An unready statement never goes along when an incident is published.")
    )
    attributed_to = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("holds responsible")
    )
    attributed_to_as = models.CharField(_("holds responsible, in words"), max_length=300, blank=True, default="")
    about_place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about the place")
    )
    covers_start = models.DateField(_("tally covers from"), null=True, blank=True)
    covers_end = models.DateField(_("tally covers to"), null=True, blank=True)
    covers_place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tally covers the place")
    )
    incidents_low = models.PositiveIntegerField(_("incidents counted, at least"), null=True, blank=True)
    incidents_high = models.PositiveIntegerField(_("incidents counted, at most"), null=True, blank=True)
    covers_note = models.TextField(_("assumption of the comparison"), blank=True, default="")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True, default="")
    outcome_reason = models.TextField(_("reason for the outcome"), blank=True, default="")
    outcome_statement = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("outcome shown by")
    )
    retracted_on = models.DateField(_("retracted on"), null=True, blank=True)
    incidents = models.ManyToManyField(
        Incident, through="incidents.StatementIncident", related_name="statements", verbose_name=_("incidents")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        permissions = [("publish_statement", _("Can publish and withdraw statements"))]
        constraints = [
            models.CheckConstraint(condition=Q(act="denial") | Q(denies=""), name="statement_denies_only_in_a_denial"),
            models.CheckConstraint(
                condition=Q(span_start__isnull=True) | Q(span_end__gt=F("span_start")), name="statement_span_is_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(covers_start__isnull=True) | Q(covers_end__isnull=True) | Q(covers_end__gte=F("covers_start")),
                name="statement_covers_a_period",
            ),
            models.CheckConstraint(
                condition=Q(incidents_low__isnull=True) | Q(incidents_high__isnull=True) | Q(incidents_high__gte=F("incidents_low")),
                name="statement_counts_incidents_in_order",
            ),
            models.CheckConstraint(
                condition=Q(credibility__isnull=True) | Q(credibility__in=Credibility.values), name="statement_credibility_is_admiralty"
            ),
            models.CheckConstraint(condition=Q(said_precision__in=DatePrecision.values), name="statement_said_precision_is_ucdp"),
        ]

    def __str__(self):
        who = str(self.speaker) if self.speaker_id else self.speaker_as or _("Narration")
        words = self.quote or self.text
        return f"{who} {self.get_act_display()}: {words[:80]}{'…' if len(words) > 80 else ''}"

    @property
    def may_go_along(self):
        """Whether it is published together with its incident: ready, public, and never public before."""
        return self.is_ready and self.visibility == self.Visibility.PUBLIC and not self.was_ever_public

    def clean(self):
        self.quote = with_line_feeds(self.quote)
        has_span = self.span_start is not None and self.article_id and self.article.text
        if has_span and not self.stands_in(self.article.text) and not any(map(self.stands_in, self.earlier_texts())):
            raise ValidationError({"quote": _("The quote is not what stands at that place of the captured text. Mark the words again.")})

    # Where the quote stands

    def stands_in(self, text):
        """Whether the quote is what stands at its span of `text`."""
        return stands_at(text, self.quote, self.span_start, self.span_end)

    def earlier_texts(self):
        return self.article.captures.values_list("text", flat=True)

    def find_quote(self):
        """Move the span, unsaved, to the one place where the captured text has the quote now; False where not exactly one has."""
        found = places_of(self.article.text, self.quote)
        if len(found) == 1:
            self.span_start, self.span_end = found[0]
        return len(found) == 1

    def refuse_put_back(self, stood, by):
        """Whoever may not judge figures may not put an old verdict back either."""
        judged = {figure.pk: (figure.verdict, figure.verdict_reason) for figure in self.figures.all()}
        wanted = {row.key: (row.values["verdict"], row.values["verdict_reason"]) for row in stood.rows.get("figures", ())}
        if any(verdict != judged.get(key, ("auto", "")) for key, verdict in wanted.items()) and not by.has_perm("incidents.judge_figure"):
            raise ValidationError(_("A figure was preferred or excluded then, or is now. An editor can put this back."))

    def follow_from_what_was_put_back(self):
        """The quote may stand elsewhere in the captured text than it did then."""
        text = self.article.text
        if self.span_start is not None and text[self.span_start : self.span_end] != self.quote:
            start = text.find(self.quote) if self.quote else -1
            self.span_start, self.span_end = (start, start + len(self.quote)) if start >= 0 else (None, None)

    def content(self):
        from incidents.content import statement_content

        return statement_content(self)

    def companions(self):
        actors = [self.speaker, self.on_behalf_of, self.based_on, self.attributed_to]
        actors += [figure.party for figure in self.figures.all()] + [label.actor for label in self.labels.all()]
        return [record for record in (self.article, self.released_through, *actors) if record]

    def missing(self):
        if self.visibility == self.Visibility.INTERNAL:
            yield _("The statement “%(statement)s” is internal.") % {"statement": self}
        if not self.is_ready:
            yield _("The statement “%(statement)s” is not marked ready.") % {"statement": self}

    def warnings(self):
        if not (self.quote or self.text):
            yield _("The statement “%(statement)s” has neither a quote nor a paraphrase.") % {"statement": self}

    def new_part_ids(self, give):
        return {figure.pk: give("FG-") for figure in self.figures.all() if figure.public_id is None}

    @property
    def part_model(self):
        return self.figures.model


class StatementIncident(models.Model):
    """That a statement is about an incident, and how sure we are of that."""

    class Certainty(models.TextChoices):
        CERTAIN = "certain", _("Certain")
        PROBABLE = "probable", _("Probable")
        POSSIBLE = "possible", _("Possible")

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="statement_incidents", verbose_name=_("statement"))
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="statement_incidents", verbose_name=_("incident"))
    certainty = models.CharField(
        _("certainty"),
        max_length=10,
        choices=Certainty,
        default=Certainty.CERTAIN,
        help_text=_("Only certain links count towards numbers and evidence."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("incident it is about")
        verbose_name_plural = _("incidents it is about")
        constraints = [models.UniqueConstraint(fields=["statement", "incident"], name="statement_is_about_an_incident_once")]

    def __str__(self):
        return str(self.incident)
