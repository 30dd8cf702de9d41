"""Every kind of public page, asked as after a publication, when nothing is kept: what one costs may not grow with the record."""

import datetime
import statistics
import time

from django.core.cache import caches

from borderwatch.models import Release
from borderwatch.published import public_kinds

OF_ALL = (
    "/ /incidents/ /map/ /timeline/ /timeline.svg /tallies/ /tallies.svg /tallies.csv /tallies/comparisons/ /statements/ /actors/ "
    "/sources/ /articles/ /places/ /corrections/ /changes/ /feeds/incidents.atom /feeds/corrections.atom /sitemap.xml "
    "/api/v1/incidents/ /api/v1/statements/ /api/v1/actors/ /api/v1/sources/ /api/v1/articles/ /api/v1/places/ /api/v1/tallies/ "
    "/api/v1/changes/"
).split()
OF_ANOTHER_DAY = "/ /incidents/ /statements/ /articles/ /tallies/ /map/ /timeline/ /api/v1/incidents/ /api/v1/statements/".split()
DAYS_AGO = 20
LONG = 2.0
"""Seconds after which a page is not asked again."""


def addresses():
    """(what a page is called at any size of the record, its address here)"""
    yield from ((path, path) for path in OF_ALL)
    last = Release.objects.order_by("-sequence").values_list("valid_from", flat=True)[0]
    day = f"?as_of={last - datetime.timedelta(days=DAYS_AGO):%Y-%m-%d}"
    yield from ((f"{path}?as_of=", path + day) for path in OF_ANOTHER_DAY)
    for name, model in public_kinds().items():
        row = model.objects.current().order_by("pk")[model.objects.current().count() // 2]
        known, own = f"/{model.list_name}/{row.public_id}/", f"{row.slug}/" if row.slug else ""
        yield f"{name}'s page", known + own
        yield f"{name}'s editions", f"{known}editions/"
        yield f"{name}'s first edition", f"{known}editions/1/"
        yield f"{name} in the API", f"/api/v1{known}"


def costs(way, turns=3):
    """Page → (milliseconds of processor time, bytes) of this process, without what was kept."""
    found = {}
    for name, address in addresses():
        spent = []
        while len(spent) < turns and sum(spent) < LONG:
            for cache in caches.all(initialized_only=True):
                cache.clear()
            begun = time.process_time()
            status, _headers, content = way.ask("site", address)
            spent.append(time.process_time() - begun)
        found[name] = (round(1000 * statistics.median(spent), 1), len(content) if status == 200 else f"answered {status}")
    return found


def table(found, before):
    """Lines of Markdown; `before`: {"incidents", "pages"} of a record of another size, or None."""
    then = before["pages"] if before else {}
    sizes = f" | with {before['incidents']:,} | ×" if before else ""
    yield f"\n| page, nothing kept | ms of processor time | kB{sizes} |"
    yield "|---|---|---|" + ("---|---|" if before else "")
    for name, (spent, size) in found.items():
        kilobytes = f"{size / 1000:.0f}" if isinstance(size, int) else size
        grown = f" | {then[name][0]:.1f} | {spent / max(then[name][0], 0.1):.1f}" if name in then else " | – | –" if before else ""
        yield f"| {name} | {spent:.1f} | {kilobytes}{grown} |"
