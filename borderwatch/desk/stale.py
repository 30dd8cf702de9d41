"""What happens when two people edit one record: the second save is refused, and the form shows both.

The refused form is laid over what the other person saved: what the editor did not touch shows the other's value,
what both touched keeps what the editor typed, with the other's value named beside it. Saving again then overwrites nobody unseen.
"""

from dataclasses import dataclass, field

from django.forms.models import model_to_dict
from django.utils.text import capfirst

from borderwatch.desk.history import belongs_by, told
from borderwatch.desk.wording import in_words


@dataclass
class Conflict:
    """Somebody saved the record after this form was opened."""

    post: object
    saves: list = field(default_factory=list)
    """Their history entries: who, when, why."""
    fields: list = field(default_factory=list)
    """{"label", "theirs", "yours", "is_both"} for every field they changed; `yours` where you changed it too."""
    rows: list = field(default_factory=list)
    """History entries of the rows that they added, changed or deleted."""


def find_conflict(model_admin, request, record):
    """The Conflict between a posted form and what was saved since it was opened, or None."""
    opened = request.POST.get("version", "")
    if opened == str(record.version):
        return None
    history = type(record).history.filter(id=record.pk)
    later = list(history.filter(version__gt=opened).order_by("history_date", "history_id")) if opened.isdecimal() else []
    before = history.filter(version=opened).order_by("history_date", "history_id").last() if later else None
    conflict = Conflict(request.POST.copy(), saves=[told(entry) for entry in later])
    form = model_admin.get_form(request, record, change=True)(request.POST, request.FILES, instance=record)
    compare_form(conflict, form, before, record)
    if later:
        rebase_rows(conflict, model_admin, request, record, later[0].history_date)
    return conflict


# The record's own fields


def compare_form(conflict, form, before, record):
    opened, now = values_of(before, form), values_of(record, form)
    for name in form.fields:
        if name not in now:
            continue
        typed = touched(form, name, opened.get(name, now[name]))
        if same(form, name, now[name]):
            continue
        if before is not None and not typed:
            put(conflict.post, form.add_prefix(name), as_posted(form, name, now[name]))
        label = str(capfirst(form.fields[name].label))
        yours = shown(form, name, form.fields[name].to_python(posted(form, name))) if typed or before is None else ""
        conflict.fields.append(
            {"label": label, "theirs": shown(form, name, now[name]), "yours": yours, "is_yours": typed or before is None}
        )


def values_of(record, form):
    """The record's values as the form has them; `record` may be a row of the history, or None."""
    if record is None:
        return {}
    values = model_to_dict(record, fields=list(form.fields)) if hasattr(record, "_state") and not hasattr(record, "instance") else {}
    if not values:
        values = model_to_dict(record.instance, fields=list(form.fields))
        values |= {name: keys_then(record, name) for name in values if is_many(form, name)}
    return {name: [getattr(one, "pk", one) for one in value] if is_many(form, name) else value for name, value in values.items()}


def is_many(form, name):
    return form._meta.model._meta.get_field(name).many_to_many


def keys_then(entry, name):
    """Primary keys of the many records that a field of a history entry named."""
    many = entry.instance_type._meta.get_field(name)
    rows = getattr(entry, name, None)
    return [getattr(row, many.m2m_reverse_field_name() + "_id") for row in rows.all()] if rows is not None else []


def posted(form, name):
    bound = form[name]
    return bound.field.widget.value_from_datadict(form.data, form.files, bound.html_name)


def touched(form, name, opened):
    """Whether what was posted differs from the value the form was opened with."""
    return form.fields[name].has_changed(opened, posted(form, name))


def same(form, name, value):
    return not form.fields[name].has_changed(value, posted(form, name))


def shown(form, name, value):
    model_field = form._meta.model._meta.get_field(name)
    if model_field.is_relation and value:
        many = value if isinstance(value, (list, tuple)) or hasattr(value, "all") else [value]
        keys = [getattr(one, "pk", one) for one in many]
        value = list(model_field.related_model._default_manager.filter(pk__in=keys))
    return in_words(model_field, value)


def as_posted(form, name, value):
    """The value as a browser would send it: a list of texts."""
    value = form.fields[name].prepare_value(value)
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    return ["" if value is None else str(value)]


def put(post, key, values):
    post.pop(key, None)
    if values:
        post.setlist(key, values)


# Its rows


def rebase_rows(conflict, model_admin, request, record, moment):
    """Lay the posted rows over the rows as they stand now; `moment`: of the others' first save."""
    for formset_class, inline in model_admin.get_formsets_with_inlines(request, record):
        belongs = {belongs_by(inline.model, type(record)).attname: record.pk}
        history = inline.model.history.filter(**belongs)
        changed = list(history.filter(history_date__gte=moment).order_by("history_date"))
        if changed:
            conflict.rows += [told(entry) for entry in changed]
            rebase_formset(
                conflict.post, formset_class(request.POST, instance=record, queryset=inline.get_queryset(request)), history, moment
            )


def rebase_formset(post, formset, history, moment):
    """Write the formset's part of `post` anew: rows as they stand, with what the editor touched; then the editor's new rows."""
    mine = {str(row_key(form)): form for form in formset.initial_forms}
    existing, added = [], [form for form in formset.extra_forms if form.has_changed()]
    for row in formset.get_queryset().model.objects.filter(pk__in=current_keys(formset)).order_by("pk"):
        existing.append((row, mine.pop(str(row.pk), None)))
    before = {pk: history.filter(id=pk, history_date__lt=moment).order_by("history_date").last() for pk in mine if pk.isdecimal()}
    added += [form for pk, form in mine.items() if before.get(pk) and any_touched(form, before[pk])]
    for key in [key for key in post if key.startswith(f"{formset.prefix}-")]:
        del post[key]
    write_management(post, formset.prefix, len(existing) + len(added), len(existing))
    for index, (row, form) in enumerate(existing):
        entry = history.filter(id=row.pk, history_date__lt=moment).order_by("history_date").last()
        write_row(post, formset, index, row, form, entry)
    for index, form in enumerate(added, start=len(existing)):
        write_new_row(post, formset, index, form)


def row_key(form):
    return form.data.get(form.add_prefix("id"), "")


def current_keys(formset):
    return list(formset.model.objects.filter(**{formset.fk.attname: formset.instance.pk}).values_list("pk", flat=True))


def any_touched(form, entry):
    opened = values_of(entry, form)
    return any(touched(form, name, opened[name]) for name in form.fields if name in opened and name not in ("id",))


def write_management(post, prefix, total, initial):
    for name, number in (("TOTAL", total), ("INITIAL", initial), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
        post[f"{prefix}-{name}{'' if 'NUM' in name else ''}_FORMS"] = str(number)


def write_row(post, formset, index, row, form, entry):
    """A row as it stands; where the editor touched a field, what the editor typed."""
    empty, opened = formset.empty_form, values_of(entry, formset.empty_form)
    now = values_of(row, empty)
    for name in [name for name in empty.fields if name in now and name != formset.fk.name]:
        is_mine = form is not None and name in opened and touched(form, name, opened[name])
        put(
            post,
            f"{formset.prefix}-{index}-{name}",
            form.data.getlist(form.add_prefix(name)) if is_mine else as_posted(empty, name, now[name]),
        )
    post[f"{formset.prefix}-{index}-id"] = str(row.pk)
    post[f"{formset.prefix}-{index}-{formset.fk.name}"] = str(formset.instance.pk)
    if form is not None and form.data.get(form.add_prefix("DELETE")):
        post[f"{formset.prefix}-{index}-DELETE"] = "on"


def write_new_row(post, formset, index, form):
    for name in form.fields:
        put(post, f"{formset.prefix}-{index}-{name}", form.data.getlist(form.add_prefix(name)))
    post[f"{formset.prefix}-{index}-id"] = ""
    post[f"{formset.prefix}-{index}-{formset.fk.name}"] = str(formset.instance.pk)
