"""Geometry of what pages draw on the server: the sketch map, the strip of days, the bars of a tally; words are the templates'."""

import math
from datetime import date

# The map

SCALE = 72
"""Units of the drawing per degree of latitude."""
WEST, NORTH, EAST, SOUTH = 66.9, 39.75, 75.2, 36.1
KM_PER_DEGREE = 111.32
STRETCH = math.cos(math.radians(38))
"""A degree of longitude is this much shorter than one of latitude along the border."""

# Outline of Tajikistan and its border with Afghanistan, which follows the Amu Darya, the Panj and the Pamir river;
# simplified from Natural Earth 1:110 million, public domain. Longitude, latitude.
BORDER = (
    (67.83, 37.145), (68.136, 37.023), (68.859, 37.344), (69.196, 37.151), (69.519, 37.609), (70.117, 37.588), (70.271, 37.735),
    (70.376, 38.138), (70.807, 38.486), (71.348, 38.259), (71.239, 37.953), (71.542, 37.906), (71.449, 37.066), (71.845, 36.738),
    (72.193, 36.948), (72.637, 37.048), (73.26, 37.495), (73.949, 37.422), (74.98, 37.42),
)  # fmt: skip
REST_OF_OUTLINE = (
    (74.83, 37.99), (74.865, 38.379), (74.258, 38.607), (73.929, 38.506), (73.675, 39.431), (71.785, 39.279), (70.549, 39.604),
    (69.465, 39.527), (69.56, 40.103), (68.536, 39.533), (67.701, 39.58), (67.442, 39.14), (68.176, 38.902), (68.392, 38.157),
)  # fmt: skip

PROVINCE_KM2 = {
    "khatlon": 24800,
    "gorno-badakhshan": 64200,
    "districts-of-republican-subordination": 28400,
    "sughd": 25400,
    "dushanbe-capital-territory": 200,
    "badakhshan": 44059,
    "takhar": 12333,
    "kunduz": 8040,
    "balkh": 17249,
}
"""Areas, for circles of the right size where an incident lies somewhere in a province."""
RADIUS_KM = {1: 0, 2: 25, 3: 30}
"""How far from the point an incident may lie, by UCDP's where_prec; a province (4) goes by its area."""


def on_map(longitude, latitude):
    return round((longitude - WEST) * STRETCH * SCALE, 1), round((NORTH - latitude) * SCALE, 1)


def path(points, closed=False):
    """The points as the `d` of an SVG path."""
    return "M" + "L".join(f"{x} {y}" for x, y in (on_map(*point) for point in points)) + ("Z" if closed else "")


def base_map():
    """The ground of the sketch map: its size, the land of Tajikistan and the border."""
    width, height = on_map(EAST, SOUTH)
    names = [{"x": x, "y": y} for x, y in (on_map(71.0, 39.2), on_map(69.4, 36.4))]
    return {
        "width": width,
        "height": height,
        "names": names,
        "land": path((*BORDER, *REST_OF_OUTLINE), closed=True),
        "border": path(BORDER),
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


def is_placed(place):
    is_near_enough = (place.get("precision") or 7) <= 4 and place.get("latitude") is not None
    return is_near_enough and WEST <= place["longitude"] <= EAST and SOUTH <= place["latitude"] <= NORTH


def new_mark(place):
    x, y = on_map(place["longitude"], place["latitude"])
    kilometres = RADIUS_KM.get(place["precision"]) if place["precision"] != 4 else math.sqrt(PROVINCE_KM2.get(place["id"], 15000) / math.pi)
    return {
        "place": place,
        "x": x,
        "y": y,
        "radius": round(kilometres / KM_PER_DEGREE * SCALE, 1),
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
