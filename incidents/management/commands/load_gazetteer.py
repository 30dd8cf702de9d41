"""`manage.py load_gazetteer`: the places of both banks; what is there already is left as it is."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from borderwatch.projection import public_data_changed
from incidents.models import Place


class Command(BaseCommand):
    help = "Add the places of the gazetteer that are missing. Places that exist keep what was changed in them."

    def handle(self, *args, **options):
        lines = (settings.BASE_DIR / "fixtures" / "gazetteer.jsonl").read_text(encoding="utf-8").splitlines()
        added = add_missing([json.loads(line) for line in lines])
        if added or options["verbosity"] > 1:
            self.stdout.write(f"{added} places added to the gazetteer.")


@transaction.atomic
def add_missing(rows):
    """Create the places that are not there, parents before children, one query per level. Returns how many."""
    known = set(Place.objects.values_list("slug", flat=True))
    waiting = [row for row in rows if row["slug"] not in known]
    added = len(waiting)
    while waiting:
        level = [row for row in waiting if row["parent"] is None or row["parent"] in known]
        if not level:
            raise ValueError(f"The gazetteer names parents that it does not have: {sorted({row['parent'] for row in waiting})}")
        parents = {place.slug: place for place in Place.objects.filter(slug__in={row["parent"] for row in level if row["parent"]})}
        Place.objects.bulk_create(Place(**row | {"parent": parents.get(row["parent"])}) for row in level)
        known |= {row["slug"] for row in level}
        waiting = [row for row in waiting if row["slug"] not in known]
    if added:
        public_data_changed()
    return added
