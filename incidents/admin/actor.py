"""Actors, with the offices they held."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from borderwatch.desk.base import TableRows
from borderwatch.desk.filters import Country, IsPublic
from borderwatch.desk.protecting import ProtectingPages
from borderwatch.desk.records import DESK_FIELDS, Neighbour, RecordAdmin
from incidents.models import Actor, Office


class OfficeRows(TableRows):
    model = Office
    fk_name = "actor"
    autocomplete_fields = ("body",)
    fields = ("title", "body", "started_on", "ended_on")


@admin.register(Actor)
class ActorAdmin(ProtectingPages, RecordAdmin):
    named_by = ("name", "slug", "aliases", "public_id", "translations")
    watched_fields = name_fields = ("name", "aliases")
    is_known_by_name = True
    search_fields = ("name",)
    search_help_text = _("Any name, alias or spelling, in any script.")
    lines_fields = ("aliases",)
    help_texts = {"aliases": _("Every spelling and script, one in a line: Rakhmon, Раҳмон. Search finds them all.")}
    list_display = ("name", "kind", "country", "parent", "public_id")
    list_filter = ("kind", IsPublic, Country)
    list_select_related = ("parent",)
    autocomplete_fields = ("parent", "outlets")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (OfficeRows,)
    fieldsets = (
        (None, {"fields": ["name", ("kind", "country", "slug"), "aliases", "description"]}),
        (
            _("Whose voice it is"),
            {
                "fields": ["parent", "outlets"],
                "description": _(
                    "A ministry speaks with the voice of its government: together they are one origin, however many bodies speak."
                ),
            },
        ),
        DESK_FIELDS,
        (_("Picture"), {"classes": ["collapse"], "fields": ["image", ("image_alt", "image_credit")]}),
        (_("Other languages and ids"), {"classes": ["collapse"], "fields": ["translations", "external_ids"]}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent")

    def choice_label(self, actor):
        return f"{actor.name} · {actor.parent.name}" if actor.parent else actor.name

    def neighbours(self, request, record):
        statements = record.statements.select_related("speaker")
        return [Neighbour(request, self.admin_site, statements, f"speaker__id__exact={record.pk}")]
