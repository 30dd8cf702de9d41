"""The demonstration data set: read from fixtures/demo, put on the desk, and published as things became known.

What the files hold is told in fixtures/demo/README.md. Everything happens in one transaction: an interrupted load leaves nothing behind.
"""

import json
import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction

from incidents.models import Actor, Assertion, Figure, Incident, Label, Office, Participation, Place, Statement, StatementIncident
from sources.models import Article, Source

KINDS = {"source": Source, "article": Article, "actor": Actor, "incident": Incident, "statement": Statement}
PARTS = {
    "offices": (Office, "actor"),
    "participations": (Participation, "incident"),
    "incidents": (StatementIncident, "statement"),
    "figures": (Figure, "statement"),
    "labels": (Label, "statement"),
    "assertions": (Assertion, "statement"),
}
"""Rows that stand inside a record's own: their model, and its field that names the record."""
NAMESPACE = uuid.UUID("6f1d3c52-5b0e-4d0c-9a39-0d7f9a3f7c11")
"""The uids of demo records follow from their keys, so that a second load knows them again."""


def is_loaded():
    """Whether the last incident of the demonstration is public here, by whatever came later."""
    last = read("incidents.json")[-1]
    return Incident.objects.filter(uid=uid_of("incident", last["key"]), public_id__isnull=False).exists()


@transaction.atomic
def load(by, progress=lambda done, total: None):
    """Put the data set on the desk of an empty record and publish it step by step, as `by`."""
    desk = Desk(by)
    desk.enter_all("source", read("sources.json"))
    desk.enter_all("article", read("articles.json"))
    desk.enter_actors(read("actors.json"))
    desk.enter_all("incident", read("incidents.json"))
    steps = read("releases.json")
    for done, step in enumerate(steps, start=1):
        replay(step, desk, by)
        progress(done, len(steps))
    enter_exercise(desk)


def replay(step, desk, by):
    """One moment: what became known is entered, the desk edited, one record published."""
    for article in step.get("enter", []):
        desk.enter_statements(read(f"statements/{article}.json"))
    for edit in step.get("edit", []):
        desk.edit(**edit)
    record = desk.find(**step["publish"])
    carry = [desk.find(**other) for other in step.get("carry", [])]
    record.publish(by=by, at=datetime.fromisoformat(step["at"]), note=step.get("note", ""), kind=step.get("kind"), carry=carry)


def enter_exercise(desk):
    """An invented article with its full text, for trying the desk; it stays there."""
    exercise = read("exercise.json")
    for kind in ("source", "article", "actor", "incident"):
        desk.enter_all(kind, exercise[f"{kind}s"])
    desk.enter_statements(exercise["statements"])


def read(name):
    return json.loads((settings.BASE_DIR / "fixtures" / "demo" / name).read_text(encoding="utf-8"))


def uid_of(kind, key):
    return uuid.uuid5(NAMESPACE, f"{kind}/{key}")


class Desk:
    """The desk as the data set's files see it: every record and figure by its key, places by slug."""

    def __init__(self, editor):
        self.editor = editor
        self.known = {}
        self.participations = []
        self.unlinked = []

    def find(self, kind, key):
        """The record as it stands in the database now: publishing and editing count its versions."""
        return KINDS[kind].objects.get(pk=self.known[KINDS[kind], key].pk)

    def enter_all(self, kind, rows):
        for row in rows:
            self.enter(kind, row)
        for others, keys in self.unlinked:
            others.set(self.known[others.model, key] for key in keys)
        self.unlinked.clear()

    def enter_actors(self, rows):
        """All actors first, then the offices: a body may stand further down than its officers."""
        self.enter_all("actor", [{name: value for name, value in row.items() if name != "offices"} for row in rows])
        for row in rows:
            self.enter_parts("offices", row.get("offices", []), self.known[Actor, row["key"]])

    def enter_statements(self, rows):
        """Statements, and the participants whom they name."""
        self.enter_all("statement", rows)
        said = {row["key"] for row in rows}
        for incident, part in self.participations:
            if part["according_to"] in said:
                self.enter_parts("participations", [part], incident)

    def enter(self, kind, row):
        """Create one record with the parts that stand inside it."""
        plain = {name: value for name, value in row.items() if name not in PARTS}
        record = self.create(KINDS[kind], plain, uid=uid_of(kind, row["key"]))
        self.participations += [(record, part) for part in row.get("participations", [])]
        for name in ("incidents", "figures", "labels", "assertions"):
            self.enter_parts(name, row.get(name, []), record)

    def enter_parts(self, name, rows, record):
        model, owner = PARTS[name]
        for row in rows:
            self.create(model, row, **{owner: record})

    def create(self, model, row, **fixed):
        """A checked and saved instance. Lists of other records are linked once all are there: a figure may derive from a later one."""
        many = {name for name in row if name != "key" and model._meta.get_field(name).many_to_many}
        values = {name: self.resolved(model, name, value) for name, value in row.items() if name != "key" and name not in many}
        instance = model(**values, **fixed)
        self.save(instance)
        self.unlinked += [(getattr(instance, name), row[name]) for name in many]
        if "key" in row:
            self.known[model, row["key"]] = instance
        return instance

    def resolved(self, model, name, value):
        """The value of a field: keys and slugs become the records that they name."""
        field = model._meta.get_field(name)
        if not field.is_relation or value is None:
            return value
        if field.related_model is Place:
            return Place.objects.get(slug=value)
        return self.known[field.related_model, value]

    def edit(self, kind, key, **fields):
        record = self.find(kind, key)
        for name, value in fields.items():
            setattr(record, name, self.resolved(type(record), name, value))
        self.save(record)

    def save(self, record):
        """Checked like a form; the history says who and why."""
        record._history_user, record._change_reason = self.editor, "Demonstration data set"
        record.full_clean()
        record.save()
