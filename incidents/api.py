"""The API's addresses of incidents, statements, actors, places and tallies."""

from contextlib import contextmanager

from borderwatch.api.fields import check_fields, picked
from borderwatch.api.problems import Problem
from borderwatch.api.views import ListView, PublicView, RecordView
from borderwatch.documents import moment_text
from borderwatch.projection import as_text
from incidents import shapes
from incidents.filters import ActorFilter, IncidentFilter, PlaceFilter, StatementFilter, TallyFilter
from incidents.places import Place, place_document
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement
from incidents.tallying.counting import comparisons, tally_asked
from incidents.tallying.otherwise import TooManyDocuments


class IncidentListView(ListView):
    """Incidents, with their tolls and evidence; without statements."""

    filterset_class = IncidentFilter
    shape = shapes.IncidentItem


class IncidentView(RecordView):
    """One incident, whole: every claim behind every number."""

    model = PublishedIncident
    shape = shapes.Incident


class StatementListView(ListView):
    """Statements: who said what, where it stood, with which numbers."""

    filterset_class = StatementFilter
    shape = shapes.Statement


class StatementView(RecordView):
    """One statement."""

    model = PublishedStatement
    shape = shapes.Statement


class ActorListView(ListView):
    """Actors, and who speaks for whom."""

    filterset_class = ActorFilter
    shape = shapes.Actor


class ActorView(RecordView):
    """One actor."""

    model = PublishedActor
    shape = shapes.Actor


class PlaceListView(ListView):
    """Places are reference data: public at once, without editions, the same at every moment."""

    filterset_class = PlaceFilter
    shape = shapes.Place

    def rows_to_read(self, rows, asked):
        return rows

    def items(self, rows, asked):
        return [as_text(picked(place_document(place), asked.cleaned.get("fields"))) for place in rows]


class PlaceView(PublicView):
    """A place of the gazetteer, by its address word; the same at every moment."""

    shape = gives = shapes.Place

    def answer(self, request, slug):
        asked = self.asked()
        check_fields(asked, self.shape)
        place = None if "\0" in slug else Place.objects.select_related("parent__parent__parent").filter(slug=slug).first()
        if place is None:
            raise Problem(404, f"No place has the address word “{slug}”.")
        return self.json(picked(place_document(place), asked.cleaned.get("fields")))


@contextmanager
def refusing_too_many():
    """400 for what would read more documents of another day than one answer may."""
    try:
        yield
    except TooManyDocuments as error:
        message = " ".join(error.messages)
        raise Problem(400, message, {"as_of": [message]}) from error


class TallyView(PublicView):
    """What the record holds in all, by rule BW-1."""

    filterset_class = TallyFilter
    gives = shapes.Tally

    def answer(self, request):
        with refusing_too_many():
            return self.json(tally_asked(self.asked()))


class ComparisonView(PublicView):
    """The record beside the tallies that others published."""

    filterset_class = StatementFilter
    without = ("ordering", "limit", "cursor", "fields")
    gives = shapes.Comparisons

    def answer(self, request):
        asked = self.asked()
        with refusing_too_many():
            return self.json({"as_of": moment_text(asked.as_of), "results": comparisons(asked)})
