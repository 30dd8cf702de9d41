"""Actors: people, bodies and groups that act or speak."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from borderwatch.records import Record
from sources.images import PictureField
from sources.models import Source, country_code


class Actor(Record):
    """Who acts or speaks. `parent` leads to the root that speaks with one voice; `outlets` are sources that speak for it."""

    record_kind = "actor"
    read_along = ("parent", "outlets", "offices__body")
    rows_inside = ("offices",)
    identity_fields = ("name", "slug", "aliases", "description", "external_ids", "translations")

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        STATE_BODY = "state_body", _("State body")
        STATE_FORCES = "state_forces", _("State forces")
        ARMED_GROUP = "armed_group", _("Armed group")
        COMPANY = "company", _("Company")
        COMMUNITY = "community", _("Community")
        INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental body")
        MEDIA = "media", _("Media")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address word"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    country = models.CharField(_("country"), max_length=2, blank=True, default="", validators=[country_code])
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("Leads to the body that speaks with one voice: a ministry to its government."),
    )
    outlets = models.ManyToManyField(
        Source,
        blank=True,
        related_name="speaks_for",
        verbose_name=_("outlets"),
        help_text=_("Sources that speak for this actor, as a state news agency does."),
    )
    description = models.TextField(_("description"), blank=True, default="")
    aliases = models.JSONField(
        _("other names"), blank=True, default=list, help_text=_('Every spelling and script, as in ["Rakhmon", "Раҳмон"].')
    )
    image = PictureField(_("image"), blank=True, default="")
    image_alt = models.CharField(_("text alternative"), max_length=300, blank=True, default="")
    image_credit = models.CharField(_("credit"), max_length=200, blank=True, default="")
    external_ids = models.JSONField(_("ids elsewhere"), blank=True, default=dict)

    history = HistoricalRecords(m2m_fields=[outlets])

    class Meta:
        ordering = ["name"]
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        permissions = [("publish_actor", _("Can publish and withdraw actors"))]
        constraints = [models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="actor_is_not_its_own_parent")]

    def __str__(self):
        return self.name

    def clean(self):
        above, seen = self.parent, set()
        while above:
            if above.pk == self.pk or above.pk in seen:
                raise ValidationError({"parent": _("An actor cannot be part of itself.")})
            seen.add(above.pk)
            above = above.parent

    def content(self):
        from incidents.content import actor_content

        return actor_content(self)

    def companions(self):
        return [record for record in (self.parent, *self.outlets.all()) if record]


class Office(models.Model):
    """A post that a person held: shown beside what they said while they held it."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="offices", verbose_name=_("actor"))
    title = models.CharField(_("title"), max_length=200)
    body = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="officers", verbose_name=_("body"))
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["started_on", "pk"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="office_ends_after_it_starts",
            )
        ]

    def __str__(self):
        return f"{self.title}: {self.actor}"
