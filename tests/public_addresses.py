"""Every public address of the site: routes from the resolver, each listed here with the queries that readers may add to it.

A route that is not listed fails the tests: whoever adds a page says here that it is public.
"""

import re

from django.urls import URLPattern, get_resolver

from borderwatch.files.data_releases import releases
from borderwatch.published import public_kinds
from incidents.places import Place

FILTERS = [
    "",
    "?q=attack",
    "?since=2025-12-01&until=2025-12-31",
    "?place=khatlon",
    "?killed_min=1",
    "?evidence=disputed",
    "?nationality=CN",
    "?as_of=2025-12-28",
    "?ordering=title",
    "?nonsense=1",
    "?since=never",
]
AS_OF = ["", "?as_of=2025-12-28"]
TALLIES = [
    "",
    *(f"?by={by}" for by in "month year province country kind group nationality actor source evidence".split()),
    "?measure=injured",
    *AS_OF,
]
PLAIN = [""]

QUERIES = {
    "healthz": PLAIN,
    "readyz": PLAIN,
    "robots.txt": PLAIN,
    "media/<stored_image:name>": PLAIN,
    "sitemap.xml": PLAIN,
    "sitemap-<slug:section>.xml": PLAIN,
    "": AS_OF,
    "corrections/": AS_OF,
    "changes/": ["", "?from=2025-12-02", "?from=2025-12-02&as_of=2025-12-28&place=khatlon", "?record=BW-2025-0001", "?from=never"],
    "methodology/": PLAIN,
    "data/": PLAIN,
    "data/dictionary/": PLAIN,
    "data/releases/<slug:name>/": PLAIN,
    "data/releases/<slug:name>/<str:file>": PLAIN,
    "about/": PLAIN,
    "feeds/": PLAIN,
    "feeds/corrections.atom": PLAIN,
    "feeds/incidents.atom": FILTERS,
    "incidents/": FILTERS,
    "incidents/<public_id:public_id>/": AS_OF,
    "incidents/<public_id:public_id>/<slug:slug>/": AS_OF,
    "incidents/<public_id:public_id>/editions/": PLAIN,
    "incidents/<public_id:public_id>/editions/<edition:number>/": PLAIN,
    **{f"incidents/<public_id:public_id>/cite.{form}": AS_OF for form in ("bib", "ris", "json")},
    **{f"incidents/<public_id:public_id>/editions/<edition:number>/cite.{form}": PLAIN for form in ("bib", "ris", "json")},
    **{f"incidents/<public_id:public_id>/<measure:measure>.{form}": AS_OF for form in ("svg", "csv")},
    **{f"incidents/<public_id:public_id>/editions/<edition:number>/<measure:measure>.{form}": PLAIN for form in ("svg", "csv")},
    "map/": FILTERS,
    "timeline/": FILTERS,
    "timeline.svg": FILTERS,
    "statements/": FILTERS,
    "statements/<public_id:public_id>/": AS_OF,
    "statements/<public_id:public_id>/editions/": PLAIN,
    "statements/<public_id:public_id>/editions/<edition:number>/": PLAIN,
    "actors/": AS_OF,
    "actors/<public_id:public_id>/": AS_OF,
    "actors/<public_id:public_id>/<slug:slug>/": AS_OF,
    "actors/<public_id:public_id>/editions/": PLAIN,
    "actors/<public_id:public_id>/editions/<edition:number>/": PLAIN,
    "sources/": AS_OF,
    "sources/<public_id:public_id>/": AS_OF,
    "sources/<public_id:public_id>/<slug:slug>/": AS_OF,
    "sources/<public_id:public_id>/editions/": PLAIN,
    "sources/<public_id:public_id>/editions/<edition:number>/": PLAIN,
    "articles/": AS_OF,
    "articles/<public_id:public_id>/": AS_OF,
    "articles/<public_id:public_id>/editions/": PLAIN,
    "articles/<public_id:public_id>/editions/<edition:number>/": PLAIN,
    "places/": AS_OF,
    "places/<slug:slug>/": AS_OF,
    "tallies/": TALLIES,
    "tallies.svg": TALLIES,
    "tallies.csv": TALLIES,
    "tallies/comparisons/": AS_OF,
}
QUERIES |= {
    f"{name}/<public_id:public_id>/editions/compare/": ["", "?from=1&to=1&all"]
    for name in ("incidents", "statements", "actors", "sources", "articles")
}
FIELDS = ["", "?fields=id,url"]
PACKED: list[str] = []
"""No query: a spreadsheet is packed and names the moment it was made; the same rows are read as CSV."""
RECORDS = {
    "incidents": ("", "?as_of=2025-12-28", "?fields=id,statements.url"),
    "statements": AS_OF,
    "articles": AS_OF,
    "sources": AS_OF,
    "actors": AS_OF,
}
API_LISTS = {"incidents": FILTERS, "statements": ["", "?q=attack", "?place=khatlon", "?as_of=2025-12-28", "?actor=nobody"]}
FILES = {
    "incidents": ("csv", "jsonl", "geojson", "xlsx"),
    **dict.fromkeys(("statements", "actors", "places", "articles", "sources"), ("csv", "jsonl", "xlsx")),
    **dict.fromkeys(("figures", "participants", "external_ids"), ("csv", "xlsx")),
}
for list_name, queries in RECORDS.items():
    QUERIES[f"api/v1/{list_name}/"] = API_LISTS.get(list_name, [*AS_OF, "?limit=1", "?q=attack"])
    QUERIES[f"api/v1/{list_name}/<str:name>/"] = queries
    QUERIES[f"api/v1/{list_name}/<str:name>/editions/"] = PLAIN
    QUERIES[f"api/v1/{list_name}/<str:name>/editions/<int:number>/"] = FIELDS
    QUERIES[f"api/v1/{list_name}/<str:name>/editions/compare/"] = ["", "?from=1&to=1", "?from=9"]
for list_name, forms in FILES.items():
    for form in forms:
        QUERIES[f"{list_name}.{form}"] = QUERIES[f"api/v1/{list_name}.{form}"] = PACKED if form == "xlsx" else AS_OF
for layout in ("acled", "ucdp-ged"):
    QUERIES["api/v1/incidents.csv"] = [*QUERIES["api/v1/incidents.csv"], f"?layout={layout}"]
QUERIES |= {
    "api/v1/": PLAIN,
    "api/v1/places/": ["", "?q=khatlon", "?limit=1"],
    "api/v1/places/<str:slug>/": FIELDS,
    "api/v1/changes/": ["", "?limit=200", "?after=10&limit=200", "?updated_since=2025-12-01"],
    "api/v1/changes/<int:sequence>/": PLAIN,
    "api/v1/tallies/": TALLIES,
    "api/v1/tallies/comparisons/": AS_OF,
    "api/v1/dataset.zip": PACKED,
    "api/v1/schema/": PLAIN,
    "api/v1/docs/": PLAIN,
    "api/v1/^.*": PLAIN,
    "^api/": PLAIN,
}
NOT_PUBLIC = ("admin/",)


def routes(patterns=None, before=""):
    """The route of every public view, as written in the URL configuration."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if route.startswith(NOT_PUBLIC):
            continue
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def addresses(most=4):
    """Real addresses of every listed route, for the records that are public now or were (`most` of each kind)."""
    for route, queries in QUERIES.items():
        for path in filled(route, most):
            yield from (f"/{path}{query}" for query in queries)


def filled(route, most):
    """The route with the ids, slugs and numbers of real records in place of its parameters."""
    if "<" not in route:
        return [route]
    section = route.removeprefix("api/v1/").split("/")[0]
    if section == "media":
        return []
    if section == "data":
        return [re.sub("<slug:name>", one["name"], route).replace("<str:file>", "incidents.csv") for one in releases()]
    if section.startswith("sitemap-"):
        return [re.sub("<[^>]+>", name, route) for name in ("pages", "data", *public_kinds())]
    if section == "places":
        return [
            re.sub("<[^>]+>", slug, route)
            for slug in ("khatlon", "tajikistan-afghanistan-border")
            if Place.objects.filter(slug=slug).exists()
        ]
    if section == "changes":
        return [re.sub("<[^>]+>", number, route) for number in ("1", "2", "9")]
    model = next(model for model in public_kinds().values() if model.list_name == section)
    rows = list(model.objects.latest().order_by("pk"))
    return [with_row(route, row) for row in [*rows[: most // 2], *rows[-most // 2 :]]]


def with_row(route, row):
    values = {"public_id": row.public_id, "name": row.public_id, "slug": row.slug or "-", "number": str(row.number), "measure": "killed"}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route)


def whole_answer(client, address):
    """Status, headers and body of an answer as one text."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items() if name != "Content-Length").encode()
    return str(answer.status_code).encode() + b"\n" + headers + b"\n" + body
