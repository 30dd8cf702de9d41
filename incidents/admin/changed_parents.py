"""The page of derived figures whose parents changed: before and now, and a button for "it still holds"."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from borderwatch.desk.forms import is_key
from incidents.desk.derivations import changed_parents, still_holds
from incidents.models import Figure


class ChangedParentsPage:
    """Mixed into FigureAdmin."""

    def get_urls(self):
        return [path("parents/", self.admin_site.admin_view(self.parents_view), name="incidents_figure_parents"), *super().get_urls()]

    def parents_view(self, request):
        """Every figure whose calculation may not hold any more; pressed, that it does."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self.keep(request)
            return HttpResponseRedirect(request.path)
        found = changed_parents()
        figures = Figure.objects.filter(pk__in=found).select_related("statement__speaker")
        context = self.admin_site.each_context(request) | {
            "title": _("Figures whose parents changed"),
            "opts": self.opts,
            "figures": [(figure, self.address(figure), found[figure.pk]) for figure in figures],
            "may_change": request.user.has_perm("incidents.change_figure"),
        }
        return TemplateResponse(request, "admin/changed_parents.html", context)

    def keep(self, request):
        key = request.POST.get("figure", "")
        figure = Figure.objects.filter(pk=key).first() if is_key(key) else None
        if figure is None:
            return messages.error(request, _("There is no such figure."))
        still_holds(figure, request.user)
        return messages.success(request, _("“%(figure)s” stands as it is. It is asked again after the next change.") % {"figure": figure})

    def address(self, figure):
        return reverse(f"{self.admin_site.name}:incidents_statement_change", args=[figure.statement_id])
