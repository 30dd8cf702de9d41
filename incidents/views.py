"""Pages about incidents, statements, actors and places: what readers see, from the public tables."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from borderwatch.public_views import FormPage, ListPage, PublicPage
from borderwatch.record_pages import RecordPage
from incidents import around, counts, drawing, places
from incidents.filters import ActorFilter, IncidentFilter, StatementFilter, TallyFilter
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement
from sources.published import PublishedArticle

INCIDENTS = ngettext_lazy("incident", "incidents")
LATEST = 5
"""How many incidents the first page shows."""


class HomePage(PublicPage):
    """What the record holds in all, the latest incidents, and where others count differently."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        incidents = self.documents(self.rows(PublishedIncident).order_by("-date_start", "-public_id")[:LATEST], summary=True)
        return super().get_context_data(incidents=incidents, **counts.in_all(self), **kwargs)


class IncidentListPage(ListPage):
    model = PublishedIncident
    filterset_class = IncidentFilter
    template_name = "incidents/incident_list.html"
    current = "incidents"
    sortable = ("date", "title", "killed")
    formats = ("csv", "xlsx", "geojson", "jsonl")
    title = _("Incidents")
    noun = INCIDENTS


class IncidentPage(RecordPage):
    model = PublishedIncident
    template_name = "incidents/incident_detail.html"
    current = "incidents"


class MapPage(ListPage):
    """Incidents on a sketch map, those without a province listed beside it."""

    model = PublishedIncident
    filterset_class = IncidentFilter
    template_name = "incidents/map.html"
    current = "map"
    formats = ("geojson", "csv", "xlsx", "jsonl")
    title = _("Map")
    noun = INCIDENTS

    def context_around(self, documents):
        marks, left_out = drawing.map_marks(documents)
        return {"ground": drawing.base_map(), "marks": marks, "left_out": left_out}


class TimelinePage(ListPage):
    model = PublishedIncident
    filterset_class = IncidentFilter
    template_name = "incidents/timeline.html"
    current = "timeline"
    formats = ("csv", "xlsx", "geojson", "jsonl")
    title = _("Timeline")
    noun = INCIDENTS

    def context_around(self, documents):
        return {"strips": drawing.strips(documents)}


class StatementListPage(ListPage):
    model = PublishedStatement
    filterset_class = StatementFilter
    template_name = "incidents/statement_list.html"
    current = "statements"
    formats = ("csv", "jsonl")
    title = _("Statements")
    noun = ngettext_lazy("statement", "statements")


class StatementPage(RecordPage):
    model = PublishedStatement
    template_name = "incidents/statement_detail.html"
    current = "statements"
    has_slug = False


class ActorListPage(ListPage):
    model = PublishedActor
    filterset_class = ActorFilter
    template_name = "incidents/actor_list.html"
    current = "actors"
    title = _("Actors")
    noun = ngettext_lazy("actor", "actors")


class ActorPage(RecordPage):
    model = PublishedActor
    template_name = "incidents/actor_detail.html"
    current = "actors"

    def context_around(self, document):
        return around.actor(self, document)


class ArticlePage(RecordPage):
    """An article with what it reports: the statements are this app's part of it."""

    model = PublishedArticle
    template_name = "sources/article_detail.html"
    has_slug = False

    def context_around(self, document):
        return around.article(self, document)


class PlaceListPage(PublicPage):
    template_name = "incidents/place_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(countries=around.gazetteer_by_country(self), **kwargs)


class PlacePage(PublicPage):
    """A place: what happened there, what was said about it, what lies within."""

    template_name = "incidents/place_detail.html"

    def get_context_data(self, slug, **kwargs):
        place = places.Gazetteer().get(slug)
        if place is None:
            raise Http404
        return super().get_context_data(**around.place(self, place), **kwargs)


class TallyPage(FormPage):
    filterset_class = TallyFilter
    template_name = "incidents/tallies.html"
    current = "tallies"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            api_url=self.with_query(reverse("home") + "api/v1/tallies/"), **counts.tally_context(self), **kwargs
        )


class ComparisonPage(PublicPage):
    template_name = "incidents/comparisons.html"
    current = "tallies"

    def get_context_data(self, **kwargs):
        return super().get_context_data(comparisons=counts.comparisons(self), **kwargs)
