"""The page on which files are imported: check a file, look at what would happen, carry it out; undo an import; empty tables to fill in."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import FileExtensionValidator
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.base import DeskAdmin
from incidents.imports import progress, uploads
from incidents.imports.importing import LAYOUTS, OWN_TABLES, carry_out, check, is_redistributable, summary
from incidents.imports.reading import Unreadable
from incidents.imports.tables.layouts import WORKBOOK
from incidents.imports.tables.templates import template_csv, template_xlsx
from incidents.imports.tables.told import Told
from incidents.imports.undo import undo
from incidents.models import ImportBatch

MOST_ROWS = 5000
"""Longer files are the command's: a browser would wait too long."""
SHOWN = 200
"""Remarks on the page; the count is told."""
ENDINGS = ("csv", "tsv", "txt", "xlsx", "jsonl", "zip")
MOST_BYTES = 32 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = {
    WORKBOOK: gettext_lazy("Workbook with several of our own tables"),
    "sources": gettext_lazy("Sources"),
    "actors": gettext_lazy("Actors"),
    "articles": gettext_lazy("Articles"),
    "incidents": gettext_lazy("Incidents"),
    "statements": gettext_lazy("Statements with their figures"),
    "ucdp-ged": gettext_lazy("Events of UCDP GED"),
    "acled": gettext_lazy("Events of ACLED"),
    "borderwatch": gettext_lazy("A BorderWatch record (into an empty one)"),
}
CHOICES = [
    (gettext_lazy("Our own tables"), [(layout, WORDS[layout]) for layout in OWN_TABLES]),
    (gettext_lazy("Data sets"), [(layout, WORDS[layout]) for layout in LAYOUTS if layout not in OWN_TABLES]),
]


class UploadForm(forms.Form):
    layout = forms.ChoiceField(label=gettext_lazy("What it holds"), choices=CHOICES, initial=WORKBOOK)
    file = forms.FileField(
        label=gettext_lazy("File"),
        validators=[FileExtensionValidator(ENDINGS)],
        help_text=gettext_lazy("XLSX, CSV in UTF-8 or JSON Lines, with the column names in the first row."),
    )
    watch = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST_BYTES:
            words = gettext_lazy("This file has more than %(most)d MB: use manage.py import_events.")
            raise ValidationError(words, params={"most": MOST_BYTES >> 20})
        return self.cleaned_data["file"]


class ConfirmForm(forms.Form):
    ticket = forms.CharField(widget=forms.HiddenInput)
    announced = forms.CharField(required=False, widget=forms.HiddenInput)
    publish = forms.BooleanField(
        label=gettext_lazy("Approve and publish what this file brings"),
        required=False,
        help_text=gettext_lazy("In one release. What an editor sent to review, withdrew or edited since is left alone."),
    )


@admin.register(ImportBatch)
class ImportBatchAdmin(DeskAdmin):
    list_display = ("file_name", "layout", "imported_at", "imported_by_name", "undone_at", "undo_link")
    list_display_links = None
    list_filter = ("layout",)

    class Media:
        js = ("borderwatch/import.js",)

    def get_urls(self):
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = (
            ("", self.changelist_view, "changelist"),
            ("add/", self.add_view, "add"),
            ("progress/", self.progress_view, "progress"),
            ("template/<slug:layout>.<slug:ending>", self.template_view, "template"),
            ("<int:number>/undo/", self.undo_view, "undo"),
        )
        return [path(route, self.admin_site.admin_view(view), name=f"{info}_{name}") for route, view, name in pages]

    def has_add_permission(self, request):
        return request.user.has_perm("incidents.import_events")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("undo"))
    def undo_link(self, batch):
        if batch.undone_at:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("admin:incidents_importbatch_undo", args=[batch.pk]), _("Undo…"))

    # Import

    def add_view(self, request, form_url="", extra_context=None):
        """First the file is checked and nothing written; then what the page announced is carried out."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "ticket" in request.POST:
            return self.carry_out_view(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        plan = self.checked(request, form) if request.method == "POST" and form.is_valid() else None
        return self.import_page(request, form, plan)

    def checked(self, request, form):
        """The plan of the uploaded file, with the ticket by which it is imported; None with a message on the form."""
        layout = form.cleaned_data["layout"]
        ticket = uploads.keep(form.cleaned_data["file"], layout, request.user)
        _layout, path = uploads.kept(ticket, request.user)
        watch = form.cleaned_data["watch"]
        try:
            plan = check(layout, path, progress.reporter(request.user, watch), most=MOST_ROWS)
        except Unreadable as error:
            uploads.forget(path)
            form.add_error("file", str(error))
            return None
        finally:
            progress.forget(request.user, watch)
        plan.ticket, plan.may_be_published = ticket, is_redistributable(layout) and self.may_publish(request)
        if plan.errors:
            uploads.forget(path)
        return plan

    def may_publish(self, request):
        return request.user.has_perm("incidents.publish_incident")

    def import_page(self, request, form, plan=None):
        context = self.admin_site.each_context(request) | {
            "title": _("Import"),
            "opts": self.opts,
            "form": form,
            "plan": plan,
            "summary": plan and summary(plan),
            "told": plan and hasattr(plan, "counts") and Told(plan),
            "templates": [(WORDS[layout], layout, layout != WORKBOOK) for layout in OWN_TABLES],
            "media": self.media,
            "errors": plan and plan.errors[:SHOWN],
            "notices": plan and plan.notices[:SHOWN],
            "confirm": plan and not plan.errors and ConfirmForm(initial={"ticket": plan.ticket, "announced": fingerprint(plan)}),
        }
        return TemplateResponse(request, "admin/import.html", context)

    def carry_out_view(self, request):
        form = ConfirmForm(request.POST)
        found = uploads.kept(form.data["ticket"], request.user)
        if not form.is_valid() or found is None:
            messages.error(request, _("This check is too old. Choose the file again."))
            return HttpResponseRedirect(request.path)
        layout, path = found
        publish = form.cleaned_data["publish"]
        if publish and not (is_redistributable(layout) and self.may_publish(request)):
            raise PermissionDenied
        try:
            plan = check(layout, path, most=MOST_ROWS)
            refuse_unannounced(plan, form.cleaned_data["announced"])
            batch, release = carry_out(plan, request.user, publish)
        except (Unreadable, ValidationError) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
            return HttpResponseRedirect(request.path)
        uploads.forget(path)
        self.tell(request, batch, release)
        return HttpResponseRedirect(reverse("admin:incidents_importbatch_changelist"))

    def tell(self, request, batch, release):
        messages.success(request, _("Written: %(batch)s.") % {"batch": batch} if batch else _("Nothing to write: the desk has it all."))
        if release:
            messages.success(request, _("Published in release %(number)d.") % {"number": release.sequence})

    def progress_view(self, request):
        """How many rows of the file that this user waits for are checked."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return JsonResponse(progress.told(request.user, request.GET.get("watch", "")))

    def template_view(self, request, layout, ending):
        """An empty table to fill in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if layout not in OWN_TABLES or ending not in ("xlsx", "csv") or (layout == WORKBOOK and ending == "csv"):
            raise Http404
        content, kind = (template_xlsx(layout), XLSX) if ending == "xlsx" else (template_csv(layout), "text/csv; charset=utf-8")
        headers = {"Content-Disposition": f'attachment; filename="{layout}.{ending}"'}
        return HttpResponse(content, content_type=kind, headers=headers)

    # Undo

    def undo_view(self, request, number):
        """What would go, then a button."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        batch = ImportBatch.objects.filter(pk=number).first()
        if batch is None:
            raise Http404
        if request.method == "POST":
            try:
                undo(batch, request.user)
                messages.success(request, _("Undone: %(batch)s.") % {"batch": batch})
            except ValidationError as refused:
                for sentence in refused.messages[:SHOWN]:
                    messages.error(request, sentence)
            return HttpResponseRedirect(reverse("admin:incidents_importbatch_changelist"))
        brought = batch.records.all() if batch.layout in OWN_TABLES else batch.events.all()
        context = self.admin_site.each_context(request) | {"title": _("Undo an import"), "opts": self.opts, "batch": batch}
        counts = {"new": brought.filter(is_new=True).count(), "changed": brought.filter(is_new=False).count()}
        return TemplateResponse(request, "admin/undo_import.html", context | counts)


def fingerprint(plan):
    """What the page announced; events of data sets are compared with the last import instead."""
    return getattr(plan, "fingerprint", "")


def refuse_unannounced(plan, announced):
    """The page carries out what it announced, or nothing."""
    if announced and fingerprint(plan) != announced:
        raise ValidationError(_("The desk changed since this file was checked. Check it again."))
