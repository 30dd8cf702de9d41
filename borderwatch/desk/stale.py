"""What happens when two people edit one record: the second save is refused, and the form shows both.

The refused form is laid over what the other person saved: what the editor did not touch shows the other's value,
what both touched keeps what the editor typed, with the other's value named beside it. Saving again then overwrites nobody unseen.
"""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.text import capfirst

from borderwatch.desk.history import belongs_by, told
from borderwatch.desk.overlay import Overlay, put, write_rows


@dataclass
class Conflict:
    """Somebody saved the record after this form was opened."""

    post: QueryDict
    """The posted form, laid over what stands now."""
    saves: list
    """Their history entries: who, when, why."""
    is_known: bool
    """Whether the history still holds what the form was opened with."""
    fields: list = field(default_factory=list)
    """{"label", "theirs", "yours", "is_yours"} for every field they changed; `is_yours` where the editor changed it too."""
    rows: list = field(default_factory=list)
    """History entries of the rows that they added, changed or deleted."""

    @property
    def is_empty(self):
        """They saved without changing anything the form holds: nothing can be overwritten."""
        return self.is_known and not self.fields and not self.rows


def find_conflict(model_admin, request, record):
    """The Conflict between a posted form and what was saved since it was opened, or None."""
    opened = request.POST.get("version", "")
    if opened == str(record.version):
        return None
    history = record.history.order_by("history_date", "history_id")
    later = list(history.filter(version__gt=opened)) if opened.isascii() and opened.isdecimal() and len(opened) < 10 else []
    before = history.filter(version=opened).last() if later else None
    conflict = Conflict(request.POST.copy(), [told(entry) for entry in later], is_known=before is not None)
    form = model_admin.get_form(request, record, change=True)(request.POST, request.FILES, instance=record)
    lay_form(conflict, Overlay(form, before, record))
    if before:
        lay_rows(conflict, model_admin, request, record, later[0].history_date)
    if conflict.is_empty:
        conflict.post["version"] = str(record.version)
    return conflict


def lay_form(conflict, overlay):
    """The record's own fields."""
    for name in overlay.names:
        put(conflict.post, overlay.form.add_prefix(name), overlay.laid(name))
        if overlay.is_changed_by_others(name):
            is_yours = overlay.is_touched(name) and overlay.differs(name)
            told_field = {"label": str(capfirst(overlay.form.fields[name].label)), "theirs": overlay.theirs(name), "is_yours": is_yours}
            conflict.fields.append(told_field | {"yours": overlay.yours(name) if is_yours else ""})


def lay_rows(conflict, model_admin, request, record, moment):
    """The rows inside the record's form; `moment`: of the others' first save."""
    for formset_class, inline in model_admin.get_formsets_with_inlines(request, record):
        belongs = {belongs_by(inline.model, type(record)).attname: record.pk}
        history = inline.model.history.filter(**belongs).order_by("history_date", "history_id")
        changed = list(history.filter(history_date__gte=moment))
        if changed:
            conflict.rows += [told(entry) for entry in changed]
            formset = formset_class(request.POST, instance=record, queryset=inline.model._default_manager.filter(**belongs).order_by("pk"))
            write_rows(conflict.post, formset, history.filter(history_date__lt=moment))
