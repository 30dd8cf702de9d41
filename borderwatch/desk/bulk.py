"""Actions on many records: a page lists what will happen to each and which are refused and why; then one press, everything or nothing."""

import hashlib
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from borderwatch.desk.forms import is_key
from borderwatch.desk.together import MOST, together_page
from borderwatch.publishing.rehearsing import rehearsal

REFUSALS = (ValidationError, PermissionDenied, ProtectedError, IntegrityError)


class BulkAction:
    """One thing that can be done to many records. What it does to one is tried before it is announced."""

    name = ""
    label = ""
    """In the list of actions; "%(verbose_name_plural)s" is what the records are called."""
    button = ""
    form_class = forms.Form
    """What must be chosen beside the records."""

    def is_offered(self, model_admin, request):
        return model_admin.has_change_permission(request)

    def begin(self, model_admin, request, queryset):
        """The page after the records were chosen in the list."""
        records = model_admin.few_enough(request, queryset)
        return records and confirm_page(model_admin, request, self, records)

    def carry_out(self, model_admin, request, record, chosen):
        """Do it to one record and say in a sentence what was done. Raises one of REFUSALS where that cannot be."""
        raise NotImplementedError


class PublishTogether(BulkAction):
    name = "publish_together"
    label = gettext_lazy("Publish together")

    def is_offered(self, model_admin, request):
        return model_admin.has_publish_permission(request)

    def begin(self, model_admin, request, queryset):
        records = model_admin.few_enough(request, queryset)
        return records and together_page(request, model_admin.admin_site, records)


class DeleteDrafts(BulkAction):
    """Records that were never public."""

    name = "delete_drafts"
    label = gettext_lazy("Delete %(verbose_name_plural)s that were never public")
    button = gettext_lazy("Delete these")

    def is_offered(self, model_admin, request):
        return model_admin.has_delete_permission(request)

    def carry_out(self, model_admin, request, record, chosen):
        if record.was_ever_public:
            raise ValidationError(_("It was public: it can be withdrawn, not deleted."))
        if not model_admin.has_delete_permission(request, record):
            raise PermissionDenied(_("You may not delete it."))
        _count, by_model = record.delete()
        rows = sum(by_model.values()) - by_model.get(record._meta.label, 0)
        if not rows:
            return _("Deleted.")
        return ngettext("Deleted, with %(count)s row inside it.", "Deleted, with %(count)s rows inside it.", rows) % {"count": rows}


@dataclass
class Outcomes:
    """What an action does to each record, or why it does not."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    seen: list = field(default_factory=list)

    @property
    def fingerprint(self):
        """Equal as long as nobody saved one of the records and the same ones are refused."""
        return hashlib.sha256(repr(sorted(self.seen)).encode()).hexdigest()


def outcomes(model_admin, request, action, records, chosen):
    """Carry out `action` on each record, in a transaction of the caller's."""
    found = Outcomes()
    for record in records:
        key, version = record.pk, record.version
        try:
            with transaction.atomic():
                sentence = action.carry_out(model_admin, request, record, chosen)
            found.done.append((key, record, sentence))
        except REFUSALS as refused:
            sentence = None
            found.refused.append((key, record, reason_of(refused)))
        found.seen.append((key, version, sentence is None))
    return found


def reason_of(refused):
    from borderwatch.desk.base import refusal_of

    return str(refused) or _("You may not do this.") if isinstance(refused, PermissionDenied) else refusal_of(refused)


def confirm_page(model_admin, request, action, records, form=None, problem=""):
    """What will happen to each record, tried and taken back."""
    with rehearsal():
        found = outcomes(model_admin, request, action, records, chosen={})
    context = model_admin.admin_site.each_context(request) | {
        "title": action.label % {"verbose_name_plural": model_admin.opts.verbose_name_plural},
        "opts": model_admin.opts,
        "button": action.button,
        "form": form or action.form_class(),
        "problem": problem,
        "done": found.done,
        "refused": found.refused,
        "keys": [record_key for record_key, _version, _is_refused in found.seen],
        "fingerprint": found.fingerprint,
        "address": model_admin.bulk_url(action),
        "list_url": model_admin.list_url(),
    }
    return TemplateResponse(request, "admin/bulk.html", context)


class BulkPages:
    """Mixed into RecordAdmin."""

    bulk_actions = (PublishTogether(), DeleteDrafts())

    def get_actions(self, request):
        """Only ours: Django's own deletion asks for no version and stops at the first refusal."""
        if IS_POPUP_VAR in request.GET:
            return {}
        offered = [action for action in self.bulk_actions if action.is_offered(self, request)]
        return {action.name: (type(action).begin.__get__(action), action.name, action.label) for action in offered}

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_bulk"
        return [path("bulk/<slug:action>/", self.admin_site.admin_view(self.bulk_view), name=name), *super().get_urls()]

    def bulk_url(self, action):
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_bulk", args=[action.name])

    def list_url(self):
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def few_enough(self, request, queryset):
        """The records, or None and a message where they are more than one page can list."""
        records = list(queryset[: MOST + 1])
        if len(records) > MOST:
            words = _("Choose at most %(most)s records at once: nobody reads a longer list before pressing. Filter further.")
            messages.error(request, words % {"most": MOST})
            return None
        return records

    def bulk_view(self, request, action):
        """The press: what the page listed is done in one transaction, or nothing."""
        action = next((one for one in self.bulk_actions if one.name == action and one.button), None)
        if action is None:
            raise Http404
        if not self.has_view_or_change_permission(request) or not action.is_offered(self, request):
            raise PermissionDenied
        keys = [key for key in request.POST.getlist("record") if is_key(key)][:MOST]
        records = list(self.get_queryset(request).filter(pk__in=keys))
        if not records:
            messages.info(request, _("Choose the records in the list first."))
            return HttpResponseRedirect(self.list_url())
        form = action.form_class(request.POST)
        if not form.is_valid():
            return confirm_page(self, request, action, records, form)
        return self.do_together(request, action, records, form)

    def do_together(self, request, action, records, form):
        with transaction.atomic():
            found = outcomes(self, request, action, records, form.cleaned_data)
            is_as_announced = found.fingerprint == request.POST.get("fingerprint")
            transaction.set_rollback(not is_as_announced)
        if not is_as_announced:
            records = self.get_queryset(request).filter(pk__in=[key for key, _version, _is_refused in found.seen])
            problem = _("Something changed since this page was opened, so nothing was done. Look again, then press.")
            return confirm_page(self, request, action, list(records), form, problem)
        words = ngettext("Done: %(count)s record.", "Done: %(count)s records.", len(found.done)) % {"count": len(found.done)}
        messages.success(request, words)
        return HttpResponseRedirect(self.list_url())
