"""What stands behind each number of a tally: its incidents, each with the way to its claims, and the list that holds them."""

from django.urls import reverse

from incidents.published import PublishedIncident

MOST = 20
"""Incidents told behind one number; the rest stand in the list that the row leads to."""
FILTERS = {"province": "place", "country": "country", "kind": "kind", "evidence": "evidence"}
"""What a tally is by → the parameter of the list that keeps exactly a row's incidents."""
NOT_OF_LISTS = ("by", "measure", "cursor", "limit")


def with_incidents(page, rows, by):
    """The rows, each with `behind` (its incidents as list items), `left` (how many are not among them) and `list_url`."""
    shown = {number for row in rows for number in row["ids"][:MOST]}
    found = page.documents(page.rows(PublishedIncident).filter(public_id__in=shown), summary=True)
    known = {document["id"]: document for document in found}
    return [
        row
        | {
            "behind": [known[number] for number in row["ids"][:MOST] if number in known],
            "left": len(row["ids"]) - len(row["ids"][:MOST]),
            "list_url": list_url(page, by, row["key"]),
        }
        for row in rows
    ]


def list_url(page, by, key):
    """The list of a row's incidents; '' where no parameter asks for just these."""
    if by not in FILTERS or not key:
        return ""
    query = page.request.GET.copy()
    for name in NOT_OF_LISTS:
        query.pop(name, None)
    query[FILTERS[by]] = key
    return f"{reverse('incident-list')}?{query.urlencode()}"
