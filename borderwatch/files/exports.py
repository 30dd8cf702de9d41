"""Whole lists as files: CSV, JSON Lines, GeoJSON and XLSX, written row by row so that no list is ever held in memory.

One path for all of them: a filter set says which rows, in which order; batches of documents are turned into rows of a Table.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from borderwatch.files.cells import csv_line, ready_line
from borderwatch.lists import paging, serving
from borderwatch.projection import as_text, in_batches

BATCH = 200
READY_BATCH = 500
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that cannot stand in an XLSX file."""
LONGEST_CELL = 32_767


@dataclass(frozen=True)
class Table:
    """A file's columns with what each means, and the rows that a batch of documents gives (lists of values).

    `read`: how batches of documents are read, where they are no public records. `key`: the columns that tell its rows apart, none
    where two may be alike. `links`: columns that hold the id of a row of another table, with that table's name.
    `ready`: the column of the public table that keeps the lines of what readers see now.
    """

    name: str
    columns: dict[str, str]
    rows: Callable[[list[dict], object], Iterable[list]]
    read: Callable | None = None
    key: tuple = ("id",)
    links: dict[str, str] = field(default_factory=dict)
    ready: str = ""

    def batches(self, asked, site):
        return (self.read or batches)(asked, site)


def batches(asked, site):
    """The whole documents that `asked` (a ReaderFilterSet) is about, in its order, in batches; `site` makes addresses absolute."""
    rows = paging.in_order(asked.qs, asked)
    rows = rows.with_text() if asked.as_of else rows.values_list("document", flat=True)
    for batch in in_batches(rows.iterator(chunk_size=BATCH), BATCH):
        documents = serving.documents(batch, asked.as_of) if asked.as_of else map(json.loads, batch)
        yield [document | {"url": site + document["url"]} for document in documents]


def ready_texts(column, make, asked):
    """The ready texts of what readers see now, in batches; those that are missing, as after an upgrade, are made of the documents.

    Addresses of pages stand in them without the site; a line's second cell is one.
    """
    rows = paging.in_order(asked.qs, asked).values_list("pk", column)
    for batch in in_batches(rows.iterator(chunk_size=READY_BATCH), READY_BATCH):
        keys, texts = zip(*batch, strict=True)
        yield texts if all(texts) else with_missing(keys, texts, make, asked.qs.model)


def with_missing(keys, texts, make, model):
    """The texts of rows, where those that are missing are made of the documents."""
    missing = [key for key, text in zip(keys, texts, strict=True) if not text]
    documents = model.objects.filter(pk__in=missing).values_list("pk", "document")
    made = {key: make(json.loads(document)) for key, document in documents}
    return [text or made[key] for key, text in zip(keys, texts, strict=True)]


def table_rows(table, asked, site):
    """Every row of the table, in the order of the list."""
    for batch in table.batches(asked, site):
        yield from table.rows(batch, asked)


# Files


def csv_file(table, asked, site):
    """The table as CSV: ready lines where the record keeps them and readers ask for what stands now."""
    yield csv_line(table.columns).encode()
    if table.ready and not asked.as_of:
        for lines in ready_texts(table.ready, lambda document: ready_line(table.rows, document), asked):
            yield "".join([line.replace(",/", f",{site}/", 1) for line in lines]).encode()
        return
    for batch in in_batches(table_rows(table, asked, site), BATCH):
        yield "".join(map(csv_line, batch)).encode()


def json_lines(documents, site):
    for batch in documents:
        yield b"".join(serving.absolute(as_text(document), site) + b"\n" for document in batch)


def geojson_file(feature, ready, asked, site):
    """RFC 7946: one feature a line, as `feature` makes it of a document; `ready`: the column in which the record keeps those of now."""
    head = {"type": "FeatureCollection", "license": "https://creativecommons.org/licenses/by/4.0/"}
    yield (as_text(head)[:-1] + ', "features": [\n').encode()
    separator = b""
    path, address = (f'"url": "{beginning}/' for beginning in ("", site))
    for texts in features(feature, ready, asked, site):
        yield separator + ",\n".join([text.replace(path, address, 1) for text in texts]).encode()  # a feature has one address
        separator = b",\n"
    yield b"\n]}\n"


def features(feature, ready, asked, site):
    """Batches of features as texts."""
    if not asked.as_of:
        return ready_texts(ready, lambda document: as_text(feature(document)), asked)
    return ([as_text(feature(document)) for document in batch] for batch in batches(asked, site))


def xlsx_file(table, rows, about):
    """A temporary file with the table and a sheet that tells of it; `about`: (heading, text) pairs."""
    book = Workbook(write_only=True)
    readme, sheet = book.create_sheet("README"), book.create_sheet(table.name[:31])
    for heading, text in [*about, ("", ""), ("Column", "Meaning"), *table.columns.items()]:
        readme.append([heading, plain_cell(readme, text)])
    sheet.append(list(table.columns))
    for row in rows:
        sheet.append([plain_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (pieces() closes it)
    book.save(file)
    file.seek(0)
    return file


def plain_cell(sheet, value):
    """A cell that is shown and never run: texts are marked as texts, so they need no "'"."""
    if isinstance(value, bool) or value is None or isinstance(value, int | float):
        return value
    text = ";".join(str(part) for part in value) if isinstance(value, list | tuple | set) else str(value)
    shown = WriteOnlyCell(sheet, value=UNWRITABLE.sub("", text)[:LONGEST_CELL])
    shown.data_type = "s"
    return shown


def pieces(file, size=64 * 1024):
    """A file in pieces, closed after the last one."""
    with file:
        while piece := file.read(size):
            yield piece


def about(title, asked, site):
    """What the README sheet says before the columns."""
    chosen = "; ".join(f"{name}={text}" for name, texts in asked.given.items() for text in texts) or "none: everything"
    moment = asked.as_of.isoformat(timespec="seconds") if asked.as_of else "now"
    return [
        ("BorderWatch", title),
        ("From", site),
        ("Made at", timezone.now().isoformat(timespec="seconds")),
        ("As of", moment),
        ("Filters", chosen),
        ("Licence", "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"),
        ("Please note", "Every number is computed from attributed figures by rule BW-1. A blank number was not reported: it is not zero."),
        ("", "Places and dates carry their precision: a point may stand for a whole province, a date for a week."),
    ]
