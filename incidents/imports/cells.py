"""The values of one row; every one that cannot be read is told with its column and the reason."""

import datetime
import re

from django.utils.translation import gettext as _

from borderwatch.files.cells import undone

MOST = 2_147_483_647
"""The largest number that the database holds in a figure."""
EARLIEST = 1800
"""A day before this year is a default of somebody's database, not a date."""
DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%m/%d/%Y")
"""As UCDP and ACLED release them; a time of day after the date is cut off."""


class Cells:
    """Reads one row. `problems` collects (column, reason); a value with a problem reads as None."""

    def __init__(self, row):
        self.row = row
        self.problems = []
        self.notices = []
        if None in row:
            self.refuse("", _("has more cells than the header has columns"))
        elif None in row.values():
            self.refuse("", _("has fewer cells than the header has columns"))

    def refuse(self, column, reason):
        self.problems.append((column, reason))

    def notice(self, column, words):
        """Something an editor should know; the row is imported all the same."""
        self.notices.append((column, words))

    def text(self, column, most=None, is_required=False):
        """The cell with its line breaks as spaces; "" where the cell or the column is missing. Shortened to `most` with a notice."""
        text = " ".join(undone(self.row.get(column) or "").replace("\x00", "").split())
        if is_required and not text:
            self.refuse(column, _("is empty"))
        return self.shortened(column, text, most) if most else text

    def shortened(self, column, text, most):
        if len(text) <= most:
            return text
        self.notice(column, _("is shortened to %(most)d characters") % {"most": most})
        return text[: most - 1] + "…"

    def number(self, column, is_required=False):
        """A whole number of people; None where the cell is empty: empty is not zero."""
        text = self.text(column, is_required=is_required)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,12}(\.0+)?", text):
            return self.refuse(column, _("“%(text)s” is not a whole number") % {"text": text[:40]})
        number = int(text.split(".")[0])
        return number if number <= MOST else self.refuse(column, _("“%(text)s” is too large") % {"text": text})

    def code(self, column, meanings, is_required=True):
        """What the cell's code means, from `meanings`."""
        text = self.text(column, is_required=is_required)
        text = text.removesuffix(".0")
        if text and text not in meanings:
            known = ", ".join(meanings)
            return self.refuse(column, _("“%(text)s” is none of %(known)s") % {"text": text[:40], "known": known})
        return meanings.get(text)

    def day(self, column, is_required=True):
        text = re.split(r"[T ]\d{1,2}:", self.text(column, is_required=is_required))[0]
        if not text:
            return None
        for form in DAY_FORMATS:
            try:
                day = datetime.datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no time zone
            except ValueError:
                continue
            return day if day.year >= EARLIEST else self.refuse(column, _("%(text)s is a default for a missing date") % {"text": text})
        return self.refuse(column, _("“%(text)s” is not a date such as 2025-12-24") % {"text": text[:40]})

    def degrees(self, column, most):
        """Latitude (`most` 90) or longitude (180), or None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]+)?", text) or abs(float(text)) > most:
            return self.refuse(column, _("“%(text)s” is not a number between -%(most)d and %(most)d") % {"text": text[:40], "most": most})
        return float(text)

    def point(self):
        """Latitude and longitude, both or neither."""
        latitude, longitude = self.degrees("latitude", 90), self.degrees("longitude", 180)
        for column, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if not self.text(column) and self.text(other):
                self.refuse(column, _("is empty, but %(other)s is not") % {"other": other})
        return latitude, longitude
