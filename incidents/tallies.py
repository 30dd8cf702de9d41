"""Tallies: what the record holds in all, by month, by place, by who was hit; and the record beside other people's tallies (compare)."""

from incidents.rule.comparisons import compare, is_comparable
from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY, is_of, stands
from incidents.rule.numbering import in_order
from incidents.rule.sums import NeedsStatements, count, statements_of
from incidents.toll import RULE

__all__ = ["BY", "NeedsStatements", "compare", "is_comparable", "tally"]

# By these a person or an incident can stand in several rows.
OVERLAPPING = frozenset({"group", "nationality", "actor", "source"})
NUMBERS = ("incidents", "low", "best", "high", "open_ended", "not_reported", "uncounted")


def tally(documents, by: str, measure: str = "killed", group=ANY_GROUP, nationality=ANY_NATIONALITY) -> dict:
    """A tally of incident documents in the shape of the API, without `as_of`.

    `group` and `nationality`, a code or several, restrict who is counted, not which incidents: that is the caller's. Rows by key ascending;
    key '' is what is not stated (no province, no named actor, people of no stated group). `label` is the name that the documents carry for
    the key, '' where the caller must word it (months, codes). A row is widened by a together figure only if it counts all its incidents.

    `rows_add_up` is false where rows can overlap, and where a together figure widens the total but not, or otherwise, the rows.

    List items are enough where everybody is counted (`group` "all", `nationality` ''), `by` is none of group, nationality and source, and
    no together figure is about the incident; other documents must be whole. NeedsStatements is raised for one that is not.
    """
    documents = list(documents)
    total = count(documents, measure, group, nationality)
    found = people_rows if by in PEOPLE else incident_rows
    rows = found(documents, by, measure, group, nationality)
    return {
        "rule": RULE,
        "measure": measure,
        "total": {name: total[name] for name in NUMBERS},
        "rows": [rows[key] for key in sorted(rows)],
        "rows_add_up": by not in OVERLAPPING and do_add_up(rows.values(), total),
        "together": total["together"],
    }


def do_add_up(rows, total: dict) -> bool:
    return all(sum(row[name] or 0 for row in rows) == (total[name] or 0) for name in ("low", "best", "high"))


def row(key: str, label: str, documents: list[dict], counted: dict) -> dict:
    ids = sorted((document["id"] for document in documents), key=in_order)
    return {"key": key, "label": label, **{name: counted[name] for name in NUMBERS}, "ids": ids}


# Rows of incidents


def incident_rows(documents: list[dict], by: str, measure: str, group: str, nationality: str) -> dict[str, dict]:
    members, labels = {}, {}
    for document in documents:
        for key, label in BY[by](document).items():
            members.setdefault(key, []).append(document)
            labels.setdefault(key, label)
    return {key: row(key, labels[key], those, count(those, measure, group, nationality)) for key, those in members.items()}


def month(document: dict) -> dict[str, str]:
    """An incident whose range spans two periods is counted in the first."""
    return {document["date"]["start"][:7]: ""}


def year(document: dict) -> dict[str, str]:
    return {document["date"]["start"][:4]: ""}


def province(document: dict) -> dict[str, str]:
    place = document.get("place") or {}
    return {place.get("province") or "": place.get("province_name") or ""}


def country(document: dict) -> dict[str, str]:
    place = document.get("place") or {}
    return {place.get("country") or "": place.get("country_name") or ""}


def kind(document: dict) -> dict[str, str]:
    return {document["kind"]: ""}


def evidence(document: dict) -> dict[str, str]:
    return {document["evidence"]["status"]: ""}


def actor(document: dict) -> dict[str, str]:
    """Everybody who took part in whatever role; '' where nobody is a named actor."""
    named = [participant["actor"] for participant in document.get("participants", ()) if participant.get("actor")]
    return {one["id"]: one.get("name", "") for one in named} or {"": ""}


def source(document: dict) -> dict[str, str]:
    """The sources of the articles that tell of it."""
    standing = [statement for statement in statements_of(document) if stands(statement) and statement.get("article")]
    sources = [statement["article"]["source"] for statement in standing]
    return {one["id"]: one.get("name", "") for one in sources} or {"": ""}


# Rows of people


def people_rows(documents: list[dict], by: str, measure: str, group: str, nationality: str) -> dict[str, dict]:
    """A row per group or nationality that has a number; '' holds the incidents with a number of whose people none is divided so."""
    members = {}
    for document in documents:
        for key in divided(document, by, measure, group, nationality):
            members.setdefault(key, []).append(document)
    rows = {}
    for key, those in members.items():
        who = (key or group, nationality) if by == "group" else (group, key or nationality)
        counted = count(those, measure, *who)
        if counted["best"] is not None:
            rows[key] = row(key, "", those, counted)
    return rows


def divided(document: dict, by: str, measure: str, group: str, nationality: str) -> set[str]:
    statements_of(document)
    buckets = [one for one in document["toll"]["buckets"] if one["measure"] == measure and is_of(one, group, nationality)]
    return {one[by] for one in buckets if one[by] != PEOPLE[by]} or ({""} if buckets else set())


PEOPLE = {"group": ANY_GROUP, "nationality": ANY_NATIONALITY}
BY = {
    "month": month,
    "year": year,
    "province": province,
    "country": country,
    "kind": kind,
    "group": None,
    "nationality": None,
    "actor": actor,
    "source": source,
    "evidence": evidence,
}
