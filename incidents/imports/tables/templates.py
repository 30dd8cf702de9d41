"""Empty tables to fill in, made from the columns that the reader reads: they cannot drift apart."""

import csv
import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from incidents.imports.tables.columns import EMPTIED, written_as
from incidents.imports.tables.layouts import LAYOUTS, WORKBOOK

BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def layouts_of(name):
    return list(LAYOUTS.values()) if name == WORKBOOK else [LAYOUTS[name]]


def template_csv(name):
    """The header line of one layout, as bytes of a file that spreadsheet programs open in UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerow(LAYOUTS[name].columns)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def template_xlsx(name):
    """A workbook: a sheet to fill in for each kind of record, one that explains each column, one with an example for each."""
    book = Workbook()
    book.remove(book.active)
    for layout in layouts_of(name):
        header(book.create_sheet(layout.name), layout)
    explain(book.create_sheet("explained"), layouts_of(name))
    for layout in layouts_of(name):
        sheet = book.create_sheet(f"example {layout.name}")
        header(sheet, layout)
        sheet.append([column.example for column in layout.columns.values()])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def header(sheet, layout):
    sheet.append(list(layout.columns))
    for cell in sheet[1]:
        cell.font = BOLD
        sheet.column_dimensions[get_column_letter(cell.column)].width = max(12, len(cell.value) + 2)
    for column in sheet.iter_cols(min_col=1, max_col=len(layout.columns)):
        sheet.column_dimensions[column[0].column_letter].number_format = "@"
    sheet.freeze_panes = "A2"


def explain(sheet, layouts):
    for line in rules():
        sheet.append([line])
    sheet.append([])
    sheet.append([_("table"), _("column"), _("needed for a new record"), _("what it says"), _("how it is written"), _("example")])
    for cell in sheet[sheet.max_row]:
        cell.font = BOLD
    for layout in layouts:
        for column in layout.columns.values():
            needed = _("yes") if column.is_required else ""
            sheet.append([layout.name, column.name, needed, str(column.about), written_as(column), column.example])
    for letter, width in zip("ABCDEF", (12, 24, 12, 60, 60, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=len(rules()) + 2):
        for cell in row:
            cell.alignment = WRAPPED


def rules():
    return [
        _("Fill in the sheets; this one and those called “example” are not read. Columns that you do not need may be deleted."),
        _("An empty cell says nothing: a value that is there already stays, and no number is ever zero because its cell is empty."),
        _("Write %(word)s in a cell to empty a value that is there.") % {"word": EMPTIED},
        _("A cell that names a record takes its key from the same file, or its public id, address word, web address or name."),
        _("A statement that counts several groups takes a row for each: repeat the key, and fill in the numbers alone."),
    ]
