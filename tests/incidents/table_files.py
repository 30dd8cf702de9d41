"""Editors' tables as tests need them: invented records, written as CSV, workbook or JSON Lines."""

import csv
import json

from openpyxl import Workbook

from incidents.imports.tables.layouts import LAYOUTS


def examples(**changed):
    """Table → [row], the examples of the templates; `changed`: table → values of its row, or a list of rows."""
    found = {
        name: [{column.name: column.example for column in layout.columns.values() if column.example}] for name, layout in LAYOUTS.items()
    }
    for name, rows in changed.items():
        found[name] = [found[name][0] | row for row in (rows if isinstance(rows, list) else [rows])]
    return found


def write_workbook(path, tables):
    book = Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    book.save(path)
    return path


def write_table(path, rows):
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
