"""Known unknowns on the desk: their counts on the first page, a filter of the list, and setting them aside on an incident's page."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.desk.dismissals import MAY_DISMISS, counts, incidents_with, unknowns_of
from incidents.models import Dismissal


class KnownUnknown(admin.SimpleListFilter):
    """Public incidents that do not say something, unless it was set aside."""

    title = gettext_lazy("known unknown")
    parameter_name = "unknown"

    def lookups(self, request, model_admin):
        return Dismissal.Unknown.choices

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=incidents_with(self.value()).order_by().values("pk")) if self.value() else queryset


class DismissForm(forms.Form):
    unknown = forms.ChoiceField(choices=Dismissal.Unknown)
    reason = forms.CharField(max_length=1000)
    ask_again_on = forms.DateField(required=False)


class UnknownsPages:
    """Mixed into IncidentAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.unknowns_view)
        return [path("<int:object_id>/unknowns/", view, name="incidents_incident_unknowns"), *super().get_urls()]

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), KnownUnknown]

    def first_page(self, request):
        """What the first page shows beside the queues."""
        if not self.has_view_permission(request):
            return {}
        address = reverse(f"{self.admin_site.name}:incidents_incident_changelist")
        return {"known_unknowns": [(f"{address}?unknown={code}", words, number) for code, words, number in counts()]}

    def around(self, request, object_id):
        found = super().around(request, object_id)
        if found.get("edition") is None:
            return found
        incident = found["record"]
        return found | {
            "unknowns": unknowns_of(incident),
            "past_dismissals": incident.dismissals.all(),
            "unknowns_url": self.page_url("unknowns", incident),
            "may_dismiss": request.user.has_perm(MAY_DISMISS),
        }

    def unknowns_view(self, request, object_id):
        """Set a known unknown aside, or ask it again; then back to the incident. A look at this address leads there too."""
        incident = self.record_or_404(request, object_id)
        if request.method == "POST":
            try:
                self.press(request, incident)
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
        return HttpResponseRedirect(f"{self.page_url('change', incident)}#unknowns")

    def press(self, request, incident):
        """Carry out the button that was pressed."""
        if "again" in request.POST:
            incident.ask_again(request.POST["again"], request.user)
            return messages.success(request, _("It is asked again."))
        form = DismissForm(request.POST)
        if not form.is_valid():
            raise ValidationError(_("Give a reason, and a day as 2026-03-01 or none."))
        incident.dismiss(by=request.user, **form.cleaned_data)
        return messages.success(request, _("Set aside. The public record is as before."))
