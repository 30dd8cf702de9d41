"""What can be done to many incidents or statements at once."""

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.bulk import BulkAction
from incidents.models import Incident, Statement


def refuse_unless_may_change(model_admin, request, record):
    if not model_admin.has_change_permission(request, record):
        raise PermissionDenied(_("You may not change it."))


class SubmitForReview(BulkAction):
    name = "submit_for_review"
    label = gettext_lazy("Submit for review")
    button = gettext_lazy("Submit these")

    def carry_out(self, model_admin, request, record, chosen):
        refuse_unless_may_change(model_admin, request, record)
        if record.review_state != Incident.ReviewState.DRAFT:
            raise ValidationError(_("Its review state is “%(state)s” already.") % {"state": record.get_review_state_display()})
        record.move_to(Incident.ReviewState.IN_REVIEW, request.user)
        record._change_reason = _("Submitted for review")
        record.save()
        return _("Waits for review.")


class WhoForm(forms.Form):
    assigned_to = forms.ModelChoiceField(
        label=gettext_lazy("Assign to"),
        queryset=User.objects.filter(is_staff=True, is_active=True).order_by("username"),
        empty_label=gettext_lazy("Choose a colleague"),
    )


class AssignTo(BulkAction):
    name = "assign_to"
    label = gettext_lazy("Assign to …")
    button = gettext_lazy("Assign these")
    form_class = WhoForm

    def carry_out(self, model_admin, request, record, chosen):
        refuse_unless_may_change(model_admin, request, record)
        before = record.assigned_to
        record.assigned_to = chosen.get("assigned_to")
        record._change_reason = _("Assigned")
        record.save()
        return _("Assigned to whom you choose below; until now to %(name)s.") % {"name": before or _("nobody")}


class MarkReady(BulkAction):
    name = "mark_ready"
    label = gettext_lazy("Mark as ready")
    button = gettext_lazy("Mark these as ready")

    def carry_out(self, model_admin, request, record, chosen):
        refuse_unless_may_change(model_admin, request, record)
        if record.is_ready:
            raise ValidationError(_("It is marked ready already."))
        record.is_ready = True
        record._change_reason = _("Marked as ready")
        record.save()
        if record.visibility == Statement.Visibility.INTERNAL:
            return _("Marked as ready; internal, so it still goes along with no incident.")
        return _("Goes along when its incident is published.")
