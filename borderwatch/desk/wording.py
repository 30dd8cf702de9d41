"""Values of desk fields in words: what an editor reads in histories, refused saves and announcements."""

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def field_label(model, name):
    """What the form calls the field; the name itself for what is no field."""
    try:
        field = model._meta.get_field(name)
    except models.FieldDoesNotExist:
        return capfirst(name.replace("_", " "))
    return str(capfirst(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural))


def in_words(field, value):
    """A value of `field` as text: codes by their words, records by their names, nothing as an empty text."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if getattr(field, "flatchoices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {in_words(None, words)}" for name, words in value.items())
    if isinstance(value, (list, tuple, models.QuerySet)):
        return ", ".join(in_words(None, one) for one in value)
    if hasattr(value, "strftime") and hasattr(value, "year"):
        return date_format(value, "j F Y")
    return str(value)
