"""Incidents that may be the one being typed, in words."""

from contextlib import suppress

from django.utils.translation import gettext as _

from borderwatch.desk.coordinates import NotAPoint, read_point
from borderwatch.desk.keys import is_key
from borderwatch.texts.day_words import NotADay, read_days
from incidents.desk.similar import similar_incidents
from incidents.models import Incident, Place


def incident_of(typed, reading_from):
    """The Incident, not saved, whose form holds `typed` (field → text); `reading_from`: field → what its days are read from."""
    first = days_of(typed.get("started_on"), reading_from("started_on"))
    last = days_of(typed.get("ended_on"), reading_from("ended_on"))
    key = typed.get("place", "")
    place = Place.objects.select_related("parent__parent__parent").filter(pk=key).first() if is_key(key) else None
    incident = Incident(kind=typed.get("kind", ""), place=place)
    incident.started_on = first and first.first
    incident.ended_on = (last or first) and (last or first).last
    incident.latitude, incident.longitude = point_of(typed.get("latitude", ""), typed.get("longitude", ""))
    return incident


def days_of(text, reading):
    """The Days of a date field; None where it holds none."""
    with suppress(NotADay):
        return read_days(text or "", *reading)


def point_of(latitude, longitude):
    """(latitude, longitude) of two fields, either of which may hold the whole point; (None, None) where there is none."""
    for text in (f"{latitude}, {longitude}", latitude, longitude):
        with suppress(NotAPoint):
            return read_point(text)
    return None, None


def similar_in_words(incidents, wanted):
    """(incident, why) of those of `incidents` that may be `wanted`."""
    return [
        (one.incident, " · ".join(filter(None, (days_in_words(one.incident), where_in_words(one)))))
        for one in similar_incidents(incidents, wanted)
    ]


def days_in_words(incident):
    ends = incident.ended_on and incident.ended_on != incident.started_on
    return f"{incident.started_on:%Y-%m-%d}" + (f" – {incident.ended_on:%Y-%m-%d}" if ends else "")


def where_in_words(similar):
    """Why the places do not speak against it."""
    if similar.is_inside:
        return similar.incident.place.label
    if similar.distance is None:
        return _("no place to compare")
    return _("%(distance)s km apart") % {"distance": round(similar.distance)}
