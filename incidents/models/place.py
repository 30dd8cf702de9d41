"""Places: reference data from the gazetteer, public at once and not as-of."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from borderwatch.codes import PlacePrecision
from borderwatch.texts.letters import CleanText


class Place(CleanText, models.Model):
    """Somewhere on the map. The same name stands on both banks of the Panj, so a place is always shown with province and country."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        PROVINCE = "province", _("Province")
        DISTRICT = "district", _("District")
        SETTLEMENT = "settlement", _("Settlement")
        CROSSING = "crossing", _("Crossing")
        FEATURE = "feature", _("Feature (river, range, border)")

    PRECISION_OF_KIND = {
        Kind.COUNTRY: PlacePrecision.COUNTRY,
        Kind.PROVINCE: PlacePrecision.PROVINCE,
        Kind.DISTRICT: PlacePrecision.DISTRICT,
        Kind.SETTLEMENT: PlacePrecision.EXACT,
        Kind.CROSSING: PlacePrecision.EXACT,
        Kind.FEATURE: PlacePrecision.LINE,
    }

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address word"), max_length=100, unique=True, help_text=_("Never changes: published records refer to it."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    code = models.CharField(_("code"), max_length=20, blank=True, default="", help_text=_("ISO 3166-2, for countries and provinces."))
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies in"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    names = models.JSONField(
        _("names"), blank=True, default=dict, help_text=_("By language: en, tg, ru, prs, ps; other spellings under “also”.")
    )
    external_ids = models.JSONField(_("ids elsewhere"), blank=True, default=dict)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(condition=Q(latitude__isnull=True) | Q(latitude__range=(-90, 90)), name="place_latitude_is_on_earth"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True) | Q(longitude__range=(-180, 180)), name="place_longitude_is_on_earth"
            ),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="place_is_not_its_own_parent"),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The name with kind, province and country: "Ishkoshim (district), Gorno-Badakhshan, Tajikistan".

        A district and the town it is named after differ by the kind; its code stands for the word, so that documents read alike everywhere.
        """
        name = self.name if self.kind in (Place.Kind.COUNTRY, Place.Kind.PROVINCE) else f"{self.name} ({self.kind})"
        above = [place.name for place in self.ancestors() if place.kind in (Place.Kind.PROVINCE, Place.Kind.COUNTRY)]
        return ", ".join([name, *above])

    def ancestors(self):
        """What it lies in, nearest first."""
        place, above = self.parent, []
        while place and place not in above:
            above.append(place)
            place = place.parent
        return above

    def clean(self):
        if self.pk and self.slug != Place.objects.values_list("slug", flat=True).get(pk=self.pk):
            raise ValidationError({"slug": _("A place keeps its address word: published records refer to it.")})
        if self.pk and self.parent and (self.parent_id == self.pk or self.pk in {place.pk for place in self.parent.ancestors()}):
            raise ValidationError({"parent": _("A place cannot lie in itself.")})

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        from borderwatch.projection import place_changed

        place_changed(self.slug)
