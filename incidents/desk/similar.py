"""Incidents that may be one: of the same kind, on the same days, and near each other or not placed."""

import datetime
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import Q

from incidents.models import Incident

NEAR = 50
"""Kilometres within which two incidents may be one."""
LONGEST = datetime.timedelta(days=366)
"""How long the range of an incident is at most; it keeps the search for overlaps short."""
COMPARED, SHOWN = 200, 5


@dataclass
class Similar:
    """An incident that may be the same; `distance` in kilometres, None where the places do not say."""

    incident: Incident
    distance: float | None
    is_inside: bool
    """Whether one place lies in the other."""


def similar_incidents(incidents, one):
    """Of `incidents`, those that may be the same as `one` (an Incident, saved or not); the nearest first."""
    first, last = one.started_on, one.ended_on or one.started_on
    if first is None:
        return []
    overlapping = Q(ended_on__gte=first) | Q(ended_on__isnull=True, started_on__gte=first)
    same_days = incidents.filter(overlapping, kind=one.kind, started_on__range=(first - LONGEST, last)).exclude(pk=one.pk)
    compared = (compare(one, other) for other in same_days.select_related("place__parent__parent__parent")[:COMPARED])
    found = [similar for similar in compared if similar]
    return sorted(found, key=lambda similar: (similar.distance is None, similar.distance or 0, similar.incident.pk))[:SHOWN]


def compare(one, other):
    """The Similar of two incidents on the same days; None where they are too far apart."""
    if not (has_place(one) and has_place(other)):
        return Similar(other, None, is_inside=False)
    distance = distance_between(point_of(one), point_of(other))
    is_inside = lies_in(one.place, other.place) or lies_in(other.place, one.place)
    return Similar(other, distance, is_inside) if is_inside or (distance is not None and distance <= NEAR) else None


def has_place(incident):
    return bool(incident.place_id or incident.latitude is not None)


def point_of(incident):
    """(latitude, longitude) of the incident, else of its place; None where neither has one."""
    for where in (incident, incident.place):
        if where and where.latitude is not None and where.longitude is not None:
            return where.latitude, where.longitude
    return None


def lies_in(place, other):
    """Whether `place` is `other` or lies in it."""
    return bool(place and other) and (place == other or other in place.ancestors())


def distance_between(point, other):
    """Kilometres along the ground between two (latitude, longitude); None where one is not known."""
    if point is None or other is None:
        return None
    (north, east), (other_north, other_east) = (map(radians, one) for one in (point, other))
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(half, 1)))
