"""What was scheduled: what waits for its hour, what was refused then and why; cancelling."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.base import DeskAdmin
from borderwatch.desk.forms import is_key
from borderwatch.desk.queues import InQueue, Queue
from borderwatch.desk.together import address_of
from borderwatch.models import ScheduledPublication
from borderwatch.publishing.scheduling import cancel, existing

State = ScheduledPublication.State


@admin.register(ScheduledPublication)
class ScheduledPublicationAdmin(DeskAdmin):
    """Made on the publish pages; here it is looked at and cancelled."""

    list_display = ("due", "what", "state", "asked_by_name", "outcome")
    list_filter = ("state", InQueue)
    search_fields = ("note", "asked_by_name")
    search_help_text = gettext_lazy("What readers are told, or who asked.")
    ordering = ("-due_at", "-pk")

    @admin.display(description=gettext_lazy("due at (UTC)"), ordering="due_at")
    def due(self, scheduled):
        return f"{scheduled.due_at:%Y-%m-%d %H:%M}"

    @admin.display(description=gettext_lazy("what"))
    def what(self, scheduled):
        return what_of(scheduled)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What waits, since when and by whom, and a button that cancels it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        scheduled = self.model.objects.filter(pk=object_id).first() if is_key(object_id) else None
        if scheduled is None:
            raise Http404
        if request.method == "POST":
            return self.cancel(request, scheduled)
        context = self.admin_site.each_context(request) | {
            "title": capfirst(self.opts.verbose_name),
            "opts": self.opts,
            "original": scheduled,
            "records": [(address_of(self.admin_site, record), record) for record in existing(scheduled.records)],
            "carry": [(address_of(self.admin_site, record), record) for record in existing(scheduled.carry)],
            "is_open": scheduled.state in (State.WAITING, State.REFUSED),
        }
        return TemplateResponse(request, "admin/scheduled.html", context)

    def cancel(self, request, scheduled):
        try:
            cancel(scheduled, request.user)
            messages.success(request, _("It will not be published by itself. What is on the desk stays as it is."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return HttpResponseRedirect(reverse(f"{self.admin_site.name}:borderwatch_scheduledpublication_changelist"))

    def history_view(self, request, object_id, extra_context=None):
        """It has no history: it is made, and it ends."""
        raise Http404

    queue_related = ()

    def queues(self, request):
        """On the first page: what waits, for everybody who publishes; what was refused, for who asked for it."""
        nothing_refused, nothing_waits = _("Nothing that you scheduled was refused."), _("Nothing is scheduled.")
        return [
            Queue(
                "refused",
                _("Refused at their hour"),
                nothing_refused,
                lambda every: in_turn(every, State.REFUSED).filter(asked_by=request.user),
            ),
            Queue("scheduled", _("Waiting for their hour"), nothing_waits, lambda every: in_turn(every, State.WAITING)),
        ]

    def queue_line(self, scheduled):
        return address_of_scheduled(self.admin_site, scheduled), line_of(scheduled)


def in_turn(scheduled, state):
    """Of these, those in this state, the first one due first."""
    return scheduled.filter(state=state).order_by("due_at", "pk")


def address_of_scheduled(site, scheduled):
    return reverse(f"{site.name}:borderwatch_scheduledpublication_change", args=[scheduled.pk])


def what_of(scheduled):
    """What it would publish, in words: the first record, and how many more."""
    records = existing(scheduled.records[:1])
    first = str(records[0]) if records else _("a record that is gone")
    more = len(scheduled.records) - 1
    return _("%(first)s and %(more)s more") % {"first": first, "more": more} if more else first


def line_of(scheduled):
    words = {"moment": f"{scheduled.due_at:%Y-%m-%d %H:%M} UTC", "what": what_of(scheduled), "outcome": scheduled.outcome}
    return (_("%(moment)s: %(what)s. %(outcome)s") if scheduled.outcome else _("%(moment)s: %(what)s")) % words
