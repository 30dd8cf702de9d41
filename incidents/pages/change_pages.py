"""The page that tells what changed since a day: for the whole record, for the incidents that filters choose, or for one record."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.lists.filter_fields import AsOfField
from borderwatch.lists.filters import NOT_ROWS
from borderwatch.public.views import FormPage
from incidents.filters import IncidentFilter
from incidents.pages.changes import MOST, changes
from incidents.published import PublishedIncident

HEADINGS = {
    "incident": gettext_lazy("Incidents"),
    "statement": gettext_lazy("Statements"),
    "article": gettext_lazy("Articles"),
    "actor": gettext_lazy("Actors"),
    "source": gettext_lazy("Sources"),
}
BEGINNING = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)
"""Before the first edition of all."""


class ChangesPage(FormPage):
    """`from`: the day whose record stood before; `as_of`: the day up to which, today without it; `record`: one record's public id."""

    filterset_class = IncidentFilter
    also = ("from", "record")
    template_name = "incidents/changes.html"
    current = "corrections"

    def then_asked(self):
        """The moment of `from`; the beginning where none is given, None where it is malformed."""
        asked = self.request.GET.get("from", "").strip()
        try:
            return (AsOfField(required=False).clean(asked) or timezone.now()) if asked else BEGINNING
        except ValidationError as error:
            self.problems.append({"name": "from", "message": " ".join(error.messages)})
            return None

    def get_context_data(self, **kwargs):
        then, until = self.then_asked(), self.moment or timezone.now()
        is_known = then is not None and not self.asked.is_malformed
        record = self.request.GET.get("record", "").replace("\0", "").strip()
        groups, is_cut = changes(then, until, self.incidents(then), record) if is_known else ([], False)
        return super().get_context_data(
            groups=[{"record": name, "heading": HEADINGS[name], "lines": lines} for name, lines in groups],
            most=MOST if is_cut else None,
            kinds=counted(groups),
            then_day=f"{then:%Y-%m-%d}" if is_known and then != BEGINNING else "",
            record_id=record,
            kept=[
                (name, value)
                for name, values in self.request.GET.lists()
                for value in values
                if value and name in self.known_parameters() and name not in ("from", "as_of", "cursor")
            ],
            **kwargs,
        )

    def incidents(self, then):
        """uids of the incidents that the filters choose, as it was then or as it is shown now; None where no filter is given."""
        if not any(name not in NOT_ROWS for name in self.asked.given):
            return None
        rows = PublishedIncident.objects.as_of(then), self.asked.standing_rows()
        found = [self.asked.filter_queryset(one).values_list("uid", flat=True) for one in rows]
        return set().union(*found)

    def consequence(self):
        return _("Nothing is shown, because the answer would not be what was asked for.")


def counted(groups):
    """Kind of change → how many records had it."""
    found = {}
    for _record, lines in groups:
        for kind in (kind for line in lines for kind in line["kinds"]):
            found[kind] = found.get(kind, 0) + 1
    return found
