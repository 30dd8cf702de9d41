"""Pages that count: tallies, and the record beside what others counted."""

from borderwatch.public_views import FormPage, PublicPage
from incidents import counts
from incidents.choices import choices
from incidents.filters import TallyFilter


class TallyPage(FormPage):
    filterset_class = TallyFilter
    count_choices = staticmethod(choices)
    template_name = "incidents/tallies.html"
    current = "tallies"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**counts.tally_context(self), **kwargs)


class ComparisonPage(PublicPage):
    template_name = "incidents/comparisons.html"
    current = "tallies"

    def get_context_data(self, **kwargs):
        return super().get_context_data(comparisons=counts.comparisons(self), **kwargs)
