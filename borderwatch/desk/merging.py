"""The page on which two records become one: it shows whose numbers change before the button does it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.announcement import announce
from borderwatch.merging import merge, plan_merge


class ChooseForm(forms.Form):
    """Which record stays."""

    into = forms.CharField(
        label=gettext_lazy("Record that stays"),
        max_length=20,
        help_text=gettext_lazy("Its public id, as in AC-4 or BW-2025-0001. Everything that names this record will name that one."),
    )


class MergeForm(forms.Form):
    """What the editor presses: the merge that the page announced, and what readers are told."""

    note = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Public: why the two are one."),
    )
    fingerprint = forms.CharField(max_length=200)


class MergingPages:
    """Mixed into RecordAdmin."""

    def merge_view(self, request, object_id):
        """Choose the record that stays, see whose numbers change, then a reason and a button."""
        record = self.record_or_404(request, object_id)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        choose = ChooseForm(request.GET if "into" in request.GET else None)
        form, plan, refused, other = MergeForm(request.POST or None), None, [], None
        try:
            if choose.is_valid():
                other = self.record_that_stays(choose.cleaned_data["into"])
                plan = plan_merge(record, other)
            if plan and request.method == "POST" and form.is_valid():
                merge(record, other, request.user, form.cleaned_data["note"], fingerprint=form.cleaned_data["fingerprint"])
                messages.success(request, _("“%(record)s” is read as “%(other)s” from now on.") % {"record": record, "other": other})
                return HttpResponseRedirect(self.page_url("change", other))
        except ValidationError as error:
            refused = error.messages
        context = self.page_context(request, record, _("Merge")) | {
            "choose": choose,
            "form": form,
            "other": other,
            "refused": refused,
            "announced": plan and announce(plan, record, self.admin_site),
            "fingerprint": plan and plan.fingerprint,
        }
        return TemplateResponse(request, "admin/merge.html", context)

    def record_that_stays(self, public_id):
        """The record of this kind with that public id. Raises ValidationError where there is none."""
        public_id = public_id.strip().upper()
        other = self.model._default_manager.filter(public_id=public_id).first()
        if other is None:
            raise ValidationError(_("No %(kind)s has the public id %(id)s.") % {"kind": self.opts.verbose_name, "id": public_id})
        return other
