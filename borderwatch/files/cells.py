"""Cells of CSV files: what a spreadsheet would run is neutralised, and the importer takes that off again."""

import csv
import re

DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet would run, however often it was neutralised before."""


def neutral(value):
    """A text that a spreadsheet would run as a formula gets a "'" before it; numbers stay numbers. The importer takes it off again."""
    return f"'{value}" if isinstance(value, str) and DANGEROUS.match(value) else value


def undone(text):
    """A cell's text as it was before neutral(): for importers."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text) else text


def cell(value):
    """The value as a file's cell: null is blank, several values are joined by ";", truth is true or false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | set):
        return neutral(";".join(str(part) for part in value))
    return "" if value is None else neutral(value)


class Line:
    """A file for csv.writer that hands the line back."""

    def write(self, text):
        return text


_writer = csv.writer(Line())


def csv_line(row):
    """A row of values as a line of a CSV file, its end included."""
    return _writer.writerow([cell(value) for value in row])


def ready_line(rows, document):
    """The line of the one row that `rows` (as in exports.Table) makes of a document."""
    (row,) = rows([document], None)
    return csv_line(row)
