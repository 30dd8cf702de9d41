"""One path for the command and the admin page: check a file, then carry the plan out."""

from django.utils.translation import gettext as _

from incidents.imports import plan as events
from incidents.imports import record
from incidents.imports.documents import read_documents
from incidents.imports.publish import write_and_publish
from incidents.imports.reading import read
from incidents.imports.record_writing import write_record
from incidents.imports.write import write

LAYOUTS = (*events.LAYOUTS, record.LAYOUT)


def is_redistributable(layout):
    """Whether the licence of the data set lets us publish what it says."""
    return layout == record.LAYOUT or events.LAYOUTS[layout].IS_REDISTRIBUTABLE


def check(layout, path, progress=lambda done, total: None):
    """What an import of the file would do: a Plan or RecordPlan with `errors` and `notices`. Raises Unreadable; writes nothing."""
    if layout == record.LAYOUT:
        return record.plan_record(read_documents(path))
    return events.make_plan(layout, read(path), progress)


def carry_out(plan, by=None, publish=False):
    """Write a plan without errors, all or nothing. Returns the ImportBatch and the Release, None where there is nothing to do.

    Raises ValidationError where the plan has errors or the desk changed under it.
    """
    if isinstance(plan, record.RecordPlan):
        return write_record(plan, by, publish)
    return write_and_publish(plan, by) if publish else (write(plan, by), None)


def summary(plan):
    """One line: how many rows there are and what becomes of them."""
    if isinstance(plan, record.RecordPlan):
        told = ", ".join(f"{len(found)} {kind}" for kind, found in plan.documents.told.items())
        return _("Records: %(told)s.") % {"told": told}
    words = {"rows": plan.total, "new": len(plan.new), "changed": len(plan.changed), "same": len(plan.same), "best": plan.best}
    return _("%(rows)d rows: %(new)d new, %(changed)d changed, %(same)d the same. Killed, as the file has it: %(best)d.") % words
