"""From the cells of a row to what it tells of its record: names become records, number columns become figures."""

from django.utils.translation import gettext as _

from incidents.imports.tables.columns import Refused, reference
from incidents.imports.tables.parts import MEASURES, figure_path
from incidents.imports.tables.rows import FIGURE_CELLS
from incidents.models import Figure

NOT_TOLD = {"key", "id", *FIGURE_CELLS, "adds", "label_words", "label_actor", "label_described", "label_language"}
"""Columns that only say whom or what the others are about."""


class Telling:
    """`names`: kind → Names (or PlaceNames); `refuse`: what to do with (row, column, reason)."""

    def __init__(self, names, refuse):
        self.names, self.refuse = names, refuse

    def tell(self, row, kinds):
        """Put into row.told what its cells say, as far as they name records of `kinds` or none."""
        for name, value in row.cells.items():
            column = row.layout.columns[name]
            if name in NOT_TOLD or name in row.told or (column.names and column.names not in kinds) or is_number(name):
                continue
            told = self.found(row, column, value) if column.read is reference else value
            if told is not None or not value:
                row.told[name] = told

    def found(self, row, column, value):
        """The uid (slug of a place) that a cell names, a list of them, or None where it was refused or is emptied."""
        if column.is_list:
            found = [self.one(row, column, text) for text in value]
            return list(dict.fromkeys(found)) if None not in found else None
        return self.one(row, column, value) if value else None

    def one(self, row, column, text):
        try:
            return self.names[column.names].find(text)
        except Refused as refused:
            self.refuse(row, column.name, str(refused))
            return None

    # Figures and labels, in as many rows as they need

    def tell_parts(self, row):
        for part in (row, *row.more):
            for path, value in self.figures(part).items():
                first = row.rows_of.setdefault(path, part.number)
                if first != part.number:
                    self.refuse(part, path.split(" ")[0], _("is told in row %(row)d too, for the same people") % {"row": first})
                row.told[path] = value
            self.tell_label(row, part)

    def figures(self, row):
        cells = row.cells
        about = self.found(row, row.layout.columns["about_incident"], cells.get("about_incident", "")) or ""
        people = (cells.get("group", Figure.Group.ALL), cells.get("nationality", ""), about)
        found = {figure_path(*name.split("_"), *people): value for name, value in cells.items() if is_number(name)}
        if not found and any(name in cells for name in (*FIGURE_CELLS, "adds")):
            self.refuse(row, next(name for name in (*FIGURE_CELLS, "adds") if name in cells), _("is given, but no number stands beside it"))
        if "adds" in cells:
            measures = dict.fromkeys(name.split("_")[0] for name in cells if is_number(name))
            found |= {figure_path(measure, "adds", *people): cells["adds"] for measure in measures}
        return found

    def tell_label(self, row, part):
        cells = part.cells
        if "label_words" not in cells:
            for name in ("label_actor", "label_described"):
                if name in cells:
                    self.refuse(part, name, _("is given, but label_words is empty"))
            return
        labels = row.told.setdefault("labels", [])
        if cells["label_words"]:
            actor = self.found(part, row.layout.columns["label_actor"], cells.get("label_actor", "")) or ""
            labels.append([actor, cells.get("label_described", ""), cells["label_words"], cells.get("label_language", "en")])


def is_number(name):
    measure, _underscore, rest = name.partition("_")
    return measure in MEASURES and bool(rest)
