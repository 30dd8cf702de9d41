"""Outlines for the map: reading TopoJSON and GeoJSON, simplifying lines. Points are [longitude, latitude] in degrees."""

DIGITS = 3
"""Decimals kept of a degree: about 100 metres."""


def arcs_of(world):
    """The arcs of a TopoJSON file as lists of points: quantised and stored as differences."""
    (scale_x, scale_y), (left, bottom) = world["transform"]["scale"], world["transform"]["translate"]
    found = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append([x * scale_x + left, y * scale_y + bottom])
        found.append(points)
    return found


def country(world, number):
    """The geometry of the country with this ISO 3166-1 numeric code, as lists of arc numbers; ~n is arc n backwards."""
    found = next(shape for shape in world["objects"]["countries"]["geometries"] if shape.get("id") == number)
    return found["arcs"] if found["type"] == "MultiPolygon" else [found["arcs"]]


def rings_of(world, number, tolerance):
    """The outer rings of a country, simplified."""
    arcs = arcs_of(world)
    return [simplified(joined(polygon[0], arcs), tolerance) for polygon in country(world, number)]


def joined(numbers, arcs):
    """One line out of arcs that follow each other."""
    line = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += arc[1:] if line else arc
    return line


def shared_line(world, number, other, tolerance):
    """The border between two countries: the runs of arcs that both outlines use."""
    theirs = {arc if arc >= 0 else ~arc for polygon in country(world, other) for ring in polygon for arc in ring}
    arcs, lines, run = arcs_of(world), [], []
    for arc in [arc for polygon in country(world, number) for arc in [*polygon[0], None]]:
        if arc is not None and (arc if arc >= 0 else ~arc) in theirs:
            run.append(arc)
        elif run:
            lines.append(simplified(joined(run, arcs), tolerance))
            run = []
    return lines


def polygons(geometry, tolerance):
    """The outer rings of a GeoJSON Polygon or MultiPolygon, simplified."""
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [simplified(shape[0], tolerance) for shape in shapes]


def simplified(points, tolerance):
    """The line by Ramer, Douglas and Peucker: no point it leaves out lies farther than `tolerance` degrees from it."""
    kept, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        distances = [(distance(points[i], points[first], points[last]), i) for i in range(first + 1, last)]
        far, index = max(distances, default=(0, 0))
        if far > tolerance:
            kept.add(index)
            spans += [(first, index), (index, last)]
    return [[round(x, DIGITS), round(y, DIGITS)] for x, y in (points[i] for i in sorted(kept))]


def distance(point, start, end):
    """How far a point lies from the line between two others; from the first one where they are the same."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
