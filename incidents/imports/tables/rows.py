"""What one row of an editors' table tells, and what it would change."""

import hashlib
import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from incidents.imports.tables.columns import EMPTIED, OVERRIDES, Refused, reference

FIGURE_CELLS = ("group", "nationality", "about_incident")


@dataclass
class Row:
    """`cells`: column → what was read, names still as text; `more`: further rows of the same key, with figures and labels.

    `told`: path → plain value, what the file says of the record; `changes`: (path, before, after).
    """

    layout: object
    number: int
    sheet: str
    cells: dict = field(default_factory=dict)
    more: list = field(default_factory=list)
    told: dict = field(default_factory=dict)
    rows_of: dict = field(default_factory=dict)
    """Path → number of the row that tells it."""
    changes: list = field(default_factory=list)
    parts: object = None
    record: object = None
    is_new: bool = True
    version: int | None = None
    called: str = ""
    """What its record was called before."""

    @property
    def key(self):
        return self.cells.get("key", "")

    @property
    def lasting_key(self):
        """By what a later import of the same row finds its record: the editor's key, else what tells it from others."""
        if self.key:
            return self.key
        natural = [str(self.told.get(name, self.cells.get(name, ""))) for name in self.layout.natural]
        return "=" + hashlib.sha256(json.dumps(natural).encode()).hexdigest()[:40]

    @property
    def is_about_parts_alone(self):
        """Whether it has a key and figures or labels and nothing else: such a row may stand below the row that it continues."""
        others = [name for name in self.cells if name != "key"]
        return bool(self.key and others) and all(self.layout.columns[name].is_part for name in others)

    def place_of(self, column):
        """The column as a remark names it, with the sheet where there are several."""
        return ": ".join(filter(None, [self.sheet, column]))

    @property
    def title(self):
        return self.called or (str(self.record) if self.record is not None else self.key)


class RowReader:
    """Reads rows of one table; what is wrong goes to `refuse(row, column, reason)`."""

    def __init__(self, layout, sheet, refuse, notice):
        self.layout, self.sheet, self.refuse, self.notice = layout, sheet, refuse, notice

    def read(self, number, texts):
        row = Row(self.layout, number, self.sheet)
        if None in texts:
            self.refuse(row, "", _("has more cells than the header has columns"))
        elif None in texts.values():
            self.refuse(row, "", _("has fewer cells than the header has columns"))
        for name, cell in texts.items():
            if name is not None and cell and cell.strip():
                self.read_cell(row, self.layout.columns[name], cell)
        return row

    def read_cell(self, row, column, cell):
        try:
            row.cells[column.name] = self.emptied(column) if cell.strip().lower() == EMPTIED else column.read(column, cell)
        except Refused as refused:
            self.refuse(row, column.name, str(refused))
            return
        if OVERRIDES.search(cell):
            self.notice(row, column.name, _("holds characters that turn the direction of writing"))

    def emptied(self, column):
        if column.name in ("key", "id", *FIGURE_CELLS) or not column.can_be_emptied:
            raise Refused(_("cannot be emptied"))
        return ([] if column.is_list else "") if column.read is reference else column.empty
