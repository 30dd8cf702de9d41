"""A file's records with their row numbers: CSV, XLSX or JSON Lines. The header is row 1; a record that spans lines counts once."""

import csv
import datetime
import hashlib
import io
import json
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

DELIMITERS = ",;\t"
NEUTRALISED = re.compile(r"'(?='*[=+\-@\t\r])")
"""Our exports write an apostrophe before a text that begins so, lest a spreadsheet runs it."""
MOST_COLUMNS = 500
MOST_UNPACKED = 300 * 1024 * 1024
"""Bytes to which a spreadsheet may unpack; one of a million rows of events stays below."""
ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
"""By the mark at the beginning of a file. Others are not guessed at: a wrong guess would spoil names silently."""


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass
class Table:
    """What a file or a sheet of it holds: `columns`, and `rows` as (row number, column → text)."""

    name: str
    sha256: str
    columns: list
    rows: list
    sheet: str = ""


def read(path):
    """The Table of the file at `path`; of a spreadsheet, its widest sheet. Raises Unreadable."""
    tables = read_all(path)
    return max(tables, key=lambda table: len(table.columns))


def read_all(path):
    """Every Table of the file at `path`: one, or one for each sheet that is not empty. Raises Unreadable."""
    path = Path(path)
    readers = {".csv": csv_records, ".tsv": csv_records, ".txt": csv_records, ".xlsx": xlsx_records, ".jsonl": jsonl_records}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(_("%(name)s: give a file that ends in %(endings)s.") % {"name": path.name, "endings": ", ".join(readers)})
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    digest = hashlib.sha256(content).hexdigest()
    tables = [Table(path.name, digest, columns, rows, sheet) for sheet, columns, rows in reader(path, content)]
    if not tables:
        raise Unreadable(_("%(name)s is empty.") % {"name": path.name})
    for table in tables:
        if len(table.columns) > MOST_COLUMNS:
            raise Unreadable(_("%(name)s has more than %(most)d columns.") % {"name": path.name, "most": MOST_COLUMNS})
    return tables


# CSV


def csv_records(path, content):
    csv.field_size_limit(sys.maxsize)
    text = decoded(path, content)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield "", *named(path, enumerate(lines, start=1))
    except csv.Error as error:
        raise Unreadable(_("%(name)s: line %(line)d: %(error)s") % {"name": path.name, "line": lines.line_num, "error": error}) from error


def decoded(path, content):
    """The text of a file in UTF-8, or in UTF-16 where its first two bytes say so."""
    encoding = next((name for mark, name in ENCODINGS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        words = {"name": path.name, "line": line}
        raise Unreadable(
            _("%(name)s: line %(line)d is not UTF-8. Save the file as UTF-8 (in a spreadsheet program: “CSV UTF-8”).") % words
        ) from error


def named(path, numbered):
    """Columns, and the records below row 1 by column; records without any text are left out, their numbers are kept."""
    rows = ((number, [cell.strip() for cell in cells]) for number, cells in numbered)
    filled = ((number, cells) for number, cells in rows if any(cells))
    _number, header = next(filled, (0, None))
    if header is None:
        raise Unreadable(_("%(name)s is empty.") % {"name": path.name})
    while not header[-1]:
        header.pop()
    columns = [cell.lower() for cell in header]
    return columns, [(number, by_column(columns, cells)) for number, cells in filled]


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
    """Each sheet that is not empty."""
    from openpyxl import load_workbook

    refuse_bombs(path, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its size may be wrong, and is then filled up with empty cells
            rows = list(sheet_rows(path, sheet))
            if rows:
                width = len(rows[0][1])  # a spreadsheet does not keep the empty cells at the end of a row
                yield sheet.title, *named(path, [(number, cells + [""] * (width - len(cells))) for number, cells in rows])
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever the damage leads to
        raise Unreadable(_("%(name)s cannot be opened as a spreadsheet: %(error)s") % {"name": path.name, "error": error}) from error


def refuse_bombs(path, content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            size = sum(part.file_size for part in package.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable(_("%(name)s cannot be opened as a spreadsheet: %(error)s") % {"name": path.name, "error": error}) from error
    if size > MOST_UNPACKED:
        raise Unreadable(_("%(name)s unpacks to %(size)d MB: too much.") % {"name": path.name, "size": size >> 20})


def sheet_rows(path, sheet):
    """(row number, texts) of rows that hold anything."""
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if len(cells) > MOST_COLUMNS and any(value is not None for value in cells[MOST_COLUMNS:]):
            raise Unreadable(_("%(name)s has more than %(most)d columns.") % {"name": path.name, "most": MOST_COLUMNS})
        texts = [cell_text(value) for value in cells[:MOST_COLUMNS]]
        if any(texts):
            yield number, texts


def cell_text(value):
    """A spreadsheet's value as a CSV file would hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(map(cell_text, value))
    if isinstance(value, dict):
        return ";".join(f"{name}={cell_text(one)}" for name, one in value.items())
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
        except (ValueError, RecursionError) as error:
            raise Unreadable(
                _("%(name)s: line %(line)d is not JSON: %(error)s") % {"name": path.name, "line": number, "error": error}
            ) from error
        if not isinstance(record, dict):
            raise Unreadable(_("%(name)s: line %(line)d is not an object.") % {"name": path.name, "line": number})
        rows.append((number, {name.lower(): cell_text(value) for name, value in record.items()}))
        columns.update(dict.fromkeys(rows[-1][1]))
    if not rows:
        raise Unreadable(_("%(name)s is empty.") % {"name": path.name})
    yield "", list(columns), rows
