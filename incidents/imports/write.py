"""The second pass of an import: a plan without errors is written in one short transaction, recorded as a batch."""

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from borderwatch.projection import lock
from incidents.imports.changes import apply_change
from incidents.imports.desk import Desk
from incidents.imports.events import uid_of
from incidents.imports.history import create_with_history
from incidents.models import Figure, ImportBatch, ImportedEvent, Incident, Participation, Statement, StatementIncident
from sources.models import Article, Source

BATCH = 500
DAYS = ("started_on", "ended_on")


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
        self.batch = ImportBatch(
            layout=plan.layout,
            file_name=plan.table.name[:255],
            sha256=plan.table.sha256,
            imported_by=by,
            imported_by_name=by.get_username() if by else "",
        )
        self.article = self.release_of_the_data_set()
        self.rows = {model: [] for model in (Incident, Statement, StatementIncident, Figure, Participation)}
        by_hand = Incident.objects.in_bulk(list(plan.linked.values()))
        self.imported_events = [self.new_event(event, by_hand.get(plan.linked.get(event.key))) for event in plan.new]

    def release_of_the_data_set(self):
        """One article per file: the release of the data set, by the data set as its source."""
        source = Source.objects.filter(slug=self.module.SOURCE["slug"]).first() or Source(**self.module.SOURCE)
        uid = uid_of(self.plan.layout, "article", self.plan.table.sha256)
        headline = self.module.HEADLINE.format(file=self.plan.table.name)[:500]
        return Article.objects.filter(uid=uid).first() or Article(uid=uid, source=source, headline=headline)

    def write(self):
        """The short transaction. Returns the ImportBatch, or None when there is nothing to write."""
        if not (self.plan.new or self.plan.changed):
            return None
        try:
            with transaction.atomic():
                lock()
                self.refuse_if_overtaken()
                self.write_all()
        except IntegrityError as error:
            raise ValidationError(_("The desk changed since this file was checked. Check it again.")) from error
        return self.batch

    def refuse_if_overtaken(self):
        if ImportBatch.objects.values_list("pk", flat=True).first() != self.plan.last_batch:
            raise ValidationError(_("Another import was written since this file was checked. Check it again."))

    def write_all(self):
        self.batch.save()
        for record in (self.article.source, self.article):
            if record.pk is None:
                self.saved(record)
        self.save_actors()
        for model, rows in self.rows.items():
            create_with_history(model, rows, self.by, self.reason)
        changed = [self.change(event) for event in self.plan.changed]
        ImportedEvent.objects.bulk_create([*self.imported_events, *changed], batch_size=BATCH)

    # New events

    def new_event(self, event, by_hand):
        """The rows of an event; where an editor entered its incident, `by_hand`, only the data set's statement is new."""
        incident, statement = by_hand or self.incident(event), self.statement(event)
        if by_hand is None:
            self.rows[Incident].append(incident)
            self.rows[Participation] += self.parts(event, incident, statement)
        self.rows[Statement].append(statement)
        self.rows[StatementIncident].append(StatementIncident(statement=statement, incident=incident))
        self.rows[Figure] += [self.figure(count, statement, incident) for count in event.counts]
        return self.imported(event, incident, statement, is_new=True)

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
