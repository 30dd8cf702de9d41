"""The moment that `as_of` names: "the record as it stood then"."""

import datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _


def parse_as_of(text):
    """The aware moment of an `as_of`: the end of a day in UTC ("2025-12-05"; today means now), or an ISO instant.

    Raises ValueError with a sentence for the reader where it is neither, or lies in the future.
    """
    moment, now = instant(text.strip()), timezone.now()
    if moment is None:
        raise ValueError(_("Give a date like 2025-12-05 or an instant like 2025-12-05T14:00:00Z."))
    if isinstance(moment, datetime.date) and not isinstance(moment, datetime.datetime):
        if moment == now.date():
            return now
        moment = datetime.datetime.combine(moment, datetime.time.max, datetime.UTC)
    if moment > now:
        raise ValueError(_("That day is in the future: the record cannot be shown as it will stand."))
    return moment


def instant(text):
    """A date, an aware datetime, or None where the text is neither."""
    try:
        found = parse_date(text) or parse_datetime(text)
        if isinstance(found, datetime.datetime):
            return (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)
        return found
    except (ValueError, OverflowError):
        return None
