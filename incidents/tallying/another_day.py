"""Tallies of another day, added up by the database: of the rows that readers see still and of those that they saw until later (past.py).

Of the few incidents of which rows may say otherwise (otherwise.py), the documents of that day are read and added.
"""

from collections import defaultdict
from datetime import date

from borderwatch.lists import serving
from incidents.rule.sums import summed, total_of
from incidents.tallies import OVERLAPPING, PEOPLE, keys_of, people_in
from incidents.tallying.adding import Rows, added, first_of, shared_documents
from incidents.tallying.counted import CountedIncident
from incidents.tallying.otherwise import MOST_COMPOSED, TooManyDocuments, told_otherwise, with_other_actors
from incidents.tallying.past import PastIncident

READS_ACCOUNTS = ("group", "nationality", "source")
"""Ways to count by that depend on who tells of what: they need every statement."""


def rows_of(moment):
    """The rows that are counted of the incidents that readers saw at `moment`: those that they see now, and the others."""
    return [
        CountedIncident.objects.filter(valid_from__lte=moment),
        PastIncident.objects.filter(valid_from__lte=moment, valid_to__gt=moment),
    ]


class OfDay:
    """What a filter of tallies asks of another day; `people`: group and nationality, one code each."""

    def __init__(self, asked, by, measure, people, is_everybody):
        self.by, self.measure, self.people = by, measure, people
        rows = [one.none() if asked.is_malformed else asked.filter_queryset(one) for one in rows_of(asked.as_of)]
        keys = counted_otherwise(rows, asked.as_of, by, is_everybody)
        self.documents = documents_of(asked, keys, is_bounded=by in (*READS_ACCOUNTS, "actor") or not is_everybody) if keys else []
        self.rows = [one.exclude(pk__in=keys) for one in rows] if keys else rows

    def parts(self, by=None):
        return [Rows(rows, by or self.by, self.measure, self.people) for rows in self.rows]

    def sums(self):
        """Key → sum."""
        found = defaultdict(list)
        for part in (*(part.sums() for part in self.parts()), self.sums_of_documents()):
            for key, one in part.items():
                found[key].append(one)
        return {key: added(sums) for key, sums in found.items()}

    def total(self, sums):
        """The sum of them all; out of the sums by key where none counts what another does."""
        if self.by not in OVERLAPPING:
            return added(sums.values())
        read = summed([total_of(document, self.measure, *self.people) for document in self.documents])
        return added([*(part.sum() for part in self.parts("month")), read])

    def ids(self):
        """Key → ids of its incidents."""
        found = defaultdict(list)
        for part in self.parts():
            for key, numbers in part.ids().items():
                found[key] += numbers
        for key, documents in self.members().items():
            found[key] += [document["id"] for document in documents]
        return found

    def earliest(self, most):
        """Key → ids of its first `most` incidents."""
        members = self.members().items()
        read = [(date.fromisoformat(document["date"]["start"]), document["id"], key) for key, those in members for document in those]
        return first_of([*(row for part in self.parts() for row in part.by_day()), *read], most)

    def shared(self):
        """What is counted of those that figures count together with others."""
        stored = [document for rows in self.rows for document in shared_documents(rows)]
        return [*stored, *(document for document in self.documents if document["toll"]["together"])]

    # What is read

    def members(self):
        """Key → documents that it counts."""
        found = defaultdict(list)
        for document in self.documents:
            for key in keys_of(document, self.by, self.measure, *self.people):
                found[key].append(document)
        return found

    def sums_of_documents(self):
        found = {}
        for key, documents in self.members().items():
            who = people_in(self.by, key, *self.people) if self.by in PEOPLE else self.people
            found[key] = summed([total_of(document, self.measure, *who) for document in documents])
        return {key: one for key, one in found.items() if self.by not in PEOPLE or one["best"] is not None}


def counted_otherwise(rows, moment, by, is_everybody):
    """Keys of public rows that may have been counted otherwise; where nobody's account matters, those with together figures alone."""
    found = with_other_actors(moment) if by == "actor" else set()
    if by in READS_ACCOUNTS or not is_everybody:
        return found | told_otherwise(moment)
    shared = {key for one in rows for key in one.exclude(shared="").values_list("pk", flat=True)}
    return found | (shared & told_otherwise(moment) if shared else set())


def refuse_too_many(*rows):
    """Raise TooManyDocuments where these are more rows than one answer may read the documents of."""
    if sum(some.order_by()[: MOST_COMPOSED + 1].count() for some in rows) > MOST_COMPOSED:
        raise TooManyDocuments


def documents_of(asked, keys, is_bounded):
    """The documents of these rows, of those asked for."""
    rows = list(asked.qs.filter(pk__in=keys).with_text().order_by("date_start", "public_id")[: MOST_COMPOSED + 1 if is_bounded else None])
    if is_bounded and len(rows) > MOST_COMPOSED:
        raise TooManyDocuments
    return serving.documents(rows, asked.as_of)
