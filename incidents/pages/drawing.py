"""Geometry of what pages draw on the server: the sketch map, the strip of days, the bars of a tally; words are the templates'."""

import json
import math
from datetime import date
from functools import cache
from itertools import starmap

from django.conf import settings

# The map

SCALE = 72
"""Units of the drawing per degree of latitude."""
WEST, NORTH, EAST, SOUTH = 66.9, 39.75, 75.2, 36.1
KM_PER_DEGREE = 111.32
STRETCH = math.cos(math.radians(38))
"""A degree of longitude is this much shorter than one of latitude along the border."""

LABELS = {"TJ": (70.6, 39.0), "AF": (69.4, 36.3)}
"""Where the names of the countries stand."""

BASE_MAP = settings.BASE_DIR / "fixtures" / "base_map.json"
"""The ground: outlines, the border as the river draws it, provinces; made by `manage.py make_base_map`."""


def on_map(longitude, latitude):
    return round((longitude - WEST) * STRETCH * SCALE, 1), round((NORTH - latitude) * SCALE, 1)


def path(lines, closed=False):
    """Lines of points as the `d` of an SVG path."""
    return "".join("M" + "L".join(f"{x} {y}" for x, y in (on_map(*point) for point in line)) + ("Z" if closed else "") for line in lines)


@cache
def outlines():
    """The SVG paths of the ground: land of both countries, border, and provinces by slug."""
    ground = json.loads(BASE_MAP.read_text())
    return {
        "land": {code: path(rings, closed=True) for code, rings in ground["countries"].items()},
        "border": path(ground["border"]),
        "provinces": {slug: path(rings, closed=True) for slug, rings in ground["provinces"].items()},
    }


def base_map():
    """The ground of the map: its size, the land of both countries, their provinces and the border."""
    width, height = on_map(EAST, SOUTH)
    names = [{"x": x, "y": y} for x, y in (starmap(on_map, LABELS.values()))]
    known = outlines()
    return {"width": width, "height": height, "names": names} | known


# The strip of days

STRIP = 1000
"""Width of a strip; it is stretched to the width of the page."""


def strips(documents):
    """The days from the first incident's month to the last one's, and where each incident stands among them."""
    if not documents:
        return None
    first = min(date.fromisoformat(document["date"]["start"]) for document in documents).replace(day=1)
    last = max(last_day(document) for document in documents)
    days = max((next_month(last) - first).days, 1)
    months = list(months_between(first, last))
    rows = [{"document": document, **strip(document, first, days)} for document in documents]
    return {
        "width": STRIP,
        "months": [{"start": month, "x": round((month - first).days / days * STRIP, 1)} for month in months],
        "rows": rows,
    }


def last_day(document):
    return date.fromisoformat(document["date"].get("end") or document["date"]["start"])


def strip(document, first, days):
    start, end = date.fromisoformat(document["date"]["start"]), last_day(document)
    x, length = (start - first).days / days * STRIP, ((end - start).days + 1) / days * STRIP
    return {"x": round(x, 1), "length": max(round(length, 1), 6), "is_exact": start == end}


def next_month(day):
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_between(first, last):
    month = first
    while month <= last:
        yield month
        month = next_month(month)


# The bars of a tally


def bars(rows):
    """For each row of a tally its bar and range as parts of STRIP, on one scale from 0; None where nothing is counted."""
    tops = [max(row["high"] or 0, row["best"] or 0) for row in rows]
    scale = STRIP / max([*tops, 1]) * 0.94
    return [bar(row, scale) if row["best"] is not None else None for row in rows]


def bar(row, scale):
    low, high = round(row["low"] * scale, 1), round(max(row["high"] or 0, row["best"]) * scale, 1)
    has_range = low != high or row["open_ended"]
    return {"length": round(row["best"] * scale, 1), "low": low, "high": high, "has_range": has_range, "open_ended": row["open_ended"]}
