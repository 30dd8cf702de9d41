"""The pages on which a record becomes public: preview, publish, withdraw. They announce exactly what they then do."""

from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.announcement import announce
from borderwatch.desk.forms import PublicWords
from borderwatch.desk.merging import MergingPages
from borderwatch.desk.pressing import PublishForm, publish_as_pressed
from borderwatch.desk.together import key_of
from borderwatch.models import Change
from borderwatch.public.addresses import in_this_language
from borderwatch.publishing.planning import edited_companions, plan_publication, plan_withdrawal
from borderwatch.publishing.scheduling import waiting_for
from borderwatch.publishing.two_persons import own_work
from borderwatch.publishing.verbs import missing_along, withdraw


class WithdrawForm(forms.Form):
    reason = PublicWords(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Public: readers see it in place of the record."),
    )
    fingerprint = forms.CharField(max_length=200)


class PublishingPages(MergingPages):
    """Mixed into RecordAdmin."""

    def get_urls(self):
        pages = (
            *(("publish", self.publish_view), ("withdraw", self.withdraw_view)),
            *(("preview", self.preview_view), ("merge", self.merge_view)),
        )
        own = [
            path(
                f"<int:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name}",
            )
            for name, view in pages
        ]
        return own + super().get_urls()

    def has_publish_permission(self, request):
        codename = get_permission_codename("publish", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")

    def record_or_404(self, request, object_id):
        record = self.get_object(request, str(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    # Publish

    def publish_view(self, request, object_id):
        """What is missing, what readers will see change, what goes along, whose numbers change; then a note and a button."""
        record = self.record_or_404(request, object_id)
        editable = [other for other in edited_companions(record) if self.may_publish(request, other)]
        ticked = ticked_of(request, editable)
        form = PublishForm(request.POST or None)
        if request.method == "POST":
            if not self.has_publish_permission(request):
                raise PermissionDenied
            if form.is_valid() and publish_as_pressed(request, [record], form, ticked):
                return HttpResponseRedirect(self.page_url("change", record))
        return self.publish_page(request, record, form, editable, ticked)

    def publish_page(self, request, record, form, editable, ticked):
        plan = plan_publication(record, carry=ticked)
        edition = record.edition
        correction = plan_publication(record, kind=Change.CORRECTION, carry=ticked) if edition else None
        context = self.page_context(request, record, _("Publish")) | {
            "form": form,
            "edition": edition,
            "missing": [*record.missing(), *missing_along(plan, [record]), *own_work(plan, request.user)],
            "warnings": list(record.warnings()),
            "announced": announce(plan, record, self.admin_site),
            "editable": [(key_of(other), other, other in ticked) for other in editable],
            "hidden": [("carry", key_of(other)) for other in ticked],
            "waiting": waiting_for(record),
            "together_url": f"{reverse(f'{self.admin_site.name}:together')}?record={key_of(record)}",
            "fingerprint": plan.fingerprint,
            "correction_fingerprint": correction.fingerprint if correction else "",
            "may_publish": self.has_publish_permission(request),
        }
        return TemplateResponse(request, "admin/publish.html", context)

    def may_publish(self, request, other):
        return self.admin_site.get_model_admin(type(other)).has_publish_permission(request)

    # Withdraw

    def withdraw_view(self, request, object_id):
        """Who needs the record, whose numbers change; then a reason and a button."""
        record = self.record_or_404(request, object_id)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        form = WithdrawForm(request.POST or None)
        plan, refused = None, []
        try:
            plan = plan_withdrawal(record)
            if request.method == "POST" and form.is_valid():
                withdraw(record, by=request.user, reason=form.cleaned_data["reason"], fingerprint=form.cleaned_data["fingerprint"])
                messages.success(request, _("“%(record)s” was withdrawn. Readers see the reason in its place.") % {"record": record})
                return HttpResponseRedirect(self.page_url("change", record))
        except ValidationError as error:
            refused = error.messages
        context = self.page_context(request, record, _("Withdraw")) | {
            "form": form,
            "refused": refused,
            "announced": plan and announce(plan, record, self.admin_site),
            "fingerprint": plan and plan.fingerprint,
        }
        return TemplateResponse(request, "admin/withdraw.html", context)

    # Preview

    def preview_view(self, request, object_id):
        """The working copy on the page that readers will see."""
        record = self.record_or_404(request, object_id)
        plan = plan_publication(record)
        public = plan.state.get(record.record_kind, str(record.uid))
        page = readers_page(request, record, plan.state.compose(public), plan.state)
        context = page | {"back_url": self.page_url("change", record), "publish_url": self.page_url("publish", record)}
        return TemplateResponse(request, "admin/preview.html", context)

    def page_context(self, request, record, title):
        return self.admin_site.each_context(request) | {
            "title": title,
            "subtitle": str(record),
            "original": record,
            "opts": self.opts,
            "has_view_permission": True,
            "desk_urls": {name: self.page_url(name, record) for name in ("change", "publish", "withdraw", "preview", "merge")},
        }


def readers_page(request, record, document, state):
    """What the template of the readers' page gets, for a document that is not public: no address of its own, no other day, no editions."""
    page = resolve(in_this_language(document["url"])).func.view_class()
    page.setup(request)
    page.problems, page.moment, page._state = [], None, state
    page.row = SimpleNamespace(pk=0, number=0, record=record.record_kind, uid=record.uid, public_id=document["id"])
    unpublished = {"canonical": "", "editions_url": "", "cite_url": "", "takes_as_of": False}
    template = f"{record._meta.app_label}/{record._meta.model_name}_detail.html"
    return page.get_context_data(document=document) | unpublished | {"page_template": template}


def ticked_of(request, editable):
    """The records whose edits the editor wants to go along."""
    wanted = (request.POST if request.method == "POST" else request.GET).getlist("carry")
    return [other for other in editable if key_of(other) in wanted]
