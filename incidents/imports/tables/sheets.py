"""Which of a file's tables holds which kind of record, and whether its columns are ours."""

import difflib
import re

from django.utils.translation import gettext as _

from incidents.imports.reading import Unreadable, read_all
from incidents.imports.tables.layouts import LAYOUTS, WORKBOOK

NOT_READ = ("explained", "example")
"""Sheets of our templates that tell of the others."""


def tables_of(layout, path):
    """[(Layout, Table)] in the order in which records need each other. Raises Unreadable."""
    tables = [table for table in read_all(path) if not table.sheet.strip().lower().startswith(NOT_READ)]
    found = workbook(path, tables) if layout == WORKBOOK else {layout: the_one(layout, path, tables)}
    for name, table in found.items():
        table.columns = [column_name(column) for column in table.columns]
        table.rows = [(number, {column_name(column): cell for column, cell in row.items()}) for number, row in table.rows]
        refuse_other_columns(LAYOUTS[name], table)
    return [(LAYOUTS[name], found[name]) for name in LAYOUTS if name in found]


def workbook(path, tables):
    """Every sheet is named after the records that it holds."""
    found = {}
    for table in tables:
        name = table.sheet.strip().lower()
        if name not in LAYOUTS:
            words = {"file": table.name, "sheet": table.sheet, "names": ", ".join(LAYOUTS)}
            raise Unreadable(_("%(file)s: the sheet “%(sheet)s” is none of %(names)s. Rename it, or choose its own layout.") % words)
        if name in found:
            raise Unreadable(_("%(file)s has two sheets called “%(sheet)s”.") % {"file": table.name, "sheet": table.sheet})
        found[name] = table
    if not found:
        raise Unreadable(_("%(file)s is empty.") % {"file": path})
    return found


def the_one(layout, path, tables):
    """The sheet named like the layout, else the only one."""
    named = [table for table in tables if table.sheet.strip().lower() == layout] or tables
    if len(named) != 1:
        words = {"file": getattr(path, "name", path), "layout": layout, "workbook": WORKBOOK}
        raise Unreadable(_("%(file)s: no sheet is called “%(layout)s”. For several at once choose the layout “%(workbook)s”.") % words)
    return named[0]


def column_name(heading):
    return heading and re.sub(r"[\s-]+", "_", heading.strip().lower())


def refuse_other_columns(layout, table):
    """A misspelt column would be left out silently: it is named instead."""
    for column in table.columns:
        if column not in layout.columns:
            near = difflib.get_close_matches(column, layout.columns, n=3)
            meant = _("did you mean %(near)s?") % {"near": ", ".join(near)} if near else _("the columns are in docs/imports.md.")
            words = {"name": table.name, "column": column[:60], "layout": layout.name, "meant": meant}
            raise Unreadable(_("%(name)s: %(layout)s have no column “%(column)s”; %(meant)s") % words)
    twice = sorted({column for column in table.columns if table.columns.count(column) > 1})
    if twice:
        words = {"name": table.name, "layout": layout.name, "columns": ", ".join(twice)}
        raise Unreadable(_("%(name)s: %(layout)s: these columns stand there twice: %(columns)s") % words)
