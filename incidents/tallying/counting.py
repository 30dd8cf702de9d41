"""Tallies and comparisons of what readers ask: which documents are counted, and what the rows are called."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from borderwatch.documents import moment_text
from borderwatch.lists import serving
from borderwatch.state import PublicState
from borderwatch.texts import words
from incidents.filters import TallyFilter
from incidents.pages import answer_line
from incidents.places import Place
from incidents.published import PublishedActor, PublishedIncident
from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY
from incidents.rule.sums import count, with_together
from incidents.tallies import OVERLAPPING, compare, is_comparable, tally, tally_of_sums
from incidents.tallying.adding import Rows, added, earliest_of_all, kept, kept_in_all, origins_of, shared_documents, sum_and_days
from incidents.tallying.another_day import READS_ACCOUNTS, OfDay, refuse_too_many
from incidents.tallying.counted import CountedIncident, is_complete
from sources.published import PublishedSource

EVERYBODY = {"group": ANY_GROUP, "nationality": ANY_NATIONALITY}


def tally_asked(asked, has_ids=True):
    """The answer to a TallyFilter: a tally with the words for its rows; without `has_ids` their `ids` are left empty."""
    by, measure = asked_of(asked)
    people = people_asked(asked)
    if is_added_up(asked):
        found = tally_of_sums(by, measure, *added_up(asked, has_ids), **people)
    else:
        is_whole = by in READS_ACCOUNTS or people != EVERYBODY
        if asked.as_of is not None and is_complete():
            refuse_too_many(asked.qs)
        found = tally(counted_documents(asked.qs, asked.as_of, is_whole), by, measure, **people)
    for row in found["rows"]:
        row["label"] = label_of(row, by)
    head = {"rule": found["rule"], "measure": found["measure"], "by": by, "as_of": moment_text(asked.as_of)}
    return head | {name: found[name] for name in ("total", "rows", "rows_add_up", "together")}


def asked_of(asked):
    """What the tally is by, and what it counts."""
    return asked.cleaned.get("by") or "month", asked.cleaned.get("measure") or "killed"


def is_added_up(asked):
    """Whether the database adds it up: of everybody, or of one group and nationality. Else documents are added up."""
    return all(isinstance(code, str) for code in people_asked(asked).values()) and is_complete()


def counted_rows(asked):
    """The rows that tallies count of the incidents asked for."""
    rows = CountedIncident.objects.all()
    return rows.none() if asked.is_malformed else asked.filter_queryset(rows)


def is_about_all(asked):
    """Whether every incident is asked for, whoever of its people is counted."""
    return not {*asked.given} - {"by", "measure", *EVERYBODY}


def added_up(asked, has_ids):
    """Total, rows and the documents with together figures, as tally_of_sums() takes them."""
    if asked.as_of is not None:
        return added_up_of_day(asked, has_ids)
    (by, measure), people, rows = asked_of(asked), tuple(people_asked(asked).values()), counted_rows(asked)
    is_kept = is_about_all(asked) and people == tuple(EVERYBODY.values())
    sums = kept(by, measure) if is_kept else Rows(rows, by, measure, people).sums()
    total = kept_in_all(measure) if is_kept else total_of(rows, by, measure, people, sums)
    ids = Rows(rows, by, measure, people).ids() if has_ids else {}
    return total, rows_of_sums(sums, ids, names_of(sums, by)), shared_documents(rows)


def added_up_of_day(asked, has_ids):
    """The same of another day."""
    day, (by, _measure) = of_day(asked), asked_of(asked)
    sums = day.sums()
    return day.total(sums), rows_of_sums(sums, day.ids() if has_ids else {}, names_of(sums, by, asked.as_of)), day.shared()


def of_day(asked):
    people = people_asked(asked)
    return OfDay(asked, *asked_of(asked), tuple(people.values()), people == EVERYBODY)


def rows_of_sums(sums, ids, labels):
    return {key: {"label": labels.get(key, ""), "ids": ids.get(key, ()), "sum": total} for key, total in sums.items()}


def total_of(rows, by, measure, people, sums):
    """The sum of all rows; out of the sums by key where none counts what another does."""
    return Rows(rows, "month", measure, people).sum() if by in OVERLAPPING else added(sums.values())


MOST_SOUGHT = 20_000
"""Incidents among which the first behind each row are looked for; of more, a row leads to their list."""


def first_ids(asked, keys, most, incidents):
    """Key → ids of the earliest incidents behind some rows of a tally that is added up, `most` of each.

    `incidents`: how many there are in all.
    """
    by, measure = asked_of(asked)
    people = people_asked(asked)
    if is_about_all(asked) and people == EVERYBODY and asked.as_of is None:
        return earliest_of_all(by, keys, measure, most)
    if incidents > MOST_SOUGHT:
        return {}
    rows = of_day(asked) if asked.as_of is not None else Rows(counted_rows(asked), by, measure, tuple(people.values()))
    found = rows.earliest(most)
    return {key: found.get(key, []) for key in keys}


def names_of(keys, by, moment=None):
    """Key → what the documents call it."""
    if by == "province":
        return dict(Place.objects.filter(slug__in=keys).values_list("slug", "name"))
    if by == "country":
        return dict(Place.objects.filter(kind=Place.Kind.COUNTRY, country__in=keys).values_list("country", "name"))
    if by in ("actor", "source"):
        named = (PublishedActor if by == "actor" else PublishedSource).objects
        rows = named.as_of(moment) if moment else named.current()
        return dict(rows.filter(public_id__in=keys).values_list("public_id", "title"))
    return {}


MOST_ADDED, MOST_READ, FEW = 500, 100, 20
"""Incidents that one sentence adds up, those of which it says by whose count, and those whose documents are soonest read."""


def answer_asked(asked, incidents):
    """answer_line.parts() for what a filter of incidents asks, `incidents` of them; None of none, or of more than a list adds up."""
    people = people_asked(asked)
    if not 0 < incidents <= (MOST_READ if asked.as_of else MOST_ADDED):
        return None
    measure = asked.cleaned.get("measure") or "killed"
    if incidents > FEW and people == EVERYBODY and asked.as_of is None and is_added_up(asked):
        return answer_added_up(asked, measure, with_origins=incidents <= MOST_READ)
    documents = counted_documents(asked.qs, asked.as_of, incidents <= MOST_READ or people != EVERYBODY)
    return answer_line.parts(documents, count(documents, measure, **people), measure, **people)


def answer_added_up(asked, measure, with_origins):
    """The same of everybody, now, out of the small rows."""
    rows = counted_rows(asked)
    total, days, has_shared = sum_and_days(rows, measure)
    shared = shared_documents(rows) if has_shared else []
    origins = origins_of(rows, measure) if with_origins else []
    return answer_line.parts_of_sum(with_together(total, shared, measure), days, origins, shared, measure)


def people_asked(asked):
    """Whose number is asked for: any of several groups, of several nationalities."""
    groups, nationalities = asked.cleaned.get("group") or [ANY_GROUP], asked.cleaned.get("nationality") or [ANY_NATIONALITY]
    return {"group": ANY_GROUP if ANY_GROUP in groups else alone(groups), "nationality": alone(nationalities)}


def alone(codes):
    """One code for itself, several as a list."""
    return codes[0] if len(set(codes)) == 1 else codes


def counted_documents(rows, moment, is_whole=False):
    """The documents of incidents as the rule needs them: list items where their tolls are enough."""
    rows = rows.order_by("date_start", "public_id")
    if moment is not None:
        return serving.documents(rows.with_text(), moment)
    if is_whole:
        return serving.documents(rows.only("pk", "document"))
    short = rows.filter(has_together=False).only("pk", "summary")
    return [*serving.list_items(short), *serving.documents(rows.filter(has_together=True).only("pk", "document"))]


def label_of(row, by):
    """What readers call a row of a tally."""
    key = row["key"]
    if not key:
        return _("not stated")
    if by == "month":
        return date_format(datetime.date.fromisoformat(f"{key}-01"), "YEAR_MONTH_FORMAT")
    lists = {"kind": "incident_kind", "group": "group", "nationality": "country", "evidence": "evidence"}
    return row["label"] or (str(words.word(key, lists[by])) if by in lists else key)


def comparisons(asked):
    """The results for the comparable tallies among the statements asked for (a StatementFilter), in ledger order."""
    rows = asked.qs.filter(act="tally").with_text().order_by("pk")
    superseding = state_at(asked.as_of).referring("statement", "supersedes", [row.uid for row in rows])
    standing = [row for row in rows if not superseding[str(row.uid)]]
    found = [statement for statement in serving.documents(standing, asked.as_of) if is_comparable(statement)]
    covered = [covered_rows(statement["covers"], asked.as_of) for statement in found]
    if asked.as_of is not None:
        refuse_too_many(*covered)
    documents = (counted_documents(rows, asked.as_of, is_whole=True) for rows in covered)
    return [compare(statement, those) for statement, those in zip(found, documents, strict=True)]


def state_at(moment):
    return PublicState.as_of(moment) if moment else PublicState.current()


def covered_rows(covers, moment):
    """The incidents of a tally's place and time."""
    place = (covers["place"] or {}).get("id")
    parameters = {"since": covers["start"], "until": covers["end"], "place": place}
    asked = TallyFilter({name: value for name, value in parameters.items() if value})
    return asked.filter_queryset(PublishedIncident.objects.as_of(moment) if moment else PublishedIncident.objects.current())
