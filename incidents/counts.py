"""Tallies and comparisons as pages show them: the sums of tallies.py with the words, bars and statements beside them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from borderwatch import words
from incidents import drawing
from incidents.comparisons import compare, is_comparable
from incidents.published import PublishedIncident, PublishedStatement
from incidents.tallies import BY, tally

MEASURES = ("killed", "injured", "missing", "detained")


def in_all(page):
    """The record in one number, with the counts of others beside it."""
    documents = page.documents(page.rows(PublishedIncident).order_by("date_start", "pk"))
    return {"tally": tally(documents, "year"), "span": span(documents), "comparisons": comparisons(page)}


def span(documents):
    """The first and last day that incidents fall on, as the period of a tally; None without incidents."""
    if not documents:
        return None
    days = [document["date"]["start"] for document in documents]
    ends = [document["date"]["end"] for document in documents]
    return {"start": min(days), "end": max(ends)}


# One tally


def tally_context(page):
    """What the tallies page shows of what was asked."""
    asked = page.asked
    by, measure = asked.cleaned.get("by") or "month", asked.cleaned.get("measure") or "killed"
    chosen = {"by": {"choices": list(BY), "chosen": by}, "measure": {"choices": MEASURES, "chosen": measure}}
    if asked.is_malformed:
        return chosen | {"tally": None}
    documents = page.documents(asked.qs.order_by("date_start", "pk"))
    result = tally(documents, by, measure, **restriction(asked))
    rows = [row | {"label": label_of(by, row), "bar": bar} for row, bar in zip(result["rows"], drawing.bars(result["rows"]), strict=True)]
    return chosen | {"tally": result, "rows": rows, "api_url": page.with_query("/api/v1/tallies/")}


def restriction(asked):
    """Which people are counted: one group or nationality where one was asked for."""
    group, nationality = asked.cleaned.get("group") or [], asked.cleaned.get("nationality") or []
    return {"group": group[0] if len(group) == 1 else "all", "nationality": nationality[0] if len(nationality) == 1 else ""}


def label_of(by, row):
    """What a row of a tally is called."""
    key = row["key"]
    if not key:
        return _("not stated")
    if by == "month":
        return date_format(date.fromisoformat(f"{key}-01"), "F Y")
    if by in LISTS:
        return words.word(key, LISTS[by])
    return row["label"] or key


LISTS = {"kind": "incident_kind", "group": "group", "nationality": "country", "evidence": "evidence", "country": "country"}


# Beside the counts of others


def comparisons(page):
    """Every tally by others that can be compared, with the statement that makes it, newest first."""
    rows = page.rows(PublishedStatement).filter(is_tally=True).order_by("-said_on", "-pk")
    said = [document for document in page.documents(rows) if is_comparable(document)]
    superseded = {document["supersedes"] for document in said}
    return [comparison(document, page) for document in said if document["id"] not in superseded]


def comparison(said, page):
    place = said["covers"]["place"]
    rows = page.rows(PublishedIncident)
    if place:
        rows = rows.filter(pk__in=PublishedIncident.facet_model.objects.filter(name="place", value=place["id"]).values("row"))
    result = compare(said, page.documents(rows))
    measures = [measure for measure in MEASURES if result["claimed"].get(measure)]
    return result | {
        "said": said,
        "rows": [
            {"measure": measure, **{part: result[part][measure] for part in ("claimed", "recorded", "difference")}} for measure in measures
        ],
    }
