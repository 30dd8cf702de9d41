"""The first pass over editors' tables: every row is read, checked and compared with desk and earlier imports. Nothing is written."""

import hashlib
import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from incidents.imports.remarks import Remark
from incidents.imports.tables.checking import Checking
from incidents.imports.tables.directory import Directory
from incidents.imports.tables.known import find_known, natural_of
from incidents.imports.tables.layouts import LAYOUTS
from incidents.imports.tables.names import Names, PlaceNames
from incidents.imports.tables.rows import RowReader
from incidents.imports.tables.telling import Telling
from incidents.models import ImportBatch


@dataclass
class TablesPlan:
    """What importing editors' tables would do; with errors nothing."""

    layout: str
    name: str
    sha256: str
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    directory: Directory = None
    names: dict = field(default_factory=dict)
    last_batch: int | None = None
    total: int = 0

    def refuse(self, row, column, reason, number=None):
        """`number`: of the row below that continues `row`, where the fault is there."""
        self.errors.append(Remark(number or row.number, row.place_of(column), reason))

    def notice(self, row, column, words):
        self.notices.append(Remark(row.number, row.place_of(column), words))

    @property
    def fingerprint(self):
        """The same for two plans that would do the same."""
        said = [(row.number, row.layout.name, row.changes) for row in (*self.new, *self.changed)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def counts(self):
        """[(name of the table, new, changed, the same)]."""
        ways = (self.new, self.changed, self.same)
        counted = [(name, *(sum(row.layout.name == name for row in rows) for rows in ways)) for name in LAYOUTS]
        return [line for line in counted if any(line[1:])]


def plan_tables(layout, tables, progress=lambda done, total: None):
    """The TablesPlan of a file of this layout; `tables`: [(Layout, Table)] as sheets.tables_of() gives them."""
    plan = TablesPlan(layout, tables[0][1].name, tables[0][1].sha256, directory=Directory())
    plan.last_batch = ImportBatch.objects.values_list("pk", flat=True).first()
    plan.total = sum(len(table.rows) for _layout, table in tables)
    reading = Reading(plan, tables, progress)
    reading.all()
    return plan


class Reading:
    """One first pass: kind after kind, as records need each other."""

    def __init__(self, plan, tables, progress):
        self.plan, self.tables, self.progress = plan, tables, progress
        self.rows, self.done = {}, 0
        self.names = plan.names
        self.names["place"] = PlaceNames()
        self.telling = Telling(self.names, plan.refuse)

    def all(self):
        for layout, table in self.tables:
            self.rows[layout.name] = self.read_rows(layout, table)
        self.read_names()
        for layout, _table in self.tables:
            self.find_records(layout, self.rows[layout.name])
        for layout, _table in self.tables:
            self.check_rows(layout, self.rows[layout.name])
        self.plan.errors.sort(key=lambda remark: (remark.column.partition(": ")[0] if self.has_sheets else "", remark.row))

    @property
    def has_sheets(self):
        return len(self.tables) > 1

    def read_rows(self, layout, table):
        """The rows of a table; a row that only adds figures or labels to an earlier one stands in that one's `more`."""
        reader = RowReader(layout, layout.name if self.has_sheets else "", self.plan.refuse, self.plan.notice)
        rows, keys = [], {}
        for number, texts in table.rows:
            row = reader.read(number, texts)
            first = keys.setdefault(row.key, row) if row.key else row
            if first is row:
                rows.append(row)
            elif row.is_about_parts_alone:
                first.more.append(row)
            else:
                self.plan.refuse(row, "key", _("%(key)s stands in row %(row)d too") % {"key": row.key, "row": first.number})
            self.done += 1
            self.progress(self.done, self.plan.total)
        return rows

    def read_names(self):
        """Read from the desk what the cells of all tables may name."""
        asked = {layout.kind: set() for layout in LAYOUTS.values()}
        for row in [one for rows in self.rows.values() for first in rows for one in (first, *first.more)]:
            asked[row.layout.kind] |= {row.cells[name] for name in ("id", "slug", "url") if row.cells.get(name)}
            for name, value in row.cells.items():
                kind = row.layout.columns[name].names
                if kind in asked:
                    asked[kind].update(value if isinstance(value, list) else [value])
        self.names.update({kind: Names(kind, texts - {""}) for kind, texts in asked.items()})

    def find_records(self, layout, rows):
        """Say which record each row is about, and what it tells."""
        others = {"place", *(kind for kind in self.names if kind != layout.kind)}
        for row in rows:
            self.telling.tell(row, others | {""})
        known = find_known(rows, self.names[layout.kind], self.plan.refuse)
        self.plan.directory.read(layout.kind, known.values(), is_whole=True)
        about, seen = {}, {}
        for index, row in enumerate(rows):
            self.take_record(row, known.get(index), about)
            self.refuse_twice(row, seen)
        for row in rows:
            self.telling.tell(row, {layout.kind})
            if layout.kind == "statement":
                self.telling.tell_parts(row)
        self.read_named(rows)

    def take_record(self, row, uid, about):
        """The record of the desk that a row is about, else a new one; `about`: uid → the row that took it."""
        row.is_new = uid is None
        row.record = row.layout.model() if row.is_new else self.plan.directory.record(row.layout.kind, uid)
        if not row.is_new:
            row.version, row.called = row.record.version, str(row.record)
        self.plan.directory.add(row.record)
        uid = str(row.record.uid)
        first = about.setdefault(uid, row)
        if first is not row:
            self.plan.refuse(row, "", _("is about the same %(kind)s as row %(row)d") % {"kind": _(row.layout.kind), "row": first.number})
        names = self.names[row.layout.kind]
        if row.key:
            names.own_keys[row.key] = uid
        values = {name: row.cells.get(name) or (None if row.is_new else getattr(row.record, name)) for name in known_by(row)}
        names.know(uid, row.record.public_id, values)

    def refuse_twice(self, row, seen):
        """Two new rows that are the same record: the second is named with the first."""
        if not row.is_new:
            return
        unique = ("slug", "url") if row.layout.kind == "article" else ("slug",)
        marks = [(name, row.cells[name]) for name in unique if row.cells.get(name)]
        natural = natural_of(row)
        if not row.key and natural and all(natural):
            marks.append((row.layout.natural[-1], natural))
        for name, value in marks:
            first = seen.setdefault((name, value), row)
            if first is not row:
                self.plan.refuse(row, name, _("stands in row %(row)d too") % {"row": first.number})

    def read_named(self, rows):
        """Read the records that are named and are not in the file."""
        wanted = {}
        for row in rows:
            for name, value in row.told.items():
                column = row.layout.columns.get(name)
                if column is not None and column.names not in ("", "place"):
                    wanted.setdefault(column.names, set()).update(value if isinstance(value, list) else filter(None, [value]))
            wanted.setdefault("actor", set()).update(label[0] for label in row.told.get("labels", ()) if label[0])
            wanted.setdefault("incident", set()).update(path.rpartition("/")[2] for path in row.told if path.rpartition("/")[2] != path)
        for kind, uids in wanted.items():
            self.plan.directory.read(kind, uids - {""})

    def check_rows(self, layout, rows):
        checking = Checking(self.plan, layout, rows)
        for row in rows:
            checking.check(row)


def known_by(row):
    """Columns by which other rows may name the record of this one."""
    return [name for name in ("slug", "url", "name", "headline", "title", "aliases") if name in row.layout.columns]
