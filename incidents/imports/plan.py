"""The first pass of an import: every row is read and checked, and compared with what is known. Nothing is written."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from incidents.imports import acled, ucdp_ged
from incidents.imports.cells import Cells
from incidents.imports.events import Event
from incidents.imports.reading import Table, Unreadable
from incidents.imports.remarks import Remark
from incidents.models import ImportBatch, ImportedEvent, Incident

LAYOUTS = {"ucdp-ged": ucdp_ged, "acled": acled}


@dataclass
class Plan:
    """What an import would do.

    `known`: key → the ImportedEvent that an event is compared with; `linked`: key → primary key of an incident entered by hand.
    """

    layout: str
    table: Table
    new: list[Event] = field(default_factory=list)
    changed: list[Event] = field(default_factory=list)
    same: list[Event] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    known: dict = field(default_factory=dict)
    linked: dict = field(default_factory=dict)
    last_batch: int | None = None
    total: int = 0
    """Rows of the file."""

    @property
    def events(self):
        return [*self.new, *self.changed, *self.same]

    @property
    def best(self):
        """The sum of the file's own numbers of deaths."""
        return sum(event.best or 0 for event in self.events)

    @property
    def module(self):
        return LAYOUTS[self.layout]


def make_plan(layout, table, progress=lambda done, total: None):
    """The Plan of importing `table`. Raises Unreadable where its first row is no header of the layout."""
    module = LAYOUTS[layout]
    refuse_other_columns(layout, module, table)
    last = ImportBatch.objects.values_list("pk", flat=True).first()
    plan = Plan(layout, table, last_batch=last, total=len(table.rows))
    events = read_events(module, plan, progress)
    compare(plan, events)
    return plan


def refuse_other_columns(layout, module, table):
    names = {module.OTHER_NAMES.get(column, column) for column in table.columns}
    missing = [column for column in module.REQUIRED if column not in names]
    words = {"name": table.name, "layout": layout, "columns": ", ".join(missing)}
    if len(missing) > len(module.REQUIRED) / 2:
        raise Unreadable(_("%(name)s: row 1 is not the header of the layout %(layout)s; these columns are missing: %(columns)s") % words)
    twice = sorted({column for column in table.columns if column and table.columns.count(column) > 1})
    if twice:
        raise Unreadable(_("%(name)s: these columns stand there twice: %(columns)s") % (words | {"columns": ", ".join(twice)}))
    if missing:
        raise Unreadable(_("%(name)s: these columns of the layout %(layout)s are missing: %(columns)s") % words)


def read_events(module, plan, progress):
    """Every event of the file; what is wrong with a row, and a key that stands there twice, goes to plan.errors."""
    events, rows_of_keys = [], {}
    for done, (number, row) in enumerate(taken_from(plan.table.rows), start=1):
        cells = Cells({module.OTHER_NAMES.get(column, column): text for column, text in row.items()})
        event = module.event(cells, number)
        first = rows_of_keys.setdefault(event.key, number) if event.key else number
        if first != number:
            cells.refuse(module.REQUIRED[0], _("%(key)s stands in row %(first)d too") % {"key": event.key, "first": first})
        plan.errors += [Remark(number, column, reason) for column, reason in cells.problems]
        plan.notices += [Remark(number, column, reason) for column, reason in cells.notices]
        events.append(event)
        progress(done, plan.total)
    return events


def taken_from(rows):
    """The rows, first one first, each gone from memory once it is read: its event says what we need of it."""
    rows.reverse()
    while rows:
        yield rows.pop()


def compare(plan, events):
    """Sort events into new, changed and same, by what the last import of each said."""
    keys = [event.key for event in events]
    for batch in in_batches(keys, 500):
        found = ImportedEvent.objects.filter(layout=plan.layout, key__in=batch, batch__undone_at=None).order_by("pk")
        plan.known.update({known.key: known for known in found})
    plan.linked = linked_by_hand(plan.module.KEY, set(keys) - set(plan.known))
    for event in events:
        known = plan.known.get(event.key)
        (plan.new if known is None else plan.same if known.values == event.values() else plan.changed).append(event)


def linked_by_hand(id_name, keys):
    """Key → primary key of an incident that an editor gave the data set's id: the statement is added to it."""
    found = Incident.objects.filter(external_ids__has_key=id_name).values_list("external_ids", "pk")
    return {str(ids[id_name]): pk for ids, pk in found if str(ids[id_name]) in keys}
