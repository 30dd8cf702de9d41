"""DeskAdmin: what the admin of everything on the desk has in common. Its side doors are shut, its history says who and why."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import ProtectedError
from django.forms.models import BaseInlineFormSet
from django.http import HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.coordinates import DegreesField
from borderwatch.desk.day_fields import DayField, DayReader, DayWidget, FoldedSelect
from borderwatch.desk.doors import Doors
from borderwatch.desk.forms import ChooseOne, ChooseSeveral, DeskForm, LinesField, RowForm, SeveralRecords, WholeJSONField, is_key
from borderwatch.desk.history import HistoryPage
from borderwatch.desk.names import called, flat, is_called  # noqa: F401 (the workbench reads names with them)
from borderwatch.search import tokens


class Choices:
    """Fields of rows and records alike: choices by name, lists as lines, no way to delete what is merely chosen."""

    lines_fields = ()
    """JSON lists of words that are typed one in a line."""
    help_texts = {}
    """Field → what the form says beside it, where the model's own words do not fit the form."""
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField, "widget": DayWidget},
        models.JSONField: {"form_class": WholeJSONField},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.lines_fields:
            help_text = self.help_texts.get(db_field.name, gettext_lazy("One in a line."))
            return LinesField(label=capfirst(db_field.verbose_name), required=not db_field.blank, help_text=help_text)
        field = super().formfield_for_dbfield(db_field, request, **own_field(db_field), **kwargs)
        if isinstance(field, DayField):
            field.reading_from = partial(self.reading_from, request, db_field.name)
        if field and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = field.widget.can_view_related = False
        if field and db_field.name in self.help_texts:
            field.help_text = self.help_texts[db_field.name]
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
            kwargs.setdefault("queryset", self.choices_of(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("form_class", SeveralRecords)
            kwargs.setdefault("widget", ChooseSeveral(db_field, self.admin_site))
            kwargs.setdefault("queryset", self.choices_of(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choices_of(self, db_field, request):
        """The records that may be chosen, with what their labels need."""
        return self.admin_site.get_model_admin(db_field.related_model).get_queryset(request)


def own_field(db_field):
    """What the form field of a precision or of half a point is, where Django's would not do."""
    if db_field.name in ("latitude", "longitude"):
        return {"form_class": DegreesField, "is_longitude": db_field.name == "longitude"}
    return {"widget": FoldedSelect} if db_field.name.endswith("_precision") else {}


class DeskAdmin(Doors, HistoryPage, DayReader, Choices, admin.ModelAdmin):
    form = DeskForm
    change_form_template = "admin/record_form.html"
    view_on_site = False
    list_per_page = 50
    actions = None
    show_facets = admin.ShowFacets.NEVER

    named_by = ()
    """Fields that hold names in any script: searched blind to case, accents and letter variants."""
    linked_lookups = ()
    """Lookups that our own pages link to, beside the filters of the list."""
    prefilled_fields = ()
    """Fields that a link to the add form may fill in."""

    class Media:
        js = ("borderwatch/choices.js",)

    # Lists

    def get_ordering(self, request):
        """Said aloud, because a list that counts rows forgets the model's own order."""
        return self.ordering or self.opts.ordering or ()

    def lookup_allowed(self, lookup, value, request=None):
        """Only what the list's filters and our own links ask for: anything else could guess at hidden values."""
        filters = [item[0] if isinstance(item, tuple) else item for item in self.get_list_filter(request)]
        allowed = {getattr(item, "parameter_name", item) for item in filters} | {*self.linked_lookups}
        allowed |= {f"{name}__{ending}" for name in filters for ending in ("exact", "id__exact", "isnull")}
        return lookup in allowed

    def get_search_results(self, request, queryset, search_term):
        """By names where the record has names, else as Django does."""
        search_term = search_term.replace("\0", "")
        if not self.named_by:
            return super().get_search_results(request, queryset, search_term)
        if not tokens(search_term):
            return queryset, False
        return called(queryset, self.named_by, search_term), False

    # Forms

    def get_changeform_initial_data(self, request):
        """What the address may fill in: named fields, and records that this user may choose."""
        initial = {}
        for name in self.prefilled_fields:
            value = request.GET.get(name, "")
            if is_key(value) and self.choices_of(self.opts.get_field(name), request).filter(pk=value).exists():
                initial[name] = value
        return initial

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        for first in list(form.base_fields.values())[: 0 if change else 1]:
            first.widget.attrs["autofocus"] = True
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; what only the database can refuse is shown on the form, which keeps what was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, IntegrityError, ProtectedError) as refused:
            if getattr(request, "refusal", None):
                raise
            request.refusal = refusal_of(refused)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        obj._change_reason = form.cleaned_data.get("change_reason", "")
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            row.instance._change_reason = form.cleaned_data.get("change_reason", "")
        super().save_formset(request, form, formset, change)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ValidationError, ProtectedError, IntegrityError) as refused:
            messages.error(request, refusal_of(refused))
            return HttpResponseRedirect("../change/")


def refusal_of(refused):
    """A sentence for an editor."""
    if isinstance(refused, ValidationError):
        return " ".join(refused.messages)
    if isinstance(refused, ProtectedError):
        others = ", ".join(f"“{record}”" for record in list(refused.protected_objects)[:5])
        return _("Other records need this one: %(others)s.") % {"others": others}
    return _("These values contradict each other or another record: %(details)s.") % {"details": refused}


class Rows(Choices):
    """Rows that stand inside a record's form."""

    extra = 0
    extra_when_new = 0
    """Empty rows in the form of a new record."""
    max_num = 60
    form = RowForm

    def reading_from(self, request, name):
        """As in the form of the record that the rows stand in."""
        return self.admin_site.get_model_admin(self.parent_model).reading_from(request, name)

    def get_extra(self, request, obj=None, **kwargs):
        return self.extra if obj else self.extra_when_new

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)


class StackedRows(Rows, admin.StackedInline):
    pass


class LabelledRows(BaseInlineFormSet):
    """In a table the column's head is no label: each box says itself what it is."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = str(capfirst(field.label or ""))
            if hasattr(field.widget, "widget"):
                field.widget.widget.attrs["aria-label"] = field.widget.attrs["aria-label"]


class TableRows(Rows, admin.TabularInline):
    formset = LabelledRows
