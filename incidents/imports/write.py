"""The second pass of an import: a plan without errors is written in one short transaction, recorded as a batch."""

import datetime
from collections import Counter
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.projection import lock
from incidents.imports.changes import Changes
from incidents.imports.desk import Desk
from incidents.imports.events import uid_of
from incidents.imports.staging import Staged
from incidents.models import Figure, ImportBatch, ImportedEvent, Incident, Participation, Statement, StatementIncident
from sources.models import Article, Source

BATCH = 500
DAYS = ("started_on", "ended_on")
DEADLOCK = "40P01"
"""PostgreSQL's word for two that wait for each other; it ends one of them."""


def write(plan, by=None, review_state=Incident.ReviewState.DRAFT):
    """Put a plan's new and changed events on the desk, all or nothing. Returns the ImportBatch, None when nothing is new or changed.

    `by`: the user, or None for a command without one; `review_state`: of new incidents.
    Raises ValidationError where the plan has errors or the desk changed under it.
    """
    return prepare(plan, by, review_state).write()


def prepare(plan, by=None, review_state=Incident.ReviewState.DRAFT):
    """The Writing of a plan, with all new rows made: nobody has to wait for that."""
    if plan.errors:
        raise ValidationError([str(error) for error in plan.errors])
    return Writing(plan, by, review_state)


class Writing(Desk):
    """One import: its new rows as they will be written."""

    def __init__(self, plan, by, review_state):
        super().__init__(plan.layout, by, _("Import of %(file)s") % {"file": plan.table.name})
        self.plan, self.review_state = plan, review_state
        self.by_hand = Incident.objects.in_bulk(list(plan.linked.values()))
        self.staged = Staged()
        if plan.new or plan.changed:
            self.make_ready()

    def make_ready(self):
        """Every row that is new, with a key of its own and what it names, and every row that changes."""
        for event in self.plan.new:
            if self.incident_by_hand(event) is None:  # an incident that an editor entered has its participants
                self.name_actors(event)
        self.changes = Changes(self, self.staged, [(event, self.plan.known[event.key]) for event in self.plan.changed])
        self.batch, self.article = self.new_batch(), self.release_of_the_data_set()
        single = [self.batch, *(record for record in (self.article.source, self.article) if record.pk is None), *self.taken_new_actors()]
        self.staged.reserve(self.counts() + self.changes.counts() + Counter(map(type, single)))
        self.staged.add(map(self.staged.keyed, single))
        for some in in_batches(self.plan.new, BATCH):
            self.staged.add(row for event in some for row in self.new_rows(event, self.incident_by_hand(event)))
        self.changes.stage()
        for some in in_batches(self.changes.pairs, BATCH):
            self.staged.add(self.staged.keyed(self.imported(*pair, is_new=False)) for pair in some)

    def counts(self):
        """Model → how many new rows there can be of it."""
        new = self.plan.new
        parts = {Figure: sum(len(event.counts) for event in new), Participation: sum(len(event.sides) for event in new)}
        models = dict.fromkeys((Incident, Statement, StatementIncident), len(new)) | {ImportedEvent: len(new) + len(self.plan.changed)}
        return Counter(models | parts)

    def new_batch(self):
        plan, name = self.plan, self.by.get_username() if self.by else ""
        words = {"file_name": plan.table.name[:255], "sha256": plan.table.sha256, "imported_at": timezone.now()}
        return ImportBatch(layout=plan.layout, imported_by=self.by, imported_by_name=name, **words)

    def incident_by_hand(self, event):
        """The incident that an editor entered for it, or None."""
        return self.by_hand.get(self.plan.linked.get(event.key))

    def release_of_the_data_set(self):
        """One article per file: the release of the data set, by the data set as its source."""
        source = Source.objects.filter(slug=self.module.SOURCE["slug"]).first() or Source(**self.module.SOURCE)
        uid = uid_of(self.plan.layout, "article", self.plan.table.sha256)
        headline = self.module.HEADLINE.format(file=self.plan.table.name)[:500]
        return Article.objects.filter(uid=uid).first() or Article(uid=uid, source=source, headline=headline)

    def write(self):
        """The short transaction. Returns the ImportBatch, or None when there is nothing to write."""
        if self.plan.new or self.plan.changed:
            with written_or_refused(self.staged, self.changes.rows):
                self.write_all()
                return ImportBatch.objects.get(pk=self.batch.pk)

    @transaction.atomic
    def write_all(self):
        """In PostgreSQL nobody who publishes has to wait for the rows: the lock comes after them."""
        self.refuse_if_overtaken()
        self.changes.rows.write(self.by, self.reason)
        self.staged.write(self.by, self.reason)
        lock()
        self.refuse_if_overtaken()

    def refuse_if_overtaken(self):
        before = ImportBatch.objects.exclude(pk=self.batch.pk).values_list("pk", flat=True).first()
        if before != self.plan.last_batch:
            raise ValidationError(_("Another import was written since this file was checked. Check it again."))

    # New events

    def new_rows(self, event, by_hand):
        """The rows of an event; where an editor entered its incident, `by_hand`, only the data set's statement is new."""
        keyed = self.staged.keyed
        incident, statement = by_hand or keyed(self.incident(event)), keyed(self.statement(event))
        if by_hand is None:
            yield incident
            yield from map(keyed, self.parts(event, incident, statement))
        yield statement
        yield keyed(StatementIncident(statement=statement, incident=incident))
        yield from (keyed(self.figure(count, statement, incident)) for count in event.counts)
        yield keyed(self.imported(event, ImportedEvent(incident=incident, statement=statement), is_new=True))

    def incident(self, event):
        slug = f"{slugify(event.incident['title'])[:60].strip('-')}-{slugify(self.plan.layout)}-{slugify(event.key)}"[:100]
        return Incident(
            uid=uid_of(self.plan.layout, "incident", event.key),
            slug=slug.strip("-"),
            external_ids={self.module.KEY: event.key},
            place=self.places.find(event.place_names),
            review_state=self.review_state,
            **as_fields(event.incident),
        )

    def statement(self, event):
        """The data set's own report: its origin is the source of the article. What may not be passed on is internal."""
        visibility = Statement.Visibility.PUBLIC if self.module.IS_REDISTRIBUTABLE else Statement.Visibility.INTERNAL
        return Statement(
            uid=uid_of(self.plan.layout, "statement", event.key),
            article=self.article,
            act=Statement.Act.REPORT,
            attribution=Statement.Attribution.OUTLET,
            visibility=visibility,
            **event.statement,
        )

    def imported(self, event, about, is_new):
        """What this import remembers of an event; `about`: the ImportedEvent that names its incident and statement."""
        values = {"batch": self.batch, "layout": self.plan.layout, "key": event.key, "row": event.row, "values": event.values()}
        return ImportedEvent(incident_id=about.incident_id, statement_id=about.statement_id, is_new=is_new, **values)


@contextmanager
def written_or_refused(*staged):
    """What is staged is forgotten in the end, and what somebody else wrote meanwhile is told."""
    try:
        yield
    except DatabaseError as error:
        refuse_if_the_desk_changed(error)
        raise
    finally:
        for one in staged:
            one.forget()


def refuse_if_the_desk_changed(error):
    """Raise ValidationError for what the database refuses because somebody wrote the same, or publishes what this import names."""
    if isinstance(error, IntegrityError) or getattr(error.__cause__, "sqlstate", "") == DEADLOCK:
        raise ValidationError(_("The desk changed since this file was checked. Check it again.")) from error


def as_fields(values):
    """An incident's values with days as dates."""
    return values | {name: values[name] and datetime.date.fromisoformat(values[name]) for name in DAYS}
