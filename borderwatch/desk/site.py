"""The admin site: sober, without the redirect that tells what exists, and with choices that can be told apart."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import JsonResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext_lazy as _

from borderwatch.desk.doors import with_doors
from borderwatch.desk.queues import first_page
from borderwatch.desk.second_factor import SecondFactorPages, with_second_factor
from borderwatch.desk.sign_ins import SignInPages
from borderwatch.publishing.recomposing import waiting


class DeskAutocomplete(AutocompleteJsonView):
    """Choices by name; a term that no name can hold finds nothing."""

    def get(self, request, *args, **kwargs):
        if "\0" in request.GET.urlencode() or "%00" in request.GET.urlencode():
            return JsonResponse({"results": [], "pagination": {"more": False}})
        return super().get(request, *args, **kwargs)

    def serialize_result(self, record, to_field_name):
        return {"id": str(getattr(record, to_field_name)), "text": self.admin_site.choice_label(record)}


class DeskSite(SecondFactorPages, SignInPages, admin.AdminSite):
    site_header = _("BorderWatch desk")
    site_title = _("BorderWatch desk")
    index_title = _("The desk")
    enable_nav_sidebar = False

    main_records = (
        "incidents_incident",
        "incidents_statement",
        "sources_article",
        "sources_source",
        "incidents_actor",
        "incidents_place",
    )
    """What stands in the bar on top, in the order of use."""

    secret_apps = ("otp_totp", "otp_static")
    """Apps whose rows are secrets: they have no pages here."""

    def register(self, model_or_iterable, admin_class=None, **options):
        if getattr(model_or_iterable, "_meta", None) is None or model_or_iterable._meta.app_label not in self.secret_apps:
            super().register(model_or_iterable, with_doors(admin_class or admin.ModelAdmin), **options)

    def get_urls(self):
        """Without /admin/r/, which would tell strangers which records exist."""
        urls = [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]
        together = path("together/", self.admin_view(self.together_view), name="together")
        return [*self.second_factor_urls(super().admin_view), *self.sign_in_urls(), together, *urls]

    def together_view(self, request):
        """Several records in one release."""
        from borderwatch.desk.together import publish_together

        return publish_together(request, self)

    def admin_view(self, view, cacheable=False):
        return super().admin_view(with_second_factor(view), cacheable)

    def autocomplete_view(self, request):
        return DeskAutocomplete.as_view(admin_site=self)(request)

    def choice_label(self, record):
        """How a record is called where it is chosen: with what sets it apart from its namesakes."""
        return str(getattr(self._registry.get(type(record)), "choice_label", str)(record))

    def index(self, request, extra_context=None):
        """The first page: what waits, what the public record does not say, and every list."""
        context = {"queues": first_page(self, request), "documents_waiting": waiting()}
        for model_admin in self._registry.values():
            if hasattr(model_admin, "first_page"):
                context |= model_admin.first_page(request)
        return super().index(request, context | (extra_context or {}))

    def each_context(self, request):
        return super().each_context(request) | {"main_records": self.main_links(request)}

    def main_links(self, request):
        """(address, words, whether it is here) of the record lists that this user may see."""
        by_name = {f"{model._meta.app_label}_{model._meta.model_name}": model_admin for model, model_admin in self._registry.items()}
        shown = [(name, by_name[name]) for name in self.main_records if name in by_name and by_name[name].has_view_permission(request)]
        links = []
        for name, model_admin in shown:
            try:
                address = reverse(f"{self.name}:{name}_changelist")
            except NoReverseMatch:
                continue
            links.append((address, model_admin.opts.verbose_name_plural, request.path.startswith(address)))
        return links
