"""A file's records with their row numbers: CSV, XLSX or JSON Lines. The header is row 1; a record that spans lines counts once."""

import csv
import datetime
import hashlib
import io
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

DELIMITERS = ",;\t"
NEUTRALISED = re.compile(r"'(?='*[=+\-@\t\r])")
"""Our exports write an apostrophe before a text that begins so, lest a spreadsheet runs it."""


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass
class Table:
    """What a file holds: `columns`, and `rows` as (row number, column → text)."""

    name: str
    sha256: str
    columns: list
    rows: list


def read(path):
    """The Table of the file at `path`. Raises Unreadable."""
    path = Path(path)
    readers = {".csv": csv_records, ".tsv": csv_records, ".txt": csv_records, ".xlsx": xlsx_records, ".jsonl": jsonl_records}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(_("%(name)s: give a file that ends in %(endings)s.") % {"name": path.name, "endings": ", ".join(readers)})
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    columns, rows = reader(path, content)
    return Table(path.name, hashlib.sha256(content).hexdigest(), columns, rows)


# CSV


def csv_records(path, content):
    csv.field_size_limit(sys.maxsize)
    text = decoded(path, content)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return named(path, list(enumerate(lines, start=1)))
    except csv.Error as error:
        raise Unreadable(_("%(name)s: line %(line)d: %(error)s") % {"name": path.name, "line": lines.line_num, "error": error}) from error


def decoded(path, content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(_("%(name)s: line %(line)d is not UTF-8. Save the file as UTF-8.") % {"name": path.name, "line": line}) from error


def named(path, numbered):
    """Columns, and the records below row 1 by column; records without any text are left out, their numbers are kept."""
    filled = [(number, [cell.strip() for cell in cells]) for number, cells in numbered if any(cell.strip() for cell in cells)]
    if not filled:
        raise Unreadable(_("%(name)s is empty.") % {"name": path.name})
    columns = [cell.lower() for cell in filled[0][1]]
    return columns, [(number, by_column(columns, cells)) for number, cells in filled[1:]]


def by_column(columns, cells):
    """Column → text; cells beyond the header stand under None, so that a shifted row is seen."""
    row = {column: as_entered(cell) for column, cell in zip(columns, cells, strict=False)}
    missing = dict.fromkeys(columns[len(cells) :])
    beyond = {None: cells[len(columns) :]} if any(cells[len(columns) :]) else {}
    return row | missing | beyond


def as_entered(text):
    """The text without the apostrophe that an export of ours put before it."""
    return text[1:] if NEUTRALISED.match(text) else text


# XLSX


def xlsx_records(path, content):
    """The first sheet whose first row looks like a header."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever the damage leads to
        raise Unreadable(_("%(name)s cannot be opened as a spreadsheet: %(error)s") % {"name": path.name, "error": error}) from error
    sheet = max(book.worksheets, key=lambda one: one.max_column or 0)
    rows = [(number, [cell_text(value) for value in cells]) for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)]
    return named(path, rows)


def cell_text(value):
    """A spreadsheet's value as a CSV file would hold it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# JSON Lines


def jsonl_records(path, content):
    """One record a line; there is no header, so the row number is the line's."""
    rows, columns = [], {}
    for number, line in enumerate(decoded(path, content).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise Unreadable(
                _("%(name)s: line %(line)d is not JSON: %(error)s") % {"name": path.name, "line": number, "error": error}
            ) from error
        if not isinstance(record, dict):
            raise Unreadable(_("%(name)s: line %(line)d is not an object.") % {"name": path.name, "line": number})
        rows.append((number, {name.lower(): cell_text(value) for name, value in record.items()}))
        columns.update(dict.fromkeys(rows[-1][1]))
    if not rows:
        raise Unreadable(_("%(name)s is empty.") % {"name": path.name})
    return list(columns), rows
