"""The marks of the map: every incident asked for, those of one place as one mark, sized by how many were killed.

Read from typed columns: few questions and few bytes, however many incidents match. Nothing is drawn more exactly than it is known:
a point stands only where the place is exact; otherwise its province or a circle of the right size is hatched.
"""

import math

from django.urls import reverse

from incidents.pages.drawing import EAST, KM_PER_DEGREE, LABELS, NORTH, SCALE, SOUTH, WEST, base_map, on_map, outlines
from incidents.places import Place
from incidents.published import IncidentFacet

MOST = 5000
"""Incidents drawn; the latest."""
MOST_MARKS, MOST_NAMED, MOST_LAUNCHES = 500, 60, 60
"""Places drawn, those of them that bear a name and a link, and lines from where something was launched."""
WHERE = ("place", "latitude", "longitude", "place_precision")
TYPICAL_RADIUS_KM = 70
"""Of a province without an outline."""
RADIUS_KM = {1: 0, 2: 25, 3: 30}
"""How far from the point an incident may lie, by UCDP's where_prec; a province (4) is drawn as it is."""


def context(page, documents):
    """What the map shows of what the page was asked; `documents` are those listed beside it."""
    rows = list(page.asked.qs.order_by("-date_start", "public_id").values(*WHERE, "killed_best")[: MOST + 1])
    places = places_of({row["place"] for row in rows})
    found = marks(rows[:MOST], places)
    listed, left_out = beside(documents, found, page)
    ordered = sorted(found.values(), key=lambda mark: (not mark["incidents"], -(mark["killed"] or 0), -mark["number"], mark["place"]["id"]))
    drawn, scale = ordered[:MOST_MARKS], scale_of(ordered)
    for mark in drawn:
        mark["size"] = size_of(mark["killed"], scale)
    ways = launches(page, found, places)
    named = labelled(drawn[:MOST_NAMED], ways)
    return {
        "ground": base_map(),
        "named": sorted(named, key=lambda mark: (not mark["shape"], -mark["radius"], -mark["size"])),
        "bare": drawn[MOST_NAMED:],
        "listed": listed,
        "launches": ways,
        "left_out": left_out,
        "sizes": reference_sizes(ordered, scale),
        "told": {
            "drawn": sum(mark["number"] for mark in drawn),
            "unplaced": sum(not is_known(row) for row in rows[:MOST]),
            "outside": sum(is_known(row) and not is_placed(row) for row in rows[:MOST]),
            "most": MOST if len(rows) > MOST else None,
            "places_left_out": len(ordered) - len(drawn),
        },
    }


def places_of(slugs):
    """Slug → Place, with what it lies in."""
    return {place.slug: place for place in Place.objects.select_related("parent__parent__parent").filter(slug__in=slugs - {""})}


# Marks


def marks(rows, places):
    """(place, latitude, longitude, precision) → its mark, of incidents that one can show honestly."""
    found = {}
    for row in rows:
        if is_placed(row):
            key = tuple(row[name] for name in WHERE)
            mark = found[key] = found.get(key) or new_mark(row, places.get(row["place"]))
            mark["number"] += 1
            if row["killed_best"] is not None:
                mark["killed"] = (mark["killed"] or 0) + row["killed_best"]
    return found


def is_known(row):
    """Whether its province or more is known."""
    return (row["place_precision"] or 7) <= 4 and row["latitude"] is not None and row["longitude"] is not None


def is_placed(row):
    """Whether it is, and lies on the map."""
    return is_known(row) and WEST <= row["longitude"] <= EAST and SOUTH <= row["latitude"] <= NORTH


def new_mark(row, place):
    precision = row["place_precision"]
    x, y = on_map(row["longitude"], row["latitude"])
    return {
        "place": named_place(place, precision),
        "x": x,
        "y": y,
        "shape": row["place"] if precision == 4 and row["place"] in outlines()["provinces"] else "",
        "radius": round(RADIUS_KM.get(precision, TYPICAL_RADIUS_KM) / KM_PER_DEGREE * SCALE, 1),
        "is_exact": precision == 1,
        "number": 0,
        "killed": None,
        "incidents": [],
    }


def named_place(place, precision):
    """The place as documents refer to it; without a name where the point alone is known."""
    chain = [place, *place.ancestors()] if place else []
    province, country = (next((above for above in chain if above.kind == kind), None) for kind in (Place.Kind.PROVINCE, Place.Kind.COUNTRY))
    return {
        "id": place.slug if place else "",
        "name": place.name if place else "",
        "province": province.slug if province else "",
        "province_name": province.name if province else "",
        "country": place.country if place else "",
        "country_name": country.name if country else "",
        "precision": precision,
    }


def beside(documents, found, page):
    """(marks with their listed incidents, the listed incidents that no mark shows); every mark learns where it leads."""
    listed, left_out = [], []
    for document in documents:
        place = document.get("place") or {}
        mark = found.get((place.get("id") or "", place.get("latitude"), place.get("longitude"), place.get("precision")))
        (left_out if mark is None else mark["incidents"]).append(document)
        if mark and "anchor" not in mark:
            listed.append(mark)
            mark["anchor"] = f"at-{len(listed)}"
    for mark in found.values():
        mark["list_url"] = list_url(page, mark["place"]["id"])
        mark["url"] = f"#{mark['anchor']}" if "anchor" in mark else mark["list_url"]
    return listed, left_out


def list_url(page, slug):
    """The list of what lies in a place, with the page's other filters; '' for a point without a name."""
    query = page.request.GET.copy()
    for name in ("cursor", "limit"):
        query.pop(name, None)
    query["place"] = slug
    return f"{reverse('incident-list')}?{query.urlencode()}" if slug else ""


# Sizes: the area of a circle is the number of killed

LARGEST, SMALLER_FROM, LEAST_LARGEST = 30, 20, 12
"""Units: the largest radius; it shrinks where more than this many places are drawn, though never below the last."""
PER_DEATH, DOT = 5, 2
"""The radius of one person killed where the largest leaves room, and what is still seen."""


def scale_of(found):
    most = max((mark["killed"] or 0 for mark in found), default=0)
    largest = max(LARGEST / math.sqrt(max(len(found) / SMALLER_FROM, 1)), LEAST_LARGEST)
    return min(PER_DEATH, largest / math.sqrt(most)) if most else PER_DEATH


def size_of(killed, scale):
    """The radius; a dot where it would be smaller, or where no number is reported."""
    return max(round(math.sqrt(killed or 0) * scale, 1), DOT)


def reference_sizes(found, scale):
    """[{"number", "size"}] for the key: the largest mark and one of about a quarter of it."""
    most = max((mark["killed"] or 0 for mark in found), default=0)
    return [{"number": number, "size": size_of(number, scale)} for number in dict.fromkeys((most, round(most / 4))) if number]


# Names

LETTER, LINE = 7, 15
"""Units that a letter and a line of a name take."""
ROOMY = 9
"""Radius in which a number can be written; beside smaller ones it stands with the name."""
LAUNCH_POINT = 4


def labelled(named, ways):
    """Each mark, and each place of a launch at its first line, with where its name stands: below, else above what it names.

    `is_tight`: it would cover a name or a number before it, and is left for a closer look.
    """
    for mark in named:
        mark["is_roomy"] = mark["size"] >= ROOMY
    taken = [(mark["x"] - 8, mark["y"] - 8, mark["x"] + 8, mark["y"] + 8) for mark in named if mark["is_roomy"]]
    for way in ways:
        if way["is_first"]:
            place_label(way, 14 + len(way["place"]["name"]), 0 if way["is_country"] else LAUNCH_POINT, taken)
    for mark in named:
        place_label(mark, len(mark["place"]["name"]) + (0 if mark["is_roomy"] else 4), mark["size"], taken)
    return named


def place_label(one, letters, size, taken):
    """Where the name of a mark or of a launch stands; its box is added to `taken`."""
    ground, half = base_map(), LETTER * letters / 2
    one["label_x"] = round(min(max(one["x"], half), ground["width"] - half), 1)
    offsets = [round(size + LINE - 3, 1), -round(size + 5, 1)]
    boxes = [(one["label_x"] - half, one["y"] + dy - LINE, one["label_x"] + half, one["y"] + dy) for dy in offsets]
    free = [place for place, box in enumerate(boxes) if box[3] < ground["height"] - 2 and not any(overlap(box, other) for other in taken)]
    one["is_tight"], chosen = not free, free[0] if free else 0
    one["label_dy"] = offsets[chosen]
    if free:
        taken.append(boxes[chosen])


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# From where it was launched

LAUNCH_RADIUS_KM = {"province": TYPICAL_RADIUS_KM, "district": 30}
"""How far from its point something may have been launched that is known to a place of this kind; of others the point is drawn."""


def launches(page, found, places):
    """The ways from where something was launched to the marks that it hit, each once; the most frequent ones."""
    rows = IncidentFacet.objects.filter(name="launched_from", row__in=page.asked.qs.order_by().values("pk"))
    ways = rows.values_list("value", *(f"row__{name}" for name in WHERE)).distinct().order_by("value")[:MOST_LAUNCHES]
    ways = [(slug, found[tuple(where)]) for slug, *where in ways if tuple(where) in found]
    known = places | places_of({slug for slug, _mark in ways} - set(places))
    drawn = [launch(known[slug], mark) for slug, mark in ways if slug in known and can_be_drawn(known[slug])]
    for place, way in enumerate(drawn):
        way["is_first"] = way["place"]["id"] not in {earlier["place"]["id"] for earlier in drawn[:place]}
    return drawn


def can_be_drawn(place):
    return place.latitude is not None or (place.kind == "country" and place.country in LABELS)


def launch(place, mark):
    """A country has no point of its own: the line begins at its name."""
    is_country = place.kind == "country" and place.country in LABELS
    x, y = on_map(*(LABELS[place.country] if is_country else (place.longitude, place.latitude)))
    return {
        "x": x,
        "y": y,
        "shape": place.slug if place.kind == "province" and place.slug in outlines()["provinces"] else "",
        "radius": round(LAUNCH_RADIUS_KM.get(place.kind, 0) / KM_PER_DEGREE * SCALE, 1),
        "is_country": is_country,
        "place": {"id": place.slug, "name": place.name},
        "to": mark,
    }
