"""The page on which two people seal a record: one asks and says why, another looks and agrees."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.announcement import announce
from borderwatch.desk.forms import PublicWords
from borderwatch.publishing.asking_to_seal import PERMISSION, agree_to_seal, ask_to_seal, open_request, take_back
from borderwatch.publishing.sealing import plan_seal


class AskForm(forms.Form):
    reason = PublicWords(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Public: readers see it in place of the record. Keep it free of what must not be read."),
    )


class AgreeForm(forms.Form):
    public_id = forms.CharField(label=gettext_lazy("Type the record’s public id"), max_length=40)

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record

    def clean_public_id(self):
        if self.cleaned_data["public_id"].strip() != self.record.public_id:
            raise ValidationError(_("That is not the id of this record: %(id)s.") % {"id": self.record.public_id})


class SealingPages:
    """Mixed into RecordAdmin."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_seal"
        return [path("<int:object_id>/seal/", self.admin_site.admin_view(self.seal_view), name=name), *super().get_urls()]

    def seal_view(self, request, object_id):
        """What will be erased and whose numbers change; then the button of the first or of the second person."""
        record = self.record_or_404(request, object_id)
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        waiting, data = open_request(record), request.POST or None
        form = AgreeForm(data, record=record) if waiting else AskForm(data)
        try:
            if request.method == "POST" and (done := self.press_seal(request, record, form)):
                messages.success(request, done)
                return HttpResponseRedirect(self.page_url("change", record))
            announced, refused = announce(plan_seal(record), record, self.admin_site), []
        except ValidationError as error:
            announced, refused = None, error.messages
        is_mine = bool(waiting) and waiting.asked_by_id == request.user.pk
        context = self.page_context(request, record, _("Seal")) | {"form": form, "waiting": waiting, "is_mine": is_mine}
        return TemplateResponse(request, "admin/seal.html", context | {"announced": announced, "refused": refused})

    def press_seal(self, request, record, form):
        """Do what was pressed; what to tell, or "" where the form is not right."""
        if "take_back" in request.POST:
            take_back(record, request.user)
            return _("The request was taken back. Nothing was sealed.")
        if not form.is_valid():
            return ""
        if isinstance(form, AskForm):
            ask_to_seal(record, request.user, form.cleaned_data["reason"])
            return _("Asked. It is sealed once a second person agrees, within a week.")
        agree_to_seal(record, request.user)
        return _("“%(record)s” is sealed: its public words are erased for good.") % {"record": record}
