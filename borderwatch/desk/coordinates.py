"""Points as people paste them: "37.2, 68.9", "37°12′N 68°54′E", "37.2N 68.9E"; and the form fields that read them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NUMBER = r"\d{1,3}(?:[.,]\d+)?"
PART = (
    rf"(?P<before>[NSEW])?\s*(?P<sign>[-+−]?)\s*(?P<degrees>{NUMBER})\s*[°ºd]?"
    rf"(?:\s*(?P<minutes>{NUMBER})\s*[′'’])?(?:\s*(?P<seconds>{NUMBER})\s*(?:″|\"|”|''))?\s*(?P<after>[NSEW])?"
)
POINT = re.compile(rf"(?:GEO:|@)?\s*{PART.replace('?P<', '?P<first_')}\s*[,;/\s]\s*{PART.replace('?P<', '?P<second_')}", re.IGNORECASE)
DECIMAL_COMMA = re.compile(r"(\d),(\d+)\s*[NSEW°]?[;\s]\s*[^,]*\d,\d", re.IGNORECASE)


class NotAPoint(ValueError):
    """Text that names no single point on earth; its text is a sentence for an editor."""


def read_point(text):
    """(latitude, longitude) in degrees. Raises NotAPoint."""
    written = " ".join(str(text)[:100].split())
    if DECIMAL_COMMA.search(written):
        written = re.sub(r"(?<=\d),(?=\d)", ".", written)
    found = POINT.fullmatch(written)
    if not found:
        raise NotAPoint(_("“%(text)s” is no point. Write it like 37.2, 68.9 or 37°12′N 68°54′E.") % {"text": written})
    parts = found.groupdict()
    (first, first_side), (second, second_side) = part_of(parts, "first_"), part_of(parts, "second_")
    if "E" in first_side or "N" in second_side:
        (first, first_side), (second, second_side) = (second, second_side), (first, first_side)
    if "E" in first_side or "N" in second_side or abs(first) > 90 or abs(second) > 180:
        raise NotAPoint(_("“%(text)s” is no point on earth: first the latitude (north), then the longitude (east).") % {"text": written})
    return first, second


def part_of(parts, prefix):
    """(degrees, the axis its letter names: "N", "E" or "")."""
    numbers = [float((parts[prefix + name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")]
    letter = (parts[prefix + "after"] or parts[prefix + "before"] or "").upper()
    is_negative = letter in ("S", "W") or parts[prefix + "sign"] in ("-", "−")
    degrees = round(numbers[0] + numbers[1] / 60 + numbers[2] / 3600, 6)
    return -degrees if is_negative else degrees, {"S": "N", "W": "E"}.get(letter, letter)


class DegreesField(forms.FloatField):
    """Latitude or longitude; a whole point pasted into either fills both (see DeskForm)."""

    widget = forms.TextInput(attrs={"class": "degrees", "inputmode": "decimal", "size": 12})
    point = None
    """(latitude, longitude), where a whole point was typed."""

    def __init__(self, *, is_longitude=False, **kwargs):
        super().__init__(**kwargs)
        self.is_longitude = is_longitude

    def to_python(self, value):
        self.point = None
        try:
            return super().to_python(value)
        except ValidationError:
            return self.read(value)

    def read(self, value):
        """The half of a pasted point that belongs here; half a point with a letter or sign of degrees is read too."""
        try:
            self.point = read_point(value)
        except NotAPoint as refused:
            raise ValidationError(str(refused)) from refused
        return self.point[self.is_longitude]


class PastedPoint:
    """Mixed into forms: a whole point typed into latitude or longitude stands in both."""

    def clean(self):
        cleaned = super().clean()
        points = [field.point for field in self.fields.values() if isinstance(field, DegreesField) and field.point]
        if points:
            cleaned["latitude"], cleaned["longitude"] = points[0]
            for name in ("latitude", "longitude"):
                self.errors.pop(name, None)
        return cleaned
