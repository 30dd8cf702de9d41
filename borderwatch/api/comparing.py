"""Two editions of one record as one answer that programs can read: numbers first, then fields, then statements.

The page beside it says the same in words; fields have the paths that `changes` gives them.
"""

from django.urls import reverse

from borderwatch.api.changes import leaves
from borderwatch.api.problems import Problem
from borderwatch.api.shapes import EditionComparison
from borderwatch.api.views import RecordView, find, gone, stamps
from borderwatch.lists.filter_fields import NumberField
from borderwatch.lists.filters import RecordAsked
from borderwatch.lists.paging import LARGEST_NUMBER
from borderwatch.lists.row_filters import ReaderFilter
from borderwatch.public.comparing_editions import document_of

LEFT_OUT = ("id", "url", "slug", "edition", "first_published_at", "statements")
"""Members that say which record and edition it is, and the statements, which are compared one by one."""
SIDES = ("from", "to")


class SidesAsked(RecordAsked):
    """Numbers of two editions; without one, the last but one and the last that can be read."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters |= {name: ReaderFilter(NumberField, label="Number of an edition", least=1, most=LARGEST_NUMBER) for name in SIDES}


class EditionComparisonView(RecordView):
    """What differs between two editions of a record, numbers first."""

    filterset_class = SidesAsked
    without = ("as_of", "fields")
    gives = EditionComparison
    numbers = ()
    """Members of the document that hold its numbers."""

    def no_rows(self):
        return self.model.objects.none()

    def answer(self, request, name):
        asked = self.asked().cleaned
        rows = self.model.objects.filter(uid=find(self.model, name)).with_text().order_by("number")
        sides = sorted((row_asked(rows, side, asked.get(side), name) for side in SIDES), key=lambda row: row.number)
        for row in sides:
            if row.is_tombstone or row.is_sealed:
                raise gone(row)
        address = reverse(f"{self.model.record}-compare", args=[sides[1].public_id])
        head = {"id": sides[1].public_id, "record": self.model.record}
        head["url"] = f"{address}?from={sides[0].number}&to={sides[1].number}"
        return self.json(head | dict(zip(SIDES, map(side_of, sides), strict=True)) | compared(*map(document_of, sides), self.numbers))


def row_asked(rows, side, number, name):
    """The row of the edition asked for; 404 where there is none."""
    rows = list(rows)
    if number is None:
        readable = [row for row in rows if not row.is_tombstone and not row.is_sealed] or rows
        return readable[-1] if side == "to" else readable[-2:][0]
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise Problem(404, f"“{name}” has no edition {number}.")
    return found


def side_of(row):
    """What is said of one of the two."""
    address = reverse(f"api:{row.record}-edition", args=[row.public_id, row.number])
    return {"id": row.public_id, "number": row.number, "kind": row.change, "note": row.edition.release.note, "url": address} | stamps(row)


# What differs


def compared(before, after, numbers):
    """{"numbers", "fields", "statements"} of two documents; `numbers`: the members that hold their numbers."""
    others = [name for name in dict.fromkeys([*after, *before]) if name not in (*LEFT_OUT, *numbers)]
    return {
        "numbers": differences(*({name: document.get(name) for name in numbers} for document in (before, after))),
        "fields": differences(*({name: document.get(name) for name in others} for document in (before, after))),
        "statements": statements(before.get("statements", []), after.get("statements", [])),
    }


def differences(before, after):
    """[{"field", "before", "after"}] in the order of the documents."""
    old, new = dict(leaves(before)), dict(leaves(after))
    fields = [name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)]
    return [{"field": name, "before": old.get(name), "after": new.get(name)} for name in fields]


def statements(before, after):
    """[{"id", "state", "changed"}] of those that came, left or differ; `state`: added, removed or changed."""
    old, new = ({said["id"]: said for said in side} for side in (before, after))
    found = []
    for number in dict.fromkeys([*new, *old]):
        state = "removed" if number not in new else "added" if number not in old else "changed"
        changed = differences(old[number], new[number]) if state == "changed" else []
        if changed or state != "changed":
            found.append({"id": number, "state": state, "changed": changed})
    return found
