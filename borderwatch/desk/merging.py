"""The page on which two records become one: it shows whose numbers change before the button does it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.announcement import announce
from borderwatch.desk.forms import PublicWords
from borderwatch.desk.keys import is_key
from borderwatch.desk.wording import field_label, in_words
from borderwatch.publishing.merging import merge, merge_draft, moving, plan_merge
from borderwatch.publishing.planning import Plan
from borderwatch.state import PublicState


class ChooseForm(forms.Form):
    """Which record stays."""

    into = forms.CharField(
        label=gettext_lazy("Record that stays"),
        max_length=20,
        help_text=gettext_lazy(
            "Its public id, as in AC-4 or BW-2025-0001, or its number on the desk, as in #12. "
            "Everything that names this record will name that one."
        ),
    )


class MergeForm(forms.Form):
    """What the editor presses: the merge that the page announced, and what readers are told."""

    note = PublicWords(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Public: why the two are one."),
    )
    fingerprint = forms.CharField(max_length=200)


class MergingPages:
    """Mixed into RecordAdmin."""

    def merge_view(self, request, object_id):
        """Choose the record that stays, see what moves and whose numbers change, then a reason and a button."""
        record = self.record_or_404(request, object_id)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        choose = ChooseForm(request.GET if "into" in request.GET else None)
        form, plan, refused, other = MergeForm(request.POST or None), None, [], None
        form.fields["note"].required = record.was_ever_public
        try:
            if choose.is_valid():
                other = self.record_that_stays(choose.cleaned_data["into"])
                plan = self.planned(record, other)
            if plan and request.method == "POST" and form.is_valid():
                return self.merge(request, record, other, form.cleaned_data)
        except ValidationError as error:
            refused = error.messages
        context = self.page_context(request, record, _("Merge")) | {"choose": choose, "form": form, "other": other, "refused": refused}
        return TemplateResponse(request, "admin/merge.html", context | (self.what_changes(record, other, plan) if plan else {}))

    def planned(self, record, other):
        """What a merge would make public: the Plan of its release; for a record that never was public, an empty one."""
        if record.was_ever_public:
            return plan_merge(record, other)
        if record == other:
            raise ValidationError(_("Choose another record of the same kind."))
        record.refuse_merge(other)
        return Plan([], PublicState.current())

    def merge(self, request, record, other, chosen):
        name = str(record)
        if record.was_ever_public:
            merge(record, other, request.user, chosen["note"], fingerprint=chosen["fingerprint"])
        else:
            merge_draft(record, other)
        messages.success(request, _("“%(record)s” is read as “%(other)s” from now on.") % {"record": name, "other": other})
        return HttpResponseRedirect(self.page_url("change", other))

    def what_changes(self, record, other, plan):
        """The preview: field by field, what moves, numbers and origins before and after."""
        tellers = (getattr(model_admin, "tally_changes", None) for model_admin in self.admin_site._registry.values())
        return {
            "announced": announce(plan, record, self.admin_site),
            "fields": differing_fields(record, other),
            "moving": [(model._meta.verbose_name_plural, field.verbose_name, count) for model, field, count in moving(record)],
            "tallies": [change for tell in tellers if tell and not plan.is_empty for change in tell(plan)],
            "is_public": record.was_ever_public,
            "fingerprint": plan.fingerprint,
        }

    def record_that_stays(self, wanted):
        """The record of this kind with that public id, or that number on the desk (#12). Raises ValidationError where there is none."""
        wanted = wanted.strip().upper()
        by = {"pk": wanted[1:]} if wanted.startswith("#") and is_key(wanted[1:]) else {"public_id": wanted}
        other = self.model._default_manager.filter(**by).first()
        if other is None:
            raise ValidationError(_("No %(kind)s has the public id %(id)s.") % {"kind": self.opts.verbose_name, "id": wanted})
        return other


def differing_fields(record, other):
    """(label, the value that goes, the value that stays) of every field in which the two differ."""
    fields = [field for field in (*record._meta.concrete_fields, *record._meta.many_to_many) if field.editable and not field.primary_key]
    fields.sort(key=lambda field: field.name in ("note", "translations"))
    told = [(field, in_words(field, value_of(record, field)), in_words(field, value_of(other, field))) for field in fields]
    return [(field_label(type(record), field.name), going, staying) for field, going, staying in told if going != staying]


def value_of(record, field):
    value = getattr(record, field.name)
    return list(value.all()) if field.many_to_many else value
