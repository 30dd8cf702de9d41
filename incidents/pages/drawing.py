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
TYPICAL_RADIUS_KM = 70
"""Of a province without an outline."""
RADIUS_KM = {1: 0, 2: 25, 3: 30}
"""How far from the point an incident may lie, by UCDP's where_prec; a province (4) is drawn as it is."""


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
    return {"width": width, "height": height, "names": names, "provinces": known["provinces"].values()} | {
        name: known[name] for name in ("land", "border")
    }


def map_marks(documents):
    """(marks, left out): one mark for each place and precision with its incidents, and the incidents that no mark could show honestly."""
    marks, left_out = {}, []
    for document in documents:
        place = document.get("place") or {}
        if is_placed(place):
            mark = marks.setdefault((place["id"], place["latitude"], place["longitude"], place["precision"]), new_mark(place))
            mark["incidents"].append(document)
        else:
            left_out.append(document)
    return [*marks.values()], left_out


LAUNCH_RADIUS_KM = {"province": TYPICAL_RADIUS_KM, "district": 30}
"""How far from its point something may have been launched that is known to a place of this kind; of others the point is drawn."""


def launches(marks, places):
    """From where what happened at the marks was launched, as far as it is known; `places`: slug → Place."""
    found = [(mark, document, document.get("launched_from")) for mark in marks for document in mark["incidents"]]
    known = [(mark, document, places[named["id"]]) for mark, document, named in found if named and named["id"] in places]
    return [launch(mark, document, place) for mark, document, place in known if place.latitude is not None or place.country in LABELS]


def launch(mark, document, place):
    """A country has no point of its own: the line begins at its name."""
    is_country = place.kind == "country" and place.country in LABELS
    x, y = on_map(*(LABELS[place.country] if is_country else (place.longitude, place.latitude)))
    return {
        "x": x,
        "y": y,
        "shape": outlines()["provinces"].get(place.slug) if place.kind == "province" else None,
        "radius": round(LAUNCH_RADIUS_KM.get(place.kind, 0) / KM_PER_DEGREE * SCALE, 1),
        "is_country": is_country,
        "name": document["launched_from"]["name"],
        "incident": document,
        "to": mark,
    }


def is_placed(place):
    is_near_enough = (place.get("precision") or 7) <= 4 and place.get("latitude") is not None
    return is_near_enough and WEST <= place["longitude"] <= EAST and SOUTH <= place["latitude"] <= NORTH


def new_mark(place):
    x, y = on_map(place["longitude"], place["latitude"])
    shape = outlines()["provinces"].get(place["id"]) if place["precision"] == 4 else None
    return {
        "place": place,
        "x": x,
        "y": y,
        "shape": shape,
        "radius": round(RADIUS_KM.get(place["precision"], TYPICAL_RADIUS_KM) / KM_PER_DEGREE * SCALE, 1),
        "is_exact": place["precision"] == 1,
        "incidents": [],
    }


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
