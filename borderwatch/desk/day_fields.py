"""Form fields for days as people write them, and for what follows from them: the last day, and how exactly the day is known."""

import datetime

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from borderwatch.codes import DatePrecision
from borderwatch.desk.keys import is_key
from borderwatch.texts.day_words import AHEAD, NotADay, read_days

LAST_DAYS = {"started_on": "ended_on", "covers_start": "covers_end", "starts_on": "ends_on"}
"""First day → last day: "December 2025" typed as the first fills both."""
PRECISIONS = {"published_on": "published_precision", "said_on": "said_precision"}
"""Day → its precision, where a form has one day only."""


class DayWidget(AdminDateWidget):
    """Django's date box, wide enough for words; the calendar beside it works as before."""

    def __init__(self, attrs=None, format=None):
        super().__init__(attrs={"size": "20", "autocomplete": "off"} | (attrs or {}), format=format)


class DayField(forms.DateField):
    """A day: "24 Dec", "24.12.2025", "last Thursday"; for what is longer than a day, its first day."""

    widget = DayWidget
    days = None
    """The Days that were read last."""

    @staticmethod
    def reading_from():
        """(day, how many days ahead of it a day without a year may lie); the desk's forms put the article's or the record's day here."""
        return timezone.localdate(), 0

    def to_python(self, value):
        self.days = None
        if value in self.empty_values or isinstance(value, datetime.date):
            return super().to_python(value)
        try:
            self.days = read_days(value, *self.reading_from())
        except NotADay as refused:
            raise ValidationError(str(refused), code="invalid") from refused
        return self.days.first


class FoldedSelect(forms.Select):
    """A precision: what holds now is said, the choice is folded away."""

    def render(self, name, value, attrs=None, renderer=None):
        words = {str(code): words for code, words in self.choices if code}.get(str(value))
        said = _("%(precision)s, set it yourself") % {"precision": words} if words else _("follows by itself, set it yourself")
        choice = super().render(name, value, attrs, renderer)
        return format_html('<details class="own-precision"><summary>{}</summary>{}</details>', said, choice)


class FollowingDays:
    """Mixed into forms: the last day and the precision follow from the words of the first, unless the editor sets them."""

    def clean(self):
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, DayField) and field.days and cleaned.get(name):
                is_typed = name in self.changed_data or field.days.precision != DatePrecision.DAY
                if is_typed:
                    self.follow(name, field.days)
        return cleaned

    def follow(self, name, days):
        cleaned, last, precision = self.cleaned_data, LAST_DAYS.get(name), PRECISIONS.get(name)
        if name in LAST_DAYS.values():
            cleaned[name] = days.last
        if last in self.fields and not cleaned.get(last) and last not in self.errors and days.last != days.first:
            cleaned[last] = days.last
        if precision in self.fields and precision not in self.changed_data:
            cleaned[precision] = int(days.precision)
            self.errors.pop(precision, None)


class DayReader:
    """Mixed into the desk's admins: from which day the words of a form are read."""

    day_field = ""
    """The day of the record, from which its other days are read."""

    def reading_from(self, request, name):
        """(day, days ahead) for the field `name`: see DayField."""
        day = self.day_of(request, name)
        return (day, AHEAD) if day else (timezone.localdate(), 0)

    def day_of(self, request, name):
        """The day of the record that the form shows, as typed or as it stands; None where there is none."""
        typed = request.POST.get(self.day_field, "") if name != self.day_field else ""
        if typed:
            try:
                return read_days(typed, *self.reading_from(request, self.day_field)).first
            except NotADay:
                return None
        record = self.record_in(request)
        return getattr(record, self.day_field) if record and self.day_field else None

    def record_in(self, request):
        """The record whose form the request is about; None for a new one."""
        key = request.resolver_match.kwargs.get("object_id") or request.POST.get("_record", "")
        return self.get_queryset(request).filter(pk=key).first() if is_key(key) else None
