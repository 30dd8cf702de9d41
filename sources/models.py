"""The desk: who published (Source) and what they published (Article)."""

import hashlib

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from borderwatch.codes import DatePrecision, Reliability
from borderwatch.publishing.retracting import Retractable
from borderwatch.records import Record
from sources.addresses import normalised
from sources.images import PictureField

country_code = RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in TJ (ISO 3166-1)."))


class Source(Record):
    """An outlet or body that publishes: a news agency, a newspaper, a ministry's channel."""

    record_kind = "source"
    identity_fields = ("name", "slug", "url", "ownership", "translations")

    class Kind(models.TextChoices):
        NEWS_AGENCY = "news_agency", _("News agency")
        NEWSPAPER = "newspaper", _("Newspaper")
        BROADCASTER = "broadcaster", _("Broadcaster")
        NEWS_SITE = "news_site", _("News site")
        GOVERNMENT = "government", _("Government")
        INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental body")
        NGO = "ngo", _("Non-governmental organisation")
        SOCIAL_MEDIA = "social_media", _("Social media account")
        RESEARCH = "research", _("Research project")
        UNKNOWN = "unknown", _("Unknown publisher")

    class Scale(models.TextChoices):
        """ACLED `source_scale`: from how close the source reports."""

        LOCAL = "local", _("Local")
        SUBNATIONAL = "subnational", _("Subnational")
        NATIONAL = "national", _("National")
        REGIONAL = "regional", _("Regional")
        INTERNATIONAL = "international", _("International")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address word"), max_length=100, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, help_text=_("An unknown publisher is no origin: it corroborates nothing.")
    )
    country = models.CharField(_("country"), max_length=2, blank=True, default="", validators=[country_code])
    languages = models.JSONField(_("languages"), blank=True, default=list, help_text=_('Codes, as in ["tg", "ru"].'))
    url = models.URLField(_("website"), max_length=500, blank=True, default="")
    ownership = models.CharField(_("ownership"), max_length=200, blank=True, default="")
    scale = models.CharField(_("scale"), max_length=20, choices=Scale, blank=True, default="")
    reliability = models.CharField(
        _("reliability"),
        max_length=1,
        choices=Reliability,
        default=Reliability.F,
        help_text=_("Admiralty code: how reliable the source has been so far. Leave “cannot be judged” unless you can give a reason."),
    )
    reliability_reason = models.TextField(_("reason for the reliability"), blank=True, default="")
    reliability_assessed_on = models.DateField(_("reliability assessed on"), null=True, blank=True)
    logo = PictureField(_("logo"), blank=True, default="")

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        permissions = [("publish_source", _("Can publish and withdraw sources"))]
        constraints = [models.CheckConstraint(condition=Q(reliability__in=Reliability.values), name="source_reliability_is_admiralty")]

    def __str__(self):
        return self.name

    def content(self):
        from sources.content import source_content

        return source_content(self)


class Article(Retractable, Record):
    """One published piece: what a source put out, where and when."""

    record_kind = "article"
    read_along = ("source", "origin", "cites", "duplicate_of")

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles", verbose_name=_("source"))
    headline = models.CharField(_("headline"), max_length=500)
    url = models.URLField(
        _("address"), max_length=1000, null=True, blank=True, unique=True, help_text=_("Tracking parameters are removed when you save.")
    )
    archive_url = models.URLField(_("archived copy"), max_length=1000, blank=True, default="")
    byline = models.CharField(_("byline"), max_length=200, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, blank=True, default="en")
    published_on = models.DateField(_("published on"), null=True, blank=True, help_text=_("The first day, where only a range is known."))
    published_precision = models.PositiveSmallIntegerField(_("precision of the date"), choices=DatePrecision, default=DatePrecision.DAY)
    origin = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("copy of"),
        help_text=_("The agency whose text this is. Leave empty when the article merely relies on others: list those under “cites”."),
    )
    cites = models.ManyToManyField(Source, blank=True, related_name="cited_by", verbose_name=_("cites"))
    summary = models.TextField(_("summary"), blank=True, default="", help_text=_("In our own words, neutral."))
    text = models.TextField(
        _("captured text"), blank=True, default="", help_text=_("For the desk only. An earlier text is kept when you replace it.")
    )
    image = PictureField(_("image"), blank=True, default="")
    image_alt = models.CharField(_("text alternative"), max_length=300, blank=True, default="")
    image_caption = models.CharField(_("caption"), max_length=300, blank=True, default="")
    image_credit = models.CharField(_("credit"), max_length=200, blank=True, default="")
    image_taken_on = models.DateField(_("image taken on"), null=True, blank=True)
    image_rights = models.CharField(_("rights"), max_length=200, blank=True, default="")
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("duplicate of")
    )
    retracted_on = models.DateField(_("retracted on"), null=True, blank=True)
    retraction_notice = models.TextField(_("retraction notice"), blank=True, default="")

    history = HistoricalRecords(m2m_fields=[cites])

    class Meta:
        ordering = ["-published_on", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("publish_article", _("Can publish and withdraw articles"))]
        constraints = [
            models.CheckConstraint(condition=Q(published_precision__in=DatePrecision.values), name="article_published_precision_is_ucdp"),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("pk")), name="article_is_not_its_own_duplicate"
            ),
        ]

    def __str__(self):
        return self.headline

    def save(self, *args, **kwargs):
        self.url = normalised(self.url) if self.url else None
        # Forms send two characters for a newline where a page holds one: places in the text are counted in both.
        self.text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        super().save(*args, **kwargs)
        self._keep_capture()

    def _keep_capture(self):
        """Every text that was ever captured stays, with its time and hash."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        last = self.captures.order_by("-captured_at", "-pk").first()
        if self.text and (last is None or last.sha256 != digest):
            self.captures.create(text=self.text, sha256=digest)
        if (last.sha256 if last else hashlib.sha256().hexdigest()) != digest:
            self._write_fingerprint()

    def _write_fingerprint(self):
        from sources.similar import write_fingerprint

        write_fingerprint(self)

    def content(self):
        from sources.content import article_content

        return article_content(self)

    def companions(self):
        return [record for record in (self.source, self.origin, *self.cites.all()) if record]


class Capture(models.Model):
    """A text of an article as it stood when an editor captured it; never public."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="captures", verbose_name=_("article"))
    captured_at = models.DateTimeField(_("captured at"), auto_now_add=True)
    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-captured_at", "-pk"]
        verbose_name = _("capture")
        verbose_name_plural = _("captures")

    def __str__(self):
        return f"{self.article} ({self.captured_at:%Y-%m-%d %H:%M})"


class Shingle(models.Model):
    """A part of the fingerprint of an article's captured text: texts that share many of them are copies of each other."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="shingles", verbose_name=_("article"))
    is_derived = True

    value = models.BigIntegerField(help_text=_("Hash of five words in a row, among the smallest of the text."))

    class Meta:
        verbose_name = _("part of a fingerprint")
        verbose_name_plural = _("parts of fingerprints")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["value", "article"], name="shingle_once_per_article")]

    def __str__(self):
        return str(self.value)
