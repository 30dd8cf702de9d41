"""What every list and form of the desk answers with a sentence where it is asked for something that none of our pages links to."""

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError
from django.http import HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

MALFORMED = (SuspiciousOperation, IncorrectLookupParameters, ValidationError, ValueError, OverflowError, DataError)
"""What Django raises for parameters that no page of ours links to."""


class Doors:
    """Mixed into every admin class of the desk, those of other apps too."""

    def changelist_view(self, request, extra_context=None):
        """The list; parameters that mean nothing are answered with a message and the whole list."""
        try:
            if any("\0" in value for values in request.GET.lists() for value in values[1]):
                raise ValueError
            return super().changelist_view(request, {"title": capfirst(self.opts.verbose_name_plural)} | (extra_context or {}))
        except MALFORMED:
            messages.error(request, _("That address asked for something this list does not know. Here is the whole list."))
            return HttpResponseRedirect(request.path)

    def get_object(self, request, object_id, from_field=None):
        """Django takes an empty name for the name of a field."""
        return super().get_object(request, object_id, from_field or None)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A choice whose number no database can hold was never offered."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except OverflowError:
            raise SuspiciousOperation("a number that is too large for the database") from None


def with_doors(admin_class):
    """The class itself, or one made of it that has the doors."""
    return admin_class if issubclass(admin_class, Doors) else type(admin_class.__name__, (Doors, admin_class), {})
