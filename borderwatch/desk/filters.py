"""Filters beside the lists of the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from borderwatch.texts.words import word


class IsPublic(admin.SimpleListFilter):
    """Whether readers may know the record: it has a public id since it was first published."""

    title = _("published")
    parameter_name = "published"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("Never"))]

    def queryset(self, request, queryset):
        return queryset.filter(public_id__isnull=self.value() == "no") if self.value() in ("yes", "no") else queryset


class Country(admin.SimpleListFilter):
    """The countries that the records of the list have, by name."""

    title = _("country")
    parameter_name = "country"
    path = "country"

    def lookups(self, request, model_admin):
        codes = model_admin.model._default_manager.order_by(self.path).values_list(self.path, flat=True).distinct()
        return [(code, word(code, "country")) for code in codes if code]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class CountryOfPlace(Country):
    path = "place__country"
