"""Pages that count: tallies, and the record beside what others counted."""

from django.shortcuts import render

from borderwatch.public.views import FormPage, PublicPage
from incidents.filters import TallyFilter
from incidents.pages import counts
from incidents.pages.choices import choices
from incidents.tallying.otherwise import TooManyDocuments


class ReadingAnotherDay:
    """A page that may have to read documents of another day; it refuses to read more of them than one answer may."""

    def answer(self, stamp, *args, **kwargs):
        try:
            return super().answer(stamp, *args, **kwargs)
        except TooManyDocuments as error:
            problems = [{"name": "as_of", "message": " ".join(error.messages)}]
            return render(self.request, "400.html", {"problems": problems, "clear_url": self.address_without("as_of")}, status=400)


class TallyPage(ReadingAnotherDay, FormPage):
    """`all` shows every row of a tally with many."""

    filterset_class = TallyFilter
    also = ("all",)
    count_choices = staticmethod(choices)
    template_name = "incidents/tallies.html"
    current = "tallies"
    shows_ids = False
    """Whether every incident behind a number is named; a page names the first few."""

    @property
    def shows_all(self):
        return "all" in self.request.GET

    def get_context_data(self, **kwargs):
        return super().get_context_data(**counts.tally_context(self), **kwargs)


class ComparisonPage(ReadingAnotherDay, PublicPage):
    template_name = "incidents/comparisons.html"
    current = "tallies"

    def get_context_data(self, **kwargs):
        return super().get_context_data(comparisons=counts.comparisons(self), **kwargs)
