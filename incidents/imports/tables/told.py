"""A plan in words, for the page and the command: what is new, and what of the changed records was how before."""

from django.utils.translation import gettext as _

from incidents.imports.tables.parts import figure_key


class Told:
    """`shown`: how many records of a kind are listed, and how many changes; the counts tell of all."""

    def __init__(self, plan, shown=200):
        self.plan, self.shown = plan, shown
        self.counts = plan.counts()
        self.new = [(row.number, row.layout.name, row.title) for row in plan.new[:shown]]
        self.changes = [line for row in plan.changed[:shown] for line in self.changes_of(row)][:shown]

    def changes_of(self, row):
        """(row number, table, record, column, before, after) of each change."""
        for path, before, after in row.changes:
            yield row.number, row.layout.name, row.title, self.column(path), self.words(row, path, before), self.words(row, path, after)

    def column(self, path):
        """The column; of a figure also whom it counts."""
        parsed = figure_key(path)
        if parsed is None or " " not in path:
            return path
        (_measure, group, nationality, incident), _name = parsed
        people = [group if group != "all" else "", nationality, incident and self.name("incident", incident)]
        return f"{path.split(' ')[0]} ({', '.join(filter(None, people))})"

    def words(self, row, path, value):
        """A plain value as an editor reads it: records by name, nothing as “empty”."""
        if value in (None, "", [], {}):
            return _("(empty)")
        if path == "labels":
            return "; ".join(
                " ".join(filter(None, [label[0] and self.name("actor", label[0]), label[1], f"“{label[2]}”"])) for label in value
            )
        column = row.layout.columns.get(path)
        kind = column.names if column is not None else ""
        if isinstance(value, list):
            return "; ".join(self.name(kind, one) for one in value)
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, dict):
            return "; ".join(f"{name}={one}" for name, one in value.items())
        return self.name(kind, value)

    def name(self, kind, uid):
        if not kind or kind == "place":
            return str(uid)
        record = self.plan.directory.records.get((kind, uid))
        return str(record) if record is not None else _("another %(kind)s") % {"kind": _(kind)}
