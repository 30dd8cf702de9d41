"""The page of a protected identity: protect it, look who it is, end the protection."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.wording import field_label, in_words
from borderwatch.protection import PERMISSION, identity_of, look, protect, unprotect


class CodeNameForm(forms.Form):
    code_name = forms.CharField(
        label=gettext_lazy("Code name"), max_length=100, help_text=gettext_lazy("Say nothing in it of who it is: “Source in Khatlon, 3”.")
    )


class ProtectingPages:
    """Mixed into the admin of sources and actors."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_identity"
        return [path("<int:object_id>/identity/", self.admin_site.admin_view(self.identity_view), name=name), *super().get_urls()]

    def around(self, request, object_id):
        found = super().around(request, object_id)
        return found | ({"identity_url": self.page_url("identity", found["record"])} if found and request.user.has_perm(PERMISSION) else {})

    def identity_view(self, request, object_id):
        record = self.record_or_404(request, object_id)
        if not (request.user.has_perm(PERMISSION) and self.has_change_permission(request, record)):
            raise PermissionDenied
        form, shown = CodeNameForm(request.POST if "protect" in request.POST else None), None
        if request.method == "POST":
            try:
                shown = self.press_identity(request, record, form)
            except ValidationError as error:
                form.add_error(None, error) if form.is_bound else messages.error(request, " ".join(error.messages))
            if shown is None and not form.errors:
                return HttpResponseRedirect(self.page_url("identity", record))
        identity = identity_of(record)
        looks = identity.looks.all()[:50] if identity else []
        context = self.page_context(request, record, _("Protected identity")) | {"form": form, "identity": identity, "looks": looks}
        return TemplateResponse(request, "admin/identity.html", context | {"shown": shown})

    def press_identity(self, request, record, form):
        """Do what was pressed; returns [(label, words)] of who it is, where that was asked for."""
        if "look" in request.POST:
            return [(field_label(self.model, name), in_words(None, words)) for name, words in look(record, request.user).items() if words]
        if "unprotect" in request.POST:
            unprotect(record, request.user)
            messages.success(request, _("The record bears its true name again."))
        elif form.is_valid():
            protect(record, form.cleaned_data["code_name"], request.user)
            messages.success(request, _("Protected: the desk knows it as “%(record)s” now.") % {"record": record})
        return None
