"""The page on which a statement or an article is retracted, or the retraction is undone."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.forms import PublicWords
from borderwatch.desk.looking import Look, LookForm, put_on
from borderwatch.models import Change


class RetractForm(LookForm):
    retracted_on = forms.DateField(label=gettext_lazy("Taken back on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    notice = PublicWords(
        label=gettext_lazy("What readers are told"),
        help_text=gettext_lazy("Public: who took it back, where, and in which words."),
    )

    def edit(self, record, by):
        return record.mark_retracted(self.cleaned_data["retracted_on"], self.cleaned_data["notice"], by)

    def carry_out(self, record, by):
        on, notice = self.cleaned_data["retracted_on"], self.cleaned_data["notice"]
        return record.retract(on, notice, by, fingerprint=self.looked_at)

    kind = None
    button = gettext_lazy("Retract it")


class UndoForm(LookForm):
    notice = PublicWords(
        label=gettext_lazy("What readers are told"),
        help_text=gettext_lazy("Public: a correction. Say what was wrong about the retraction."),
    )

    def edit(self, record, by):
        return record.mark_not_retracted(self.cleaned_data["notice"], by)

    def carry_out(self, record, by):
        return record.undo_retraction(self.cleaned_data["notice"], by, fingerprint=self.looked_at)

    kind = Change.CORRECTION
    button = gettext_lazy("It was not retracted: correct this")


class RetractingPages:
    """Mixed into the admin of records that can be retracted."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_retract"
        return [path("<int:object_id>/retract/", self.admin_site.admin_view(self.retract_view), name=name), *super().get_urls()]

    def around(self, request, object_id):
        found = super().around(request, object_id)
        is_offered = found and self.has_publish_permission(request) and self.has_change_permission(request, found["record"])
        return found | ({"retract_url": self.page_url("retract", found["record"])} if is_offered else {})

    def retract_view(self, request, object_id):
        """The day and the notice, then whose numbers change, then the button."""
        record = self.record_or_404(request, object_id)
        if not (self.has_publish_permission(request) and self.has_change_permission(request, record)):
            raise PermissionDenied
        form_class = UndoForm if record.retracted_on else RetractForm
        form = form_class(request.POST or None, initial={"version": record.version})
        is_right = form.is_valid() and not form.refuse_stale(record)
        if is_right and {"press", "prepare"} & set(request.POST) and self.retract(request, form, record):
            return HttpResponseRedirect(self.page_url("change", record))
        return self.retract_page(request, form, self.model.objects.get(pk=record.pk), is_right)

    def retract(self, request, form, record):
        """Carry it out; False with errors on the form where that cannot be."""
        with put_on(form):
            if "prepare" in request.POST:
                return self.prepare(request, form, record)
            is_public = form.carry_out(record, request.user) is not None
            words = _("Done. Readers see it from now on.") if is_public else _("Saved on the desk. Readers do not see this record.")
            messages.success(request, words)
            return True
        return False

    @transaction.atomic
    def prepare(self, request, form, record):
        """Save it on the desk alone, where the two-person rule lets somebody else publish it."""
        form.edit(record, request.user)
        record.comment(request.user, _("Publish this. For readers: %(notice)s") % {"notice": form.cleaned_data["notice"]})
        messages.success(request, _("Saved on the desk, with your notice as a comment. Another editor publishes it."))
        return True

    def retract_page(self, request, form, record, is_right):
        """`is_right`: what was typed can be looked at. What readers do not see is marked on the desk, and there is nothing to announce."""
        look, edition = None, record.edition
        is_edited = edition is not None and record.has_unpublished_changes
        if is_right and edition:
            with put_on(form):
                look = Look(lambda: form.edit(self.model.objects.get(pk=record.pk), request.user), form.kind, self.admin_site, request.user)
        context = self.page_context(request, record, _("Retraction")) | {
            "form": form,
            "record": record,
            "edition": edition,
            "is_edited": is_edited,
            "announced": look and look.announced,
            "fingerprint": look.fingerprint if look else "",
            "missing": look.refused if look else [],
            "version": record.version,
            "may_press": is_right and (look is not None or edition is None),
        }
        return TemplateResponse(request, "admin/retract.html", context)
