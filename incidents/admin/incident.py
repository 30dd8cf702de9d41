"""Incidents, with who was involved; the road from draft to approved."""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from borderwatch.desk.base import StackedRows
from borderwatch.desk.filters import CountryOfPlace, IsPublic
from borderwatch.desk.records import PICTURE_FIELDS, Neighbour, RecordAdmin
from incidents.admin.bulk import AssignTo, SubmitForReview
from incidents.admin.numbers import result_changes, tally_changes
from incidents.admin.queues import IncidentQueues
from incidents.admin.similar import incident_of, similar_in_words
from incidents.admin.unknowns import UnknownsPages
from incidents.models import Incident, Participation


class ParticipationRows(StackedRows):
    model = Participation
    autocomplete_fields = ("actor", "according_to")
    fields = (("role", "actor", "described_as"), "according_to")


@admin.register(Incident)
class IncidentAdmin(UnknownsPages, IncidentQueues, RecordAdmin):
    search_fields = ("title", "summary", "public_id", "where_description", "slug", "place__name")
    search_help_text = gettext_lazy("Title, summary, place or public id.")
    day_field = "started_on"
    watched_fields = ("title", "kind", "started_on", "ended_on", "place", "latitude", "longitude")
    name_fields = ("title",)
    lines_fields = ("means",)
    help_texts = {
        "means": gettext_lazy("Weapons or methods reported, one in a line: drone."),
        "started_on": gettext_lazy("The day of harm. “24 Dec”, “last Thursday”, “December 2025” and “week of 1 Dec” are read too."),
        "date_precision": gettext_lazy("Set it only where the days mislead: one day given, but known to the month only."),
        "place": gettext_lazy("The smallest place that is certain: a district rather than a guessed village."),
        "latitude": gettext_lazy("Only where a source gives the point. “37.2, 68.9” pasted here fills both."),
        "place_precision": gettext_lazy("Set it only where the place misleads: “near here” for a village that is merely close."),
        "launched_from": gettext_lazy("Where the fire came from, where it crossed the river."),
    }
    list_display = ("title", "started_on", "place", "kind", "review_state", "statement_count", "public_id")
    list_filter = ("review_state", IsPublic, "kind", CountryOfPlace, ("assigned_to", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("place__parent__parent__parent",)
    autocomplete_fields = ("place", "launched_from")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("review_state",)
    inlines = (ParticipationRows,)
    bulk_actions = (*RecordAdmin.bulk_actions, SubmitForReview(), AssignTo())
    fieldsets = (
        (None, {"fields": ["title", ("kind", "slug"), "summary", "means"]}),
        (
            gettext_lazy("When it happened"),
            {
                "fields": [("started_on", "ended_on"), ("date_precision", "local_time")],
                "description": gettext_lazy("The day of harm. Where only a range is known, give its first and last day."),
            },
        ),
        (
            gettext_lazy("Where"),
            {
                "fields": [
                    "place",
                    "where_description",
                    "launched_from",
                    ("latitude", "longitude"),
                    "place_precision",
                ]
            },
        ),
        (gettext_lazy("For the desk"), {"fields": [("review_state", "assigned_to"), "content_warning", "note"]}),
        (gettext_lazy("Picture"), PICTURE_FIELDS),
        (gettext_lazy("Other languages and ids"), {"classes": ["collapse"], "fields": ["translations", "external_ids"]}),
    )

    def get_queryset(self, request):
        queryset = super().get_queryset(request).select_related(*self.list_select_related)
        return queryset.annotate(statements_held=Count("statements"))

    @admin.display(description=gettext_lazy("statements"), ordering="statements_held")
    def statement_count(self, incident):
        return incident.statements_held

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "assigned_to":
            kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True).order_by("username")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return field

    def neighbours(self, request, record):
        statements = record.statements.select_related("speaker")
        return [Neighbour(request, self.admin_site, statements, f"incidents__id__exact={record.pk}", f"incident={record.pk}")]

    def similar_to(self, request, typed, record):
        wanted = incident_of(typed, lambda name: self.reading_from(request, name))
        return similar_in_words(self.model.objects.exclude(pk=getattr(record, "pk", None)), wanted)

    def tally_changes(self, plan):
        return tally_changes(plan)

    def result_changes(self, before, after):
        return result_changes(before, after)

    def choice_label(self, incident):
        return " · ".join(filter(None, [incident.title, f"{incident.started_on:%Y-%m-%d}", incident.public_id]))

    # Review

    def around(self, request, object_id):
        found = super().around(request, object_id)
        incident = found["record"] if found else Incident()
        moves = [(state, MOVES[state]) for state in incident.review_moves(request.user)]
        return found | {"review_moves": moves, "may_ask_for_changes": incident.may_ask_for_changes(request.user)}

    def take_comment(self, request, record):
        if "ask" not in request.POST:
            return super().take_comment(request, record)
        record.ask_for_changes(request.user, request.POST.get("text", ""), request.POST.get("about", ""))
        return messages.success(request, _("It is a draft again, with your comment."))

    def save_model(self, request, obj, form, change):
        wanted = request.POST.get("_review", "")
        if wanted:
            try:
                obj.move_to(wanted, request.user)
            except PermissionDenied:
                messages.warning(request, _("Your other changes were saved; the review state was not changed: that is for an editor."))
        elif change and form.has_changed() and obj.reopen_review(request.user):
            messages.warning(request, REOPENED)
        if "_assign" in request.POST:
            obj.assigned_to = request.user
        super().save_model(request, obj, form, change)
        self.warn_of_open_comments(request, obj, wanted)

    def save_related(self, request, form, formsets, change):
        """Who was involved is part of what was approved."""
        super().save_related(request, form, formsets, change)
        incident = form.instance
        if change and any(formset.has_changed() for formset in formsets) and incident.reopen_review(request.user):
            incident.save()
            messages.warning(request, REOPENED)

    def warn_of_open_comments(self, request, incident, wanted):
        """Whoever approves may have overlooked what a colleague said."""
        count = incident.comments.open().count() if wanted == incident.review_state == Incident.ReviewState.APPROVED else 0
        if count:
            words = ngettext("Approved with %(count)d open comment.", "Approved with %(count)d open comments.", count)
            messages.warning(request, words % {"count": count})

    def response_change(self, request, obj):
        """Whoever approves looks next at what would be published, and is told so in place of Django's words."""
        is_approved = request.POST.get("_review") == obj.review_state == Incident.ReviewState.APPROVED
        if not (is_approved and self.has_publish_permission(request)):
            return super().response_change(request, obj)
        self.tell_similar_to_what_changed(request, obj)
        messages.success(request, _("Saved and approved. Readers see nothing of it until you publish it here."))
        return HttpResponseRedirect(self.page_url("publish", obj))


REOPENED = gettext_lazy("It was approved until now. Your change waits for review again.")
MOVES = {
    Incident.ReviewState.DRAFT: gettext_lazy("Save and take back to draft"),
    Incident.ReviewState.IN_REVIEW: gettext_lazy("Save and submit for review"),
    Incident.ReviewState.APPROVED: gettext_lazy("Save and approve"),
}
"""What the button says that moves an incident into a review state."""
