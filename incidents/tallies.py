"""Tallies: what the record holds in all, by month, by place, by who was hit; and the record beside other people's tallies (compare)."""

from incidents.rule.comparisons import compare, is_comparable
from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY, is_of, stands
from incidents.rule.numbering import in_order
from incidents.rule.sums import NeedsStatements, count, statements_of, with_together
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
    found = people_rows if by in PEOPLE else incident_rows
    return as_tally(by, measure, count(documents, measure, group, nationality), found(documents, by, measure, group, nationality))


def as_tally(by: str, measure: str, total: dict, rows: dict[str, dict]) -> dict:
    """The tally of a total (sums.count) and of rows by key."""
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


def row(key: str, label: str, ids, counted: dict) -> dict:
    return {"key": key, "label": label, **{name: counted[name] for name in NUMBERS}, "ids": sorted(ids, key=in_order)}


def ids_of(documents: list[dict]) -> list[str]:
    return [document["id"] for document in documents]


# Rows of incidents


def incident_rows(documents: list[dict], by: str, measure: str, group: str, nationality: str) -> dict[str, dict]:
    members, labels = {}, {}
    for document in documents:
        for key, label in BY[by](document).items():
            members.setdefault(key, []).append(document)
            labels.setdefault(key, label)
    return {key: row(key, labels[key], ids_of(those), count(those, measure, group, nationality)) for key, those in members.items()}


def month(document: dict) -> dict[str, str]:
    """An incident whose range spans two periods is counted in the first."""
    return {document["date"]["start"][: OF_DAYS["month"]]: ""}


def year(document: dict) -> dict[str, str]:
    return {document["date"]["start"][: OF_DAYS["year"]]: ""}


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
        counted = count(those, measure, *people_in(by, key, group, nationality))
        if counted["best"] is not None:
            rows[key] = row(key, "", ids_of(those), counted)
    return rows


def people_in(by: str, key: str, group, nationality) -> tuple:
    """The group and nationality of those who are counted in a row."""
    return (key or group, nationality) if by == "group" else (group, key or nationality)


def divided(document: dict, by: str, measure: str, group: str, nationality: str) -> set[str]:
    statements_of(document)
    buckets = [one for one in document["toll"]["buckets"] if one["measure"] == measure and is_of(one, group, nationality)]
    return {one[by] for one in buckets if one[by] != PEOPLE[by]} or ({""} if buckets else set())


# From sums that were made elsewhere


def tally_of_sums(by: str, measure: str, total: dict, rows: dict[str, dict], shared, group=ANY_GROUP, nationality=ANY_NATIONALITY) -> dict:
    """The same tally, made of sums in place of documents.

    `total`: as sums.summed() gives it; `rows`: key → {"label", "ids", "sum"}; `shared`: those of the documents with together figures, for
    which as_counted() is enough.
    """
    shared, members, found = list(shared), {}, {}
    for document in shared:
        for key in keys_of(document, by, measure, group, nationality):
            members.setdefault(key, []).append(document)
    for key, known in rows.items():
        who = people_in(by, key, group, nationality) if by in PEOPLE else (group, nationality)
        found[key] = row(key, known["label"], known["ids"], with_together(known["sum"], members.get(key, []), measure, *who))
    return as_tally(by, measure, with_together(total, shared, measure, group, nationality), found)


def keys_of(document: dict, by: str, measure: str, group, nationality):
    """The keys of the rows that count the incident."""
    return divided(document, by, measure, group, nationality) if by in PEOPLE else BY[by](document)


NOT_COUNTED = ("quote", "text", "labels", "assertions", "translations", "url")


def as_counted(document: dict) -> dict:
    """What tallies read of a document, which is far less than all of it."""
    names = ("id", "date", "place", "kind", "participants", "toll", "evidence")
    statements = [{name: value for name, value in one.items() if name not in NOT_COUNTED} for one in document["statements"]]
    return {name: document[name] for name in names} | {"statements": statements}


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
OF_DAYS = {"month": 7, "year": 4}
"""What a tally is by → how much of the first day's ISO text is the key."""
