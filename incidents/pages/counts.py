"""Tallies and comparisons as pages show them: counting.py's answers with the words, bars and statements beside them."""

from django.core.cache import cache
from django.db.models import Count, Max, Min
from django.urls import reverse

from borderwatch.documents import moment_text
from borderwatch.lists import paging
from borderwatch.models import DataVersion, Edition
from borderwatch.public.caching import remembered
from borderwatch.texts import words
from incidents.filters import StatementFilter, TallyFilter
from incidents.pages import behind_rows, drawing
from incidents.pages.reading import MEASURES
from incidents.published import PublishedIncident, PublishedStatement, StatementFacet
from incidents.tallying import counting
from incidents.tallying.another_day import rows_of
from incidents.tallying.counted import CountedIncident, is_complete
from incidents.tallying.counting import comparisons as comparisons_asked
from incidents.tallying.counting import tally_asked
from incidents.tallying.otherwise import TooManyDocuments

A_DAY = 24 * 3600


def in_all(page):
    """The record in one number, with the counts of others beside it; computed once for each state of the record."""
    version = DataVersion.objects.values_list("number", flat=True).first()
    chain = Edition.objects.order_by("-sequence").values_list("chain", flat=True).first()
    key = f"in-all-{version}-{chain}-{page.moment and page.moment.timestamp()}"
    found = cache.get(key)
    if found is None:
        tally = tally_asked(TallyFilter(day_of(page) | {"by": "year"}), has_ids=False)
        found = {"tally": tally, "span": span(page), "comparisons": comparisons_if_few(page)}
        cache.set(key, found, A_DAY)
    return found


def comparisons_if_few(page):
    """The comparisons; none where they would read more documents of another day than one answer may: their own page says so."""
    try:
        return comparisons(page)
    except TooManyDocuments:
        return []


def answer(page, incidents):
    """The answer line of what the page was asked, dated: as of the day asked for, or of the last change of the record."""
    name = f"answer {paging.counted_as(page.asked)}"
    found = remembered(name, page.stamp.version, lambda: counting.answer_asked(page.asked, incidents) or {})
    return found and found | standing(page)


def statements_answer(page, part):
    """The same of a list of statements, of which `part` is a page: how many, said when; None of more than are counted exactly."""
    if not part.count or not part.count_is_exact:
        return None
    name, rows = f"answer {paging.counted_as(page.asked)}", page.asked.qs
    days = remembered(name, page.stamp.version, lambda: rows.aggregate(dated=Count("said_on"), start=Min("said_on"), end=Max("said_until")))
    return days | {"statements": part.count} | standing(page)


def standing(page):
    """Which record the page shows: {"as_of", "chain"}, the moment and the digest that fixes all that readers saw until then."""
    editions = Edition.objects.filter(release__valid_from__lte=page.moment) if page.moment else Edition.objects
    changed, chain = editions.order_by("-sequence").values_list("release__valid_from", "chain").first() or (page.moment, "")
    return {"as_of": page.moment or changed, "chain": f"sha256:{chain}"}


def day_of(page):
    """The page's moment as a parameter."""
    return {"as_of": page.request.as_of_asked} if page.moment else {}


def span(page):
    """The first and last day that incidents fall on, as the period of a tally; None without incidents."""
    rows = [page.rows(PublishedIncident)]
    if is_complete():
        rows = rows_of(page.moment) if page.moment else [CountedIncident.objects]
    first = [some.order_by("date_start").values_list("date_start", flat=True).first() for some in rows]
    last = [some.order_by("-date_end").values_list("date_end", flat=True).first() for some in rows]
    return {"start": min(filter(None, first)), "end": max(filter(None, last))} if any(first) else None


def tally_context(page):
    """What the tallies page shows of what was asked."""
    asked = page.asked
    by, measure = (asked.cleaned.get(name) or default for name, default in (("by", "month"), ("measure", "killed")))
    chosen = {"by": {"choices": list(words.TALLY_BY), "chosen": by}, "measure": {"choices": MEASURES, "chosen": measure}}
    if asked.is_malformed:
        return chosen | {"tally": None}
    result = tally_asked(asked, has_ids=page.shows_ids)
    every = [row | {"bar": bar} for row, bar in zip(result["rows"], drawing.bars(result["rows"]), strict=True)]
    rows = behind_rows.shown(every, by, page.shows_all)
    return chosen | {
        "tally": result,
        "rows": behind_rows.with_incidents(page, rows, by, result["total"]["incidents"]),
        "rows_left": len(every) - len(rows),
        "all_url": whole_url(page),
        "shared": distinct(result["together"]),
        "answer": answer(page, result["total"]["incidents"]),
        "files": files(page),
        "cite_url": pinned(page),
    }


def whole_url(page):
    """The page's address with every row of the tally."""
    query = page.request.GET.copy()
    query["all"] = "1"
    return f"{page.request.path}?{query.urlencode()}"


def files(page):
    """The same tally to take along; the API's is read by programs."""
    addresses = {"SVG": reverse("tallies-svg"), "CSV": reverse("tallies-csv"), "JSON": "/api/v1/tallies/"}
    return [{"name": name, "url": page.with_query(address, but=("all",))} for name, address in addresses.items()]


def pinned(page):
    """The tally's page with the moment that it shows, so that whoever cites it sees the same numbers."""
    query = page.request.GET.copy()
    query["as_of"] = moment_text(standing(page)["as_of"])
    return page.request.build_absolute_uri(f"{reverse('tallies')}?{query.urlencode(safe=':')}")


def distinct(figures):
    """Figures for several incidents together, those that say the same of the same people once."""
    found = {}
    for figure in figures:
        same = (*(figure[name] for name in ("measure", "group", "nationality", "low", "high")), *figure["incidents"])
        found.setdefault(same, figure)
    return list(found.values())


def comparisons(page):
    """Every tally by others that can be compared, newest first, with the statement that makes it."""
    found = comparisons_asked(StatementFilter(day_of(page)))
    rows = page.rows(PublishedStatement).filter(public_id__in=[result["statement"] for result in found])
    labels = labels_beside(page, rows)
    said = {document["id"]: document for document in page.documents(rows)}
    numbers = {number for result in found for number in result["incidents"]}
    incidents = page.documents(page.rows(PublishedIncident).filter(public_id__in=numbers), summary=True)
    counted = {document["id"]: document for document in incidents}
    return [
        result
        | {
            "said": said[result["statement"]],
            "rows": measure_rows(result),
            "labels": labels.get(said[result["statement"]]["article"]["id"], []),
            "counted": [counted[number] for number in result["incidents"]],
        }
        for result in reversed(found)
    ]


MOST_BESIDE = 50
"""Statements beside tallies that are read for what they call people."""


def labels_beside(page, tallies):
    """Article → what people are called in it by statements about no one incident: they speak of the dead whom the tally counts."""
    about_one = StatementFacet.objects.filter(name="incident").values("row")
    beside = page.rows(PublishedStatement).filter(article_uid__in=tallies.values("article_uid")).exclude(pk__in=about_one)
    found = {}
    for said in page.documents(beside.order_by("pk")[:MOST_BESIDE]):
        for label in said["labels"]:
            found.setdefault(said["article"]["id"], []).append(label | {"speaker": said["speaker"], "statement": said["id"]})
    return found


def measure_rows(result):
    """A row for each measure that the other count claims."""
    claimed = [measure for measure in MEASURES if result["claimed"].get(measure)]
    return [{"measure": measure, **{part: result[part][measure] for part in ("claimed", "recorded", "difference")}} for measure in claimed]
