"""The forms of the desk: the version a form was opened at, the reason for a change, lists typed as lines, safe choices."""

import json
import re

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from borderwatch.desk.coordinates import PastedPoint
from borderwatch.desk.day_fields import FollowingDays
from borderwatch.desk.keys import is_key


class OpenedVersion(forms.IntegerField):
    """The version that the editor saw; it is no change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class ChangeReason(forms.CharField):
    """Why the record was changed, for the history; it is no change by itself."""

    def has_changed(self, initial, data):
        return False


class RowForm(FollowingDays, forms.ModelForm):
    """The form of a row inside a record's form."""


class PublicWords(forms.CharField):
    """What an editor tells readers: a reason, a notice."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def __init__(self, **kwargs):
        super().__init__(max_length=1000, **kwargs)


class DeskForm(PastedPoint, FollowingDays, forms.ModelForm):
    change_reason = ChangeReason(
        label=_("Reason for this change"),
        required=False,
        max_length=100,
        help_text=_("For colleagues: it stands in the history of the record."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    refusal = None
    """What the database said to the same values a moment ago."""

    def clean(self):
        cleaned = super().clean()
        for name, (is_right, sentence) in SHAPES.items():
            if name in cleaned:
                self.refuse_other_shape(name, is_right, sentence)
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned

    def refuse_other_shape(self, name, is_right, sentence):
        value = self.cleaned_data[name] or {}
        if isinstance(value, dict) and all(is_right(one) for one in value.values()):
            self.cleaned_data[name] = value
        else:
            self.add_error(name, sentence)


class RecordForm(DeskForm):
    """The form of a publishable record. It refuses to save over what somebody else saved since it was opened."""

    version = OpenedVersion(required=False)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("version") != self.instance.version:
            raise ValidationError(
                _("This record was changed by somebody else since you opened it. Look at both versions, then save again."), code="stale"
            )
        return cleaned


def is_text(value):
    return isinstance(value, str)


def are_texts(values):
    return isinstance(values, (list, dict)) and all(map(is_text, values.values() if isinstance(values, dict) else values))


SHAPES = {
    "translations": (
        lambda words: isinstance(words, dict) and are_texts(words),
        _('Write it as {"ru": {"title": "…"}}: by language, then field.'),
    ),
    "external_ids": (lambda key: isinstance(key, (str, int)), _('Write it as {"acled": "TAJ123"}.')),
    "names": (
        lambda name: is_text(name) or (isinstance(name, list) and are_texts(name)),
        _('Write it as {"ru": "Хатлон", "also": ["Hatlon"]}.'),
    ),
}
"""JSON field → what each of its values must be, and how the form explains it."""


class LinesField(forms.CharField):
    """A list of short texts, typed one in a line."""

    widget = AdminTextareaWidget(attrs={"rows": 3, "class": "lines"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (" ".join(line.split()) for line in super().to_python(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data or "")


class WholeJSONField(forms.JSONField):
    """JSON whose texts can be written as UTF-8: an escape such as \\ud800 may name half a letter, which nothing can store or show."""

    def to_python(self, value):
        found = super().to_python(value)
        if has_half_letters(found):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})
        return found

    def bound_data(self, data, initial):
        found = super().bound_data(data, initial)
        return InvalidJSONInput(data) if has_half_letters(found) else found


def has_half_letters(found):
    return not isinstance(found, InvalidJSONInput) and bool(re.search("[\ud800-\udfff]", json.dumps(found, ensure_ascii=False)))


# Choices


class SafeChoices:
    """Django's widget asks the database for whatever was sent as a choice; this one asks for numbers only."""

    def optgroups(self, name, value, attr=None):
        self.choices.field.label_from_instance = self.admin_site.choice_label
        return super().optgroups(name, [one for one in value if is_key(one) or one in ("", None)], attr)


class SeveralRecords(forms.ModelMultipleChoiceField):
    """Django's field asks the database for keys that no record can have, and the database fails."""

    def clean(self, value):
        for key in value or []:
            if not is_key(key):
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


class ChooseOne(SafeChoices, AutocompleteSelect):
    pass


class ChooseSeveral(SafeChoices, AutocompleteSelectMultiple):
    pass
