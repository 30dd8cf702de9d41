"""Is what a row tells possible, and what would it change? The models' own rules decide; what an editor changed since stays."""

from collections import defaultdict

from django.utils.text import slugify
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.search import fold
from incidents.imports.tables.columns import Refused
from incidents.imports.tables.known import CHANGES_AT_ONCE
from incidents.imports.tables.parts import Parts, figure_key, parts_of
from incidents.imports.tables.rows import FIGURE_CELLS
from incidents.imports.tables.rules import problems_of
from incidents.imports.tables.state import is_equal, plain_of, put
from incidents.models import Figure, ImportedRecord

LONGEST_SLUG = 80


class Checking:
    """The rows of one table, one after the other."""

    def __init__(self, plan, layout, rows):
        self.plan, self.layout = plan, layout
        self.earlier = earlier_imports(layout.kind, [str(row.record.uid) for row in rows if not row.is_new])
        self.slugs = taken_slugs(layout, rows)
        self.refused = {(remark.row, remark.column.partition(": ")[0] if row_has_sheet(rows) else "") for remark in plan.errors}

    def check(self, row):
        """Sort a row into new, changed and same; what is wrong is an error of the plan."""
        if (row.number, row.sheet) in self.refused:
            return
        errors = len(self.plan.errors)
        values = self.new_values(row) if row.is_new else self.changed_values(row)
        if len(self.plan.errors) == errors:
            self.apply(row, values)
        if len(self.plan.errors) == errors:
            (self.plan.new if row.is_new else self.plan.changed if row.changes else self.plan.same).append(row)

    # What is to be written

    def new_values(self, row):
        for name in self.layout.needed:
            if not row.told.get(name):
                self.plan.refuse(row, name, _("is empty, and a new %(kind)s needs it") % {"kind": _(self.layout.kind)})
        self.tell_of_namesakes(row)
        if "slug" in self.layout.columns:
            self.give_slug(row)
        if self.layout.kind == "statement" and not (row.key or row.told.get("quote") or row.told.get("text")):
            self.plan.refuse(row, "key", _("is empty: without quote and paraphrase nothing else tells this statement from others"))
        return row.told

    def tell_of_namesakes(self, row):
        """A new actor or source that is called as another one is also called."""
        name = row.told.get("name")
        found = self.plan.names[self.layout.kind].named.get(fold(name), {}) if name else {}
        others = [uid for uid in found if uid != str(row.record.uid)]
        if others and not row.key:
            labels = "; ".join(self.plan.names[self.layout.kind].labels[uid] for uid in others[:5])
            words = _("this is also a name of %(labels)s: give its id or address word, or a key of your own where it is another one")
            self.plan.refuse(row, "name", words % {"labels": labels})
        elif others:
            labels = "; ".join(self.plan.names[self.layout.kind].labels[uid] for uid in others[:5])
            self.plan.notice(row, "name", _("this is also a name of %(labels)s") % {"labels": labels})

    def give_slug(self, row):
        """The address word that the file gives, if it is free; else one made from the name."""
        if row.told.get("slug"):
            self.slugs[row.told["slug"]] = row
            return
        word = base_slug(row)
        slug = word if self.slugs.setdefault(word, row) is row else f"{word}-{row.record.uid.hex[:8]}"
        row.record.slug = slug
        self.slugs[slug] = row

    def changed_values(self, row):
        """What the file changes: not what it told before and an editor changed since."""
        self.refuse_a_key_used_twice(row)
        last = self.earlier.get(str(row.record.uid), {})
        values = {}
        for path, value in row.told.items():
            here = plain_of(row.record, path)
            if is_equal(value, here):
                continue
            if path in last and not is_equal(last[path], here):
                self.leave_alone(row, path, value, here, last[path])
                continue
            values[path] = value
            row.changes.append((path, here, value))
        return values

    def refuse_a_key_used_twice(self, row):
        """A key that led to a record with which the row has nothing in common."""
        names = CHANGES_AT_ONCE[self.layout.kind]
        is_found_by_key = row.key and not (row.cells.get("id") or row.cells.get("slug"))
        if is_found_by_key and all(name in row.told and not is_equal(row.told[name], plain_of(row.record, name)) for name in names):
            words = _("is the key of “%(record)s”, imported before. Give its id if it is the same, else choose another key.")
            self.plan.refuse(row, "key", words % {"record": row.record})

    def leave_alone(self, row, path, value, here, last):
        words = _("was changed on the desk since it was imported; the desk’s value stays")
        if not is_equal(value, last):
            words = _("was changed both in the file and on the desk since it was imported; the desk’s value stays: %(here)s")
        self.plan.notice(row, path, words % {"here": in_short(here)})

    # Whether it may be

    def apply(self, row, values):
        """Put the values on the record in memory and ask the model's own rules."""
        row.parts = Parts()
        if not (row.is_new or values):
            return
        try:
            later = put(row.record, values, self.plan.directory)
            row.parts = parts_of(row.record, later, row.is_new, self.plan.directory)
        except Refused as refused:
            self.plan.refuse(row, "", str(refused))
            return
        if self.layout.kind == "statement":
            mark_quote(row.record, values)
        for name, reason in problems_of(row.record):
            self.plan.refuse(row, name, reason)
        for part in [*row.parts.new, *row.parts.changed]:
            for name, reason in problems_of(part):
                self.refuse_part(row, part, name, reason)

    def refuse_part(self, row, part, name, reason):
        """Name the column and the row in which a figure stands."""
        if not isinstance(part, Figure):
            self.plan.refuse(row, name, reason)
            return
        people = (part.measure, part.group, part.nationality)
        number = next((number for path, number in row.rows_of.items() if figure_key(path)[0][:3] == people), row.number)
        column = name if name in FIGURE_CELLS else f"{part.measure}_{name or 'low'}"
        self.plan.refuse(row, column, reason, number)


def mark_quote(statement, values):
    """A quote that stands in the captured text just once is marked there."""
    if "quote" not in values and "article" not in values:
        return
    text, quote = statement.article.text, statement.quote
    statement.span_start = statement.span_end = None
    if quote and text.count(quote) == 1:
        statement.span_start = text.index(quote)
        statement.span_end = statement.span_start + len(quote)


def base_slug(row):
    return slugify(row.told.get("name") or row.told.get("title") or "")[:LONGEST_SLUG].strip("-") or row.layout.kind


def taken_slugs(layout, rows):
    """Address words of the desk that a row would take; each as key."""
    if "slug" not in layout.columns:
        return {}
    wanted = {row.told.get("slug") or base_slug(row) for row in rows if row.is_new}
    taken = {}
    for batch in in_batches(wanted, 1000):
        taken.update(dict.fromkeys(layout.model.objects.filter(slug__in=batch).values_list("slug", flat=True)))
    return taken


def row_has_sheet(rows):
    return bool(rows and rows[0].sheet)


def earlier_imports(kind, uids):
    """uid → what imports that were not undone told of the record, the last word of each column."""
    found = defaultdict(dict)
    for batch in in_batches(uids, 1000):
        rows = ImportedRecord.objects.filter(kind=kind, uid__in=batch, batch__undone_at=None).order_by("pk")
        for uid, told in rows.values_list("uid", "told"):
            found[str(uid)].update(told)
    return found


def in_short(value):
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
