"""The second pass of an import: a plan without errors is written in one short transaction, recorded as a batch."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from borderwatch.projection import lock
from incidents.imports.changes import apply_change
from incidents.imports.desk import Desk
from incidents.imports.events import uid_of
from incidents.models import Figure, ImportBatch, ImportedEvent, Incident, Participation, Statement, StatementIncident
from sources.models import Article, Source

BATCH = 500
DAYS = ("started_on", "ended_on")


@transaction.atomic
def write(plan, by=None, review_state=Incident.ReviewState.DRAFT):
    """Put a plan's new and changed events on the desk, all or nothing. Returns the ImportBatch, None when nothing is new or changed.

    `by`: the user, or None for a command without one; `review_state`: of new incidents.
    Raises ValidationError where the plan has errors or another import came between.
    """
    if plan.errors:
        raise ValidationError([str(error) for error in plan.errors])
    if not (plan.new or plan.changed):
        return None
    lock()
    if ImportBatch.objects.values_list("pk", flat=True).first() != plan.last_batch:
        raise ValidationError(_("Another import was written since this file was checked. Check it again."))
    return Writing(plan, by, review_state).all()


class Writing(Desk):
    """One import as it is written."""

    def __init__(self, plan, by, review_state):
        super().__init__(plan.layout, by, _("Import of %(file)s") % {"file": plan.table.name})
        self.plan, self.review_state = plan, review_state

    def all(self):
        plan = self.plan
        self.batch = ImportBatch.objects.create(
            layout=plan.layout,
            file_name=plan.table.name[:255],
            sha256=plan.table.sha256,
            imported_by=self.by,
            imported_by_name=self.by.get_username() if self.by else "",
        )
        self.article = self.release_of_the_data_set()
        self.add_actors([*plan.new, *plan.changed])
        written = self.add_events(plan.new)
        written += [self.change(event) for event in plan.changed]
        ImportedEvent.objects.bulk_create(written, batch_size=BATCH)
        return self.batch

    # What all events share

    def release_of_the_data_set(self):
        """One article per file: the release of the data set, by the data set as its source."""
        source = Source.objects.filter(slug=self.module.SOURCE["slug"]).first() or self.saved(Source(**self.module.SOURCE))
        uid = uid_of(self.plan.layout, "article", self.plan.table.sha256)
        headline = self.module.HEADLINE.format(file=self.plan.table.name)[:500]
        return Article.objects.filter(uid=uid).first() or self.saved(Article(uid=uid, source=source, headline=headline))

    # New events, in bulk

    def add_events(self, events):
        """Incidents with their statement, figures and participants; returns the ImportedEvents, unsaved."""
        by_hand = Incident.objects.in_bulk(list(self.plan.linked.values()))
        incidents = {event.key: by_hand.get(self.plan.linked.get(event.key)) or self.incident(event) for event in events}
        self.add(Incident, [incident for incident in incidents.values() if incident.pk is None])
        statements = {event.key: self.statement(event) for event in events}
        self.add(Statement, list(statements.values()))
        links = [StatementIncident(statement=statements[event.key], incident=incidents[event.key]) for event in events]
        self.add(StatementIncident, links)
        figures = [self.figure(count, statements[event.key], incidents[event.key]) for event in events for count in event.counts]
        self.add(Figure, figures)
        new = [event for event in events if event.key not in self.plan.linked]
        self.add(Participation, [part for event in new for part in self.parts(event, incidents[event.key], statements[event.key])])
        return [self.imported(event, incidents[event.key], statements[event.key], is_new=True) for event in events]

    def add(self, model, rows):
        if rows:
            bulk_create_with_history(rows, model, batch_size=BATCH, default_user=self.by, default_change_reason=self.reason)

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

    def imported(self, event, incident, statement, is_new):
        values = {"batch": self.batch, "layout": self.plan.layout, "key": event.key, "row": event.row, "values": event.values()}
        return ImportedEvent(incident=incident, statement=statement, is_new=is_new, **values)

    # Changed events, one by one

    def change(self, event):
        """What the file changed since its last import, unless an editor changed the same."""
        known = self.plan.known[event.key]
        apply_change(event, known, self)
        return self.imported(event, known.incident, known.statement, is_new=False)


def as_fields(values):
    """An incident's values with days as dates."""
    return values | {name: values[name] and datetime.date.fromisoformat(values[name]) for name in DAYS}
