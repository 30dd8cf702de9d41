"""The history of a record with that of its rows: who, when, why, and what was different."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.utils import get_m2m_reverse_field_name

from borderwatch.desk.wording import field_label, in_words


class HistoryPage(SimpleHistoryAdmin):
    """Who changed what and why. Versions of publishable records are compared and put back on pages of their own."""

    def get_urls(self):
        """Without the form of an old version, which could be posted back."""
        return [url for url in super().get_urls() if not (url.name or "").endswith("_simple_history")]

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        page = Paginator(self.entries(record), 100).get_page(request.GET.get("p"))
        context = self.admin_site.each_context(request) | {
            "title": _("History"),
            "subtitle": str(record),
            "original": record,
            "opts": self.opts,
            "page": page,
            "entries": [told(entry) for entry in page],
        }
        return TemplateResponse(request, "admin/record_history.html", context)

    def entries(self, record):
        """Historical rows of the record and of the rows inside its form, newest first."""
        found = list(self.model.history.filter(id=record.pk).select_related("history_user"))
        for inline in self.inlines:
            belongs = {belongs_by(inline.model, self.model).attname: record.pk}
            found += inline.model.history.filter(**belongs).select_related("history_user")
        return sorted(found, key=lambda entry: (entry.history_date, entry.history_id), reverse=True)


def belongs_by(row_model, model):
    """The field by which a row belongs to its record."""
    naming = [field for field in row_model._meta.fields if field.related_model is model]
    return next(field for field in naming if field.remote_field.on_delete.__name__ == "CASCADE")


def told(entry):
    """One line of the history."""
    return {
        "at": entry.history_date,
        "by": entry.history_user,
        "kind": {"+": _("added"), "~": _("changed"), "-": _("deleted")}[entry.history_type],
        "what": capfirst(entry.instance_type._meta.verbose_name),
        "which": called(entry),
        "reason": entry.history_change_reason or "",
        "changes": changes_of(entry),
        "version": getattr(entry, "version", None),
    }


def called(entry):
    """What the row was called then; its number where the name needs a record that is gone."""
    try:
        return str(entry.instance)
    except Exception:
        return f"{entry.id}"


def changes_of(entry):
    """[{"label", "before", "after"}] against the version before."""
    before = entry.prev_record if entry.history_type == "~" else None
    if before is None:
        return []
    model = entry.instance_type
    delta = entry.diff_against(before, foreign_keys_are_objs=True)
    return [
        {
            "label": field_label(model, change.field),
            "before": worded(model, change.field, change.old),
            "after": worded(model, change.field, change.new),
        }
        for change in delta.changes
    ]


def worded(model, name, value):
    field = model._meta.get_field(name)
    if field.many_to_many:
        value = [row[get_m2m_reverse_field_name(field)] for row in value]
    return in_words(field, value)
