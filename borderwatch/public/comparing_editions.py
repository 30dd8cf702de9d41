"""Two editions of one record side by side, numbers first: what readers saw then, each with its day, its note and its digest.

Public code: an edition is composed as the record stood right after its release.
"""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from borderwatch.public.addresses import in_this_language
from borderwatch.public.record_pages import gone
from borderwatch.public.views import PublicPage
from borderwatch.state import PublicRecord, PublicState
from borderwatch.texts.telling import lines_of
from borderwatch.texts.text_differences import SAME, Comparison, Part, lines, texts
from borderwatch.texts.translations import in_reader_names


def compare(old, new):
    """The Comparison of two editions, each as {"numbers", "fields", "statements"} → Lines; a Difference also bears `url`, `language`."""
    parts = [Part(title, differences(old.get(name, []), new.get(name, []))) for name, title in titles().items()]
    return Comparison([part for part in parts if part.differences])


def titles():
    """Heading of each part, in the order in which they are shown."""
    return {"numbers": _("Numbers"), "fields": _("Fields"), "statements": _("Statements")}


def differences(old, new):
    """The Difference of each line; those that the later edition does not have stand last."""
    old, new = {line.key: line for line in old}, {line.key: line for line in new}
    return [difference(old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])]


def difference(old, new):
    line = new or old
    is_list = isinstance(line.value, list)
    before, after = (one.value if one else type(line.value)() for one in (old, new))
    found = (lines if is_list else texts)(line.label, before, after)
    if (old is None or new is None) and found.state != SAME:
        found.state = "added" if old is None else "removed"
    found.url, found.language = line.url and in_this_language(line.url), line.language
    return found


# The page


class EditionComparisonPage(PublicPage):
    """`from` and `to` are numbers of editions; without them, the last two that can be read."""

    model = None
    tell = None
    """document → {"numbers", "fields", "statements"} → Lines, of kinds of record that say more than their fields."""
    parameters = ("from", "to", "all")
    template_name = "editions_compare.html"

    def get(self, request, public_id):
        rows = list(self.model.objects.with_text().filter(public_id=public_id).order_by("number"))
        if not rows:
            raise Http404
        sides = [self.row_asked(name, rows) for name in ("from", "to")]
        for row in sides:
            if row.is_tombstone or row.is_sealed:
                return gone(request, row)
        return self.render_to_response(self.get_context_data(rows, sorted(sides, key=lambda row: row.number)))

    def row_asked(self, name, rows):
        """The row of the edition that a parameter names; 404 where there is none."""
        readable = [row for row in rows if not row.is_tombstone and not row.is_sealed] or rows
        asked = self.request.GET.get(name, "").strip()
        if not asked:
            return readable[-1] if name == "to" else readable[-2:][0]
        found = next((row for row in rows if str(row.number) == asked), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, rows, sides, **kwargs):
        before, after = (document_of(row) for row in sides)
        first = sides[0]
        return super().get_context_data(
            record_id=first.public_id,
            record_url=reverse(self.model.record, args=[first.public_id]),
            editions_url=reverse(f"{self.model.record}-editions", args=[first.public_id]),
            called={name: after.get(name) for name in ("id", "title", "name", "headline", "language") if after.get(name)},
            json_url=f"{reverse(f'api:{self.model.record}-compare', args=[first.public_id])}?from={first.number}&to={sides[1].number}",
            sides=[self.side(row) for row in sides],
            comparison=compare(*(self.told(in_reader_names(document, self.rows)) for document in (before, after))),
            shows_all="all" in self.request.GET,
            neighbours=neighbours(
                [row.number for row in rows if not row.is_tombstone and not row.is_sealed], *(row.number for row in sides)
            ),
            **kwargs,
        )

    def told(self, document):
        return self.tell(document) if self.tell else {"fields": lines_of(document, self.model.record)}

    def side(self, row):
        """What is said of one of the two editions."""
        return {
            "number": row.number,
            "kind": row.change,
            "note": row.edition.release.note,
            "valid_from": row.valid_from,
            "digest": f"sha256:{row.edition.digest}",
            "url": reverse(f"{self.model.record}-edition", args=[row.public_id, row.number]),
            "json_url": f"/api/v1/{self.model.list_name}/{row.public_id}/editions/{row.number}/",
        }


def document_of(row):
    """The document as readers saw it right after the edition was published."""
    public, state = PublicRecord.from_row(row), PublicState.after_release(row.release)
    type(row).prepare([public], state)
    return state.compose(public)


def neighbours(numbers, before, after):
    """{"previous", "next"}: the pair of editions one step earlier and one step later, None at either end."""
    earlier = [number for number in numbers if number < before]
    later = [number for number in numbers if number > after]
    return {
        "previous": {"from": earlier[-1], "to": before} if earlier else None,
        "next": {"from": after, "to": later[0]} if later else None,
    }
