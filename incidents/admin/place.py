"""Places: reference data under a permission of their own, because readers see a change at once."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from borderwatch.desk.base import DeskAdmin
from borderwatch.desk.filters import Country
from incidents.models import Place


@admin.register(Place)
class PlaceAdmin(DeskAdmin):
    named_by = ("name", "slug", "code", "names")
    search_fields = ("name",)
    search_help_text = _("The name in any language and spelling.")
    list_display = ("label", "kind", "country", "code")
    list_filter = ("kind", Country)
    list_select_related = ("parent__parent__parent",)
    autocomplete_fields = ("parent",)
    fieldsets = (
        (
            None,
            {
                "fields": [("name", "slug"), ("kind", "country", "code"), "parent", ("latitude", "longitude"), "names", "external_ids"],
                "description": _("Readers see a change to a place as soon as you save it."),
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related)

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if obj else ()
