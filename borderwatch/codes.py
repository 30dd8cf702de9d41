"""Code lists that both apps use, with the words readers and editors see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DatePrecision(models.IntegerChoices):
    """UCDP GED `date_prec`: how exactly a date is known."""

    DAY = 1, _("exact day")
    FEW_DAYS = 2, _("2 to 6 days")
    WEEK = 3, _("week")
    MONTH = 4, _("month")
    YEAR = 5, _("more than a month")

    @classmethod
    def of_range(cls, first, last):
        """The precision that a range of days supports; `last` may be None for a single day."""
        days = (last - first).days + 1 if last else 1
        steps = ((1, cls.DAY), (6, cls.FEW_DAYS), (7, cls.WEEK), (31, cls.MONTH))
        return next((precision for most, precision in steps if days <= most), cls.YEAR)


class PlacePrecision(models.IntegerChoices):
    """UCDP GED `where_prec`: how exactly a place is known."""

    EXACT = 1, _("exactly here")
    NEAR = 2, _("near here")
    DISTRICT = 3, _("somewhere in the district")
    PROVINCE = 4, _("somewhere in the province")
    LINE = 5, _("along a line or in a region")
    COUNTRY = 6, _("somewhere in the country")
    ABROAD = 7, _("at sea, in the air or across countries")


class Reliability(models.TextChoices):
    """Admiralty code, first character: how far a source has been reliable so far."""

    A = "A", _("completely reliable")
    B = "B", _("usually reliable")
    C = "C", _("fairly reliable")
    D = "D", _("not usually reliable")
    E = "E", _("unreliable")
    F = "F", _("reliability cannot be judged")


class Credibility(models.IntegerChoices):
    """Admiralty code, second character: how far this one piece of information is borne out."""

    CONFIRMED = 1, _("confirmed by other sources")
    PROBABLY_TRUE = 2, _("probably true")
    POSSIBLY_TRUE = 3, _("possibly true")
    DOUBTFUL = 4, _("doubtful")
    IMPROBABLE = 5, _("improbable")
    CANNOT_BE_JUDGED = 6, _("truth cannot be judged")
