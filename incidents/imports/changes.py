"""A later release of a data set says something else of an event: what the file changed is changed, what an editor changed stays."""

import datetime
from collections import Counter, defaultdict

from borderwatch.batches import ASKED, in_batches
from incidents.imports.events import uid_of
from incidents.imports.overwriting import Overwriting
from incidents.models import Figure, Incident, Participation, Statement

BATCH = 500
DAYS = ("started_on", "ended_on")
COUNTED = ("low", "best", "high", "wording", "calculation", "verdict", "verdict_reason")


class Changes:
    """What other values of events change on the desk: `rows` that are overwritten or taken away, and new ones in `staged` (Staged).

    `pairs`: each event as it is from now on, with the ImportedEvent that says what was known of it before.
    """

    def __init__(self, desk, staged, pairs):
        self.desk, self.staged, self.pairs, self.rows = desk, staged, pairs, Overwriting(Figure)
        self.uids = uids_of(Incident, [known.incident_id for _event, known in pairs])
        for event, known in pairs:
            if self.sides_changed(event, known):
                desk.name_actors(event)

    def is_ours(self, event, known):
        """Whether an import made the incident, and not an editor."""
        return self.uids[known.incident_id] == uid_of(known.layout, "incident", event.key)

    def sides_changed(self, event, known):
        return known.values["sides"] != event.values()["sides"] and self.is_ours(event, known)

    def counts(self):
        """Model → how many new rows there can be of it."""
        sides = sum(len(event.sides) for event, known in self.pairs if self.sides_changed(event, known))
        return Counter({Figure: sum(len(event.counts) for event, _known in self.pairs), Participation: sides})

    def stage(self):
        """Work all of it out; `staged` has the keys for it."""
        for some in in_batches(self.pairs, BATCH):
            before = Before([known for _event, known in some])
            found = [Change(self, event, known, before) for event, known in some]
            self.rows.change(row for one in found for row in one.changed)
            self.rows.take_away(row for one in found for row in one.gone)
            self.staged.add(self.staged.keyed(row) for one in found for row in one.new)


def uids_of(model, keys):
    """Primary key → uid."""
    return {key: uid for some in in_batches(keys, ASKED) for key, uid in model.objects.filter(pk__in=some).values_list("pk", "uid")}


class Before:
    """The rows of the desk that some ImportedEvents are about, as they stand."""

    def __init__(self, known):
        self.incidents = Incident.objects.in_bulk([one.incident_id for one in known])
        self.statements = Statement.objects.in_bulk([one.statement_id for one in known])
        self.figures, self.parts = defaultdict(list), defaultdict(list)
        for figure in Figure.objects.filter(statement__in=self.statements, nationality="").order_by("pk"):
            self.figures[figure.statement_id].append(figure)
        for part in Participation.objects.filter(according_to__in=self.statements).order_by("pk"):
            self.parts[part.incident_id, part.according_to_id].append(part)


class Change:
    """One event: rows as they will be (`changed`), new ones without a key, and those that are `gone`."""

    def __init__(self, changes, event, known, before):
        self.desk, self.event, self.old, self.now = changes.desk, event, known.values, event.values()
        self.incident, self.statement = before.incidents[known.incident_id], before.statements[known.statement_id]
        self.changed, self.new, self.gone = [], [], []
        if changes.is_ours(event, known):
            self.change_incident()
        if changes.sides_changed(event, known):
            self.change_sides(before.parts[self.incident.pk, self.statement.pk])
        self.change_statement()
        self.change_figures(before.figures[self.statement.pk])

    def change_incident(self):
        places, (old, new) = self.desk.places, (self.old["place_names"], self.now["place_names"])
        if old != new and self.incident.place_id == key_of(places.find(old)):
            self.incident.place = places.find(new)
        change_fields(self.incident, self.old["incident"], self.now["incident"])
        self.save(self.incident)

    def change_sides(self, before):
        """Participants according to the data set's statement are what the file names now."""
        self.gone += before
        self.new += self.desk.parts(self.event, self.incident, self.statement)

    def change_statement(self):
        change_fields(self.statement, self.old["statement"], self.now["statement"])
        self.statement.article = self.desk.article
        self.save(self.statement)

    def save(self, record):
        record.version += 1
        self.changed.append(record)

    def change_figures(self, figures):
        """Figure by figure, by measure and group; one that the file no longer gives goes, unless an editor changed it."""
        figures = {(figure.measure, figure.group): figure for figure in figures}
        old = {(count["measure"], count["group"]): count for count in self.old["counts"]}
        new = {(count.measure, count.group): count for count in self.event.counts}
        first = [count for key, count in new.items() if key not in old and key not in figures]
        self.new += [self.desk.figure(count, self.statement, self.incident) for count in first]
        for key, figure in figures.items():
            if key in old and is_untouched(figure, old[key]):
                self.change_figure(figure, new.get(key))

    def change_figure(self, figure, count):
        """`count`: what the file has in its place, None for nothing."""
        if count is None:
            self.gone.append(figure)
        elif not is_untouched(figure, vars(count)):
            for name in COUNTED:
                setattr(figure, name, getattr(count, name))
            self.changed.append(figure)


def key_of(place):
    return place and place.pk


def change_fields(record, old, new):
    """Set what the file changed, unless an editor did."""
    for name, value in new.items():
        if value != old.get(name) and plain(getattr(record, name)) == old.get(name):
            setattr(record, name, datetime.date.fromisoformat(value) if name in DAYS and value else value)


def plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def is_untouched(figure, count):
    return all(getattr(figure, name) == count[name] for name in COUNTED)
