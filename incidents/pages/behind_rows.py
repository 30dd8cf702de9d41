"""What stands behind each number of a tally: its incidents, each with the way to its claims, and the list that holds them.

A page shows MOST_ROWS rows and tells of MOST_TOLD incidents in all; the rest stand in the files, on the page of all rows, in the lists.
"""

from django.urls import reverse

from incidents.published import PublishedIncident
from incidents.tallying.adding import days_of
from incidents.tallying.counting import first_ids

MOST_ROWS, MOST_TOLD, MOST = 30, 60, 20
"""Rows of a page, incidents told behind all of them, and behind one."""
FILTERS = {"province": "place"} | {name: name for name in ("country", "kind", "evidence", "actor", "source", "group", "nationality")}
"""What a tally is by → the parameter of the list that keeps a row's incidents."""
EXACT = ("province", "country", "kind", "evidence")
"""Those that keep no others."""
PERIODS = ("month", "year")
NOT_OF_LISTS = ("by", "measure", "all", "cursor", "limit")


def shown(rows, by, shows_all):
    """The rows that a page shows, in their order: the latest periods, else those with most incidents."""
    if shows_all or len(rows) <= MOST_ROWS:
        return rows
    if by in PERIODS:
        return rows[-MOST_ROWS:]
    kept = {row["key"] for row in sorted(rows, key=lambda row: -row["incidents"])[:MOST_ROWS]}
    return [row for row in rows if row["key"] in kept]


def with_incidents(page, rows, by, incidents):
    """The rows, each with `behind` (its first incidents as list items), `left` (how many are not among them) and their list."""
    most = min(MOST, MOST_TOLD // max(len(rows), 1))
    first = first_of(page, rows, most, incidents)
    told = {number for numbers in first.values() for number in numbers}
    found = page.documents(page.rows(PublishedIncident).filter(public_id__in=told), summary=True)
    known = {document["id"]: document for document in found}
    return [
        row
        | {
            "behind": [known[number] for number in first.get(row["key"], ()) if number in known],
            "left": max(row["incidents"] - most, 0),
            "list_url": list_url(page, by, row["key"]),
            "is_exact": by in EXACT,
        }
        for row in rows
    ]


def first_of(page, rows, most, incidents):
    """Key → ids of the first `most` incidents behind a row."""
    if any(row["ids"] for row in rows):
        return {row["key"]: row["ids"][:most] for row in rows}
    return first_ids(page.asked, [row["key"] for row in rows], most, incidents) if most else {}


def list_url(page, by, key):
    """The list of a row's incidents; '' where no parameter asks for them."""
    if not key:
        return ""
    query = page.request.GET.copy()
    for name in NOT_OF_LISTS:
        query.pop(name, None)
    if by in PERIODS:
        first, last = days_of(key)
        query["since"], query["until"] = max(first, query.get("since", "")), min(last, query.get("until") or last)
    else:
        query[FILTERS[by]] = key
    return f"{reverse('incident-list')}?{query.urlencode()}"
