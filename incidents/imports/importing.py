"""One path for the command and the admin page: check a file, then carry the plan out."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.imports import plan as events
from incidents.imports import record
from incidents.imports.documents import read_documents
from incidents.imports.in_parts import in_parts, refuse_too_long
from incidents.imports.publish import write_and_publish
from incidents.imports.reading import Unreadable, read
from incidents.imports.record_writing import write_record
from incidents.imports.tables import layouts as tables
from incidents.imports.tables.plan import TablesPlan, plan_tables
from incidents.imports.tables.publish import write_and_publish_tables
from incidents.imports.tables.sheets import tables_of
from incidents.imports.tables.write import write_tables
from incidents.imports.write import write

OWN_TABLES = (tables.WORKBOOK, *tables.LAYOUTS)
"""What editors fill in themselves: a workbook with several sheets, or a file for one kind of record."""
LAYOUTS = (*OWN_TABLES, *events.LAYOUTS, record.LAYOUT)


def is_redistributable(layout):
    """Whether the licence of the data set lets us publish what it says."""
    return layout in (*OWN_TABLES, record.LAYOUT) or events.LAYOUTS[layout].IS_REDISTRIBUTABLE


def check(layout, path, progress=lambda done, total: None, most=None):
    """What an import of the file would do: a plan with `errors` and `notices`. Raises Unreadable; writes nothing.

    `most`: rows that may be in it; a longer file is refused before its rows are looked at.
    """
    if layout == record.LAYOUT:
        documents = read_documents(path)
        refuse_longer_than(most, documents.count)
        return record.plan_record(documents)
    if layout in OWN_TABLES:
        tables = tables_of(layout, path)
        refuse_longer_than(most, sum(len(table.rows) for _layout, table in tables))
        return plan_tables(layout, tables, progress)
    table = read(path)
    refuse_longer_than(most, len(table.rows))
    return events.make_plan(layout, table, progress)


def refuse_longer_than(most, rows):
    if most is not None and rows > most:
        raise Unreadable(_("This file has more than %(most)d rows: use manage.py import_events.") % {"most": most})


def carry_out(plan, by=None, publish=False, at_once=False):
    """Write a plan without errors, all or nothing. Returns the ImportBatch and the Release, None where there is nothing to do.

    `at_once`: however long others wait. Raises ValidationError where that would be too long (in_parts.py), where the plan has errors or
    the desk changed under it.
    """
    if isinstance(plan, record.RecordPlan):
        return write_record(plan, by, publish)
    if isinstance(plan, TablesPlan):
        return write_and_publish_tables(plan, by) if publish else (write_tables(plan, by), None)
    if not at_once:
        refuse_too_long(plan)
    return write_and_publish(plan, by) if publish else (write(plan, by), None)


def carry_out_in_parts(plan, by=None, publish=False):
    """The same in parts that keep nobody waiting for long, each all or nothing. Yields what carry_out returns of each."""
    if not isinstance(plan, events.Plan):
        raise ValidationError(_("Only events of other data sets are imported in parts: records of our own name each other."))
    yield from in_parts(plan, lambda part: carry_out(part, by, publish))


def summary(plan):
    """One line: how many rows there are and what becomes of them."""
    if isinstance(plan, record.RecordPlan):
        told = ", ".join(f"{len(found)} {kind}" for kind, found in plan.documents.told.items())
        return _("Records: %(told)s.") % {"told": told}
    if isinstance(plan, TablesPlan):
        line = _("%(name)s: %(new)d new, %(changed)d changed, %(same)d the same")
        told = [line % dict(zip(("name", "new", "changed", "same"), counts, strict=True)) for counts in plan.counts()]
        return _("%(rows)d rows. %(told)s.") % {"rows": plan.total, "told": "; ".join(told)}
    words = {"rows": plan.total, "new": len(plan.new), "changed": len(plan.changed), "same": len(plan.same), "best": plan.best}
    return _("%(rows)d rows: %(new)d new, %(changed)d changed, %(same)d the same. Killed, as the file has it: %(best)d.") % words
