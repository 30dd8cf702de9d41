"""A posted form between the values it was opened with and the values that stand now."""

from django.core.exceptions import ValidationError
from django.forms import FileField
from django.forms.models import model_to_dict

from borderwatch.desk.as_it_stood import keys_then
from borderwatch.desk.wording import in_words


class Overlay:
    """What was typed over what stands: `before` is the history entry the form was opened with (None: not known), `now` the record."""

    def __init__(self, form, before, now):
        self.form = form
        self.now = values_of(form, now)
        self.opened = values_then(form, before) if before else None
        self.names = [name for name, field in form.fields.items() if name in self.now and not isinstance(field, FileField)]

    def posted(self, name):
        bound = self.form[name]
        return bound.field.widget.value_from_datadict(self.form.data, self.form.files, bound.html_name)

    def is_touched(self, name):
        """Whether the editor changed it; where nobody knows what the form was opened with, everything counts as touched."""
        return self.opened is None or self.form.fields[name].has_changed(self.opened[name], self.posted(name))

    def differs(self, name):
        """Whether it differs from what stands now."""
        return self.form.fields[name].has_changed(self.now[name], self.posted(name))

    def is_changed_by_others(self, name):
        if self.opened is None:
            return self.differs(name)
        return texts(self.form.fields[name], self.opened[name]) != texts(self.form.fields[name], self.now[name])

    def laid(self, name):
        """What the form shows now, as a browser would send it: the editor's value where it was touched, else what stands."""
        if self.is_touched(name):
            value = self.posted(name)
            return texts(self.form.fields[name], value) if isinstance(value, (bool, list)) else [value or ""]
        return texts(self.form.fields[name], self.now[name])

    def theirs(self, name):
        return shown(self.form, name, self.now[name])

    def yours(self, name):
        try:
            return shown(self.form, name, self.form.fields[name].to_python(self.posted(name)))
        except ValidationError:
            return str(self.posted(name))


def values_of(form, record):
    """Field → value of a record or row, as its form has it."""
    values = model_to_dict(record, fields=list(form.fields))
    return {name: [one.pk for one in value] if is_many(form, name) else value for name, value in values.items()}


def values_then(form, entry):
    """The same of a history entry."""
    values = model_to_dict(entry.instance, fields=list(form.fields))
    return {name: keys_then(entry, name) if is_many(form, name) else value for name, value in values.items()}


def is_many(form, name):
    return form._meta.model._meta.get_field(name).many_to_many


def texts(field, value):
    """A value as a browser would send it: a list of texts."""
    value = field.prepare_value(value)
    if isinstance(value, (list, tuple)):
        return sorted(str(one) for one in value)
    if isinstance(value, bool):
        return ["on"] if value else []
    return ["" if value is None else str(value)]


def shown(form, name, value):
    """A value in words."""
    field = form._meta.model._meta.get_field(name)
    if field.is_relation and value:
        many = value if isinstance(value, list) or hasattr(value, "all") else [value]
        value = list(field.related_model._default_manager.filter(pk__in=[getattr(one, "pk", one) for one in many]))
    return in_words(field, value)


# Rows inside a record's form


def write_rows(post, formset, history):
    """Write a formset's part of `post` anew: the rows that stand with what was typed over them, then new ones.

    `history`: entries of the rows from before the others' saves.
    """
    before = {entry.id: entry for entry in history}
    mine = {form.data.get(form.add_prefix("id"), ""): form for form in formset.initial_forms}
    standing = [(row, mine.pop(str(row.pk), None)) for row in formset.get_queryset()]
    new = [form for form in formset.extra_forms if form.has_changed()]
    new += [form for key, form in mine.items() if is_touched_row(form, before.get(int(key) if key.isdecimal() else None))]
    for key in [key for key in post if key.startswith(f"{formset.prefix}-")]:
        del post[key]
    for name, number in (("TOTAL", len(standing) + len(new)), ("INITIAL", len(standing)), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
        post[f"{formset.prefix}-{name}_FORMS"] = str(number)
    for index, (row, form) in enumerate(standing):
        write_row(post, formset, index, row.pk, standing_texts(formset, row, form, before.get(row.pk)))
        if form is not None and form.data.get(form.add_prefix("DELETE")):
            post[f"{formset.prefix}-{index}-DELETE"] = "on"
    for index, form in enumerate(new, start=len(standing)):
        write_row(post, formset, index, "", {name: form.data.getlist(form.add_prefix(name)) for name in form.fields})


def is_touched_row(form, entry):
    """Whether the editor changed a row that somebody else deleted: then it is kept as a new one."""
    if entry is None:
        return False
    overlay = Overlay(form, entry, entry.instance)
    return any(overlay.is_touched(name) for name in overlay.names if name != "id")


def standing_texts(formset, row, form, entry):
    """Field → texts of a row that stands."""
    if form is None:
        now = values_of(formset.empty_form, row)
        return {name: texts(formset.empty_form.fields[name], value) for name, value in now.items()}
    overlay = Overlay(form, entry, row)
    return {name: overlay.laid(name) for name in overlay.names}


def write_row(post, formset, index, key, values):
    prefix = f"{formset.prefix}-{index}-"
    for name, value in values.items():
        put(post, prefix + name, value)
    put(post, prefix + "id", [str(key)])
    put(post, prefix + formset.fk.name, [str(formset.instance.pk)])


def put(post, key, values):
    post.pop(key, None)
    if values:
        post.setlist(key, values)
