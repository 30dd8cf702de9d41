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
from incidents.published import PublishedIncident
from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY
from incidents.rule.sums import count
from incidents.tallies import compare, is_comparable, tally

EVERYBODY = {"group": ANY_GROUP, "nationality": ANY_NATIONALITY}
READS_STATEMENTS = ("group", "nationality", "source")
"""Ways to count by that need every statement."""


def tally_asked(asked):
    """The answer to a TallyFilter: a tally with the words for its rows."""
    by, measure = asked.cleaned.get("by") or "month", asked.cleaned.get("measure") or "killed"
    people = people_asked(asked)
    is_whole = by in READS_STATEMENTS or people != EVERYBODY
    found = tally(counted_documents(asked.qs, asked.as_of, is_whole), by, measure, **people)
    for row in found["rows"]:
        row["label"] = label_of(row, by)
    head = {"rule": found["rule"], "measure": found["measure"], "by": by, "as_of": moment_text(asked.as_of)}
    return head | {name: found[name] for name in ("total", "rows", "rows_add_up", "together")}


MOST_ADDED, MOST_READ = 500, 100
"""Incidents that one sentence adds up, and those whose statements are read to say by whose count."""


def answer_asked(asked, incidents):
    """answer_line.parts() for what a filter of incidents asks, `incidents` of them; None of none, or of more than a list adds up."""
    people = people_asked(asked)
    if not 0 < incidents <= (MOST_READ if asked.as_of else MOST_ADDED):
        return None
    documents = counted_documents(asked.qs, asked.as_of, incidents <= MOST_READ or people != EVERYBODY)
    measure = asked.cleaned.get("measure") or "killed"
    return answer_line.parts(documents, count(documents, measure, **people), measure, **people)


def people_asked(asked):
    """Whose number is asked for: any of several groups, of several nationalities."""
    groups = asked.cleaned.get("group") or [ANY_GROUP]
    return {"group": ANY_GROUP if ANY_GROUP in groups else groups, "nationality": asked.cleaned.get("nationality") or ANY_NATIONALITY}


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
    rows = asked.qs.filter(is_tally=True).with_text().order_by("pk")
    superseding = state_at(asked.as_of).referring("statement", "supersedes", [row.uid for row in rows])
    standing = [row for row in rows if not superseding[str(row.uid)]]
    found = [statement for statement in serving.documents(standing, asked.as_of) if is_comparable(statement)]
    return [compare(statement, covered_documents(statement["covers"], asked.as_of)) for statement in found]


def state_at(moment):
    return PublicState.as_of(moment) if moment else PublicState.current()


def covered_documents(covers, moment):
    """The whole documents of the incidents of a tally's place and time."""
    place = (covers["place"] or {}).get("id")
    parameters = {"since": covers["start"], "until": covers["end"], "place": place}
    asked = TallyFilter({name: value for name, value in parameters.items() if value})
    rows = asked.filter_queryset(PublishedIncident.objects.as_of(moment) if moment else PublishedIncident.objects.current())
    return counted_documents(rows, moment, is_whole=True)
