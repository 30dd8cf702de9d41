"""Form fields for what readers may ask. Each says, when it refuses a value, what it takes instead."""

import datetime
import math
import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from borderwatch import search
from borderwatch.search import fold
from borderwatch.texts.transliteration import likeness

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
WHOLE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)
LONGEST_TEXT = 200

refuse_nul = ProhibitNullCharactersValidator()


# Inputs


class Several(forms.TextInput):
    """One input in the form; in an address the parameter may be repeated."""

    def value_from_datadict(self, asked, files, name):
        return asked.getlist(name) if hasattr(asked, "getlist") else [asked[name]] if asked.get(name) else []

    def format_value(self, value):
        return " ".join(value) if isinstance(value, list) else value


class NotInForm(forms.HiddenInput):
    """A parameter for addresses only: choosing other filters forgets it."""

    def render(self, name, value, attrs=None, renderer=None):
        return ""


class DayInput(forms.DateInput):
    """A browser's own choice of days; what is no day is shown as it was typed, to be mended."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"min": "1900-01-01", "max": "2100-12-31"} | (attrs or {}), format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not DAY.fullmatch(shown):
            context["widget"]["type"] = "text"
            context["widget"]["attrs"] = {name: value for name, value in context["widget"]["attrs"].items() if name not in ("min", "max")}
        return context


# One value


class DayField(forms.Field):
    """A day as YYYY-MM-DD."""

    widget = DayInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return day_of(value)


def day_of(text):
    try:
        return datetime.date.fromisoformat(text) if DAY.fullmatch(text) else refuse_day()
    except ValueError:
        return refuse_day()


def refuse_day():
    raise ValidationError(_("Give a day as YYYY-MM-DD, between 0001-01-01 and 9999-12-31."))


class MomentField(forms.Field):
    """A day, or a moment such as 2025-12-05T10:00:00Z (UTC where it names no zone)."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        text = re.sub(r" (?=\d\d:\d\d$)", "+", value)  # a plus sign that the address turned into a space
        if INSTANT.fullmatch(text):
            return instant_of(text)
        if DAY.fullmatch(text):
            return self.moment_of(day_of(text))
        raise ValidationError(_("Give a day as YYYY-MM-DD or a moment as YYYY-MM-DDTHH:MM:SSZ."))

    def moment_of(self, day):
        """The day's first moment."""
        return datetime.datetime.combine(day, datetime.time.min, datetime.UTC)


def instant_of(text):
    try:
        moment = datetime.datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        raise ValidationError(_("Give a day as YYYY-MM-DD or a moment as YYYY-MM-DDTHH:MM:SSZ.")) from None


class AsOfField(MomentField):
    """The moment of which the record is asked: a day means its end in UTC, today means now (None), the future is refused."""

    widget = DayInput

    def to_python(self, value):
        moment = super().to_python(value)
        if moment is None or value == timezone.now().date().isoformat():
            return None
        if moment > timezone.now():
            raise ValidationError(_("The record of the future is not known: give a day or moment up to now."))
        return moment

    def moment_of(self, day):
        return datetime.datetime.combine(day, datetime.time.max, datetime.UTC)


class NumberField(forms.Field):
    """A whole number between `least` and `most`, both allowed."""

    widget = forms.NumberInput

    def __init__(self, *, least, most, **kwargs):
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def widget_attrs(self, widget):
        return {"min": self.least, "max": self.most}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if not WHOLE_NUMBER.fullmatch(value) or not self.least <= int(value) <= self.most:
            raise ValidationError(_("Give a whole number from %(least)s to %(most)s."), params={"least": self.least, "most": self.most})
        return int(value)


class BoxField(forms.Field):
    """A part of the map: west,south,east,north in degrees; west may lie east of east across the 180th meridian."""

    widget = forms.HiddenInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        parts = [float(part) if DEGREES.fullmatch(part.strip()) else math.nan for part in value.split(",")]
        if len(parts) == 4:
            west, south, east, north = parts
            if -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90:
                return west, south, east, north
        raise ValidationError(_("Give west,south,east,north in degrees, such as 67,36,75,41."))


class WordField(forms.Field):
    """One of the words in `choices` ((code, words) pairs)."""

    widget = forms.Select

    def __init__(self, *, choices, **kwargs):
        self.choices = list(choices)
        super().__init__(**kwargs)
        self.widget.choices = self.choices

    def to_python(self, value):
        if value in self.empty_values:
            return None
        codes = [str(code) for code, _words in self.choices if code]
        if value not in codes:
            raise ValidationError(_("Choose one of: %(codes)s."), params={"codes": ", ".join(codes)})
        return value

    def words_for(self, text):
        """What readers call this choice."""
        return dict(self.choices).get(text, text)


# Several values, any of which may hold


class RepeatedField(forms.Field):
    """Texts, each given as one repetition of the parameter."""

    widget = Several
    is_repeatable = True

    def to_python(self, value):
        for text in value or ():
            refuse_nul(text)
            if len(text) > LONGEST_TEXT:
                raise ValidationError(_("Give at most %(most)s characters."), params={"most": LONGEST_TEXT})
        return [self.one(text) for text in dict.fromkeys(text.strip() for text in value or () if text.strip())]

    def one(self, text):
        """The value of one repetition; ValidationError says what may stand there."""
        return text


class WordsField(RepeatedField):
    """Any of the words in `choices`."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices, **kwargs):
        self.choices = list(choices)
        super().__init__(**kwargs)
        self.widget.choices = self.choices

    def one(self, text):
        codes = [str(code) for code, _words in self.choices]
        if text not in codes:
            raise ValidationError(_("Choose any of: %(codes)s."), params={"codes": ", ".join(codes)})
        return text

    def words_for(self, text):
        """What readers call this choice."""
        return dict(self.choices).get(text, text)


class CountryField(RepeatedField):
    """Countries as ISO 3166-1 codes of two letters."""

    def one(self, text):
        if not re.fullmatch("[A-Za-z]{2}", text):
            raise ValidationError(_("Give a country as two letters, such as TJ."))
        return text.upper()


class RecordsField(RepeatedField):
    """Public records of one kind by id or slug, former slugs too; cleaned to their uids."""

    def __init__(self, *, model, **kwargs):
        self.model = model
        super().__init__(**kwargs)

    def one(self, text):
        # The record that bears the slug now stands before one that bore it once.
        rows = self.model.objects.known_as(text).order_by("valid_to").values_list("uid", "valid_to")
        uids = [uid for uid, valid_to in rows if valid_to is None] or [uid for uid, _valid_to in rows]
        return uids[-1] if uids else self.called(text)

    def called(self, text):
        """The one record of today that is called so, in whatever script."""
        rows = search.matching(self.model.objects.current(), text).values_list("uid", "public_id", "title")[:MOST_CALLED]
        alike = [row for row in rows if likeness(row[2], text) == 1] or list(rows)
        if len(alike) > 1:
            refuse_several([f"{title} ({public_id})" for _uid, public_id, title in alike], text)
        if not alike:
            raise ValidationError(_("No public record has the id, address word or name “%(text)s”."), params={"text": text})
        return alike[0][0]

    def words_for(self, text):
        """What the record is called today, or was when it was merged into another; of what was withdrawn no more than was asked."""
        known = self.model.objects.known_as(text).values("uid")
        names = self.model.objects.latest().named().filter(uid__in=known).exclude(title="").order_by("-pk").values_list("title", flat=True)
        return names.first() or text


MOST_CALLED = 10
"""How many records that a name may mean are told apart for the reader."""


def refuse_several(found, text):
    told = {"text": text, "found": ", ".join(found)}
    raise ValidationError(_("“%(text)s” may be any of: %(found)s. Give one id or address word."), params=told)


def all_names(name, names):
    """A place's names in every language."""
    return [name, *(text for texts in names.values() for text in (texts if isinstance(texts, list) else [texts]))]


class SlugsField(RepeatedField):
    """Rows of reference data by slug."""

    def __init__(self, *, model, **kwargs):
        self.model = model
        super().__init__(**kwargs)

    def one(self, text):
        return text if self.model.objects.filter(Q(slug=text)).exists() else self.called(text)

    def called(self, text):
        """The one place that is called so, in any language and transliteration."""
        places = self.model.objects.values_list("slug", "name", "names")
        called = [(slug, name, all_names(name, names)) for slug, name, names in places]
        alike = [one for one in called if fold(text) in map(fold, one[2])] or [
            one for one in called if any(likeness(name, text) == 1 for name in one[2])
        ]
        if len(alike) > 1:
            refuse_several([f"{name} ({slug})" for slug, name, _names in alike[:MOST_CALLED]], text)
        if not alike:
            raise ValidationError(_("No place has the address word or name “%(text)s”."), params={"text": text})
        return alike[0][0]

    def words_for(self, text):
        """The place's name with province and country."""
        place = self.model.objects.filter(slug=text).first()
        return place.label if place else text
