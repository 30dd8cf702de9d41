"""Pages about incidents, statements, actors and places: what readers see, from the public tables."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from borderwatch.public.record_pages import RecordPage
from borderwatch.public.views import ListPage, PublicPage
from incidents.filters import ActorFilter, IncidentFilter, StatementFilter
from incidents.pages import around, around_sources, counts, drawing, map_marks
from incidents.pages.choices import choices
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement
from sources.published import PublishedArticle, PublishedSource

LATEST = 5  # incidents on the first page


class HomePage(PublicPage):
    """What the record holds in all, the latest incidents, and where others count differently."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        incidents = self.documents(self.rows(PublishedIncident).order_by("-date_start", "-public_id")[:LATEST], summary=True)
        return super().get_context_data(incidents=incidents, **counts.in_all(self), **kwargs)


class IncidentsPage(ListPage):
    """Incidents in whatever form: the same filters, the same downloads."""

    model = PublishedIncident
    count_choices = staticmethod(choices)
    filterset_class = IncidentFilter
    noun = ngettext_lazy("incident", "incidents")
    formats = ("csv", "xlsx", "geojson", "jsonl")
    feed = "incident-feed"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"answer": counts.answer(self, context["listing"]["page"].count)}


class IncidentListPage(IncidentsPage):
    template_name = "incidents/incident_list.html"
    current = "incidents"
    title = _("Incidents")
    sortable = ("date", "title", "killed", "published")


class IncidentPage(RecordPage):
    model = PublishedIncident
    current = "incidents"

    def context_around(self, document):
        return {"editions": SimpleLazyObject(lambda: around.editions(self))}


class MapPage(IncidentsPage):
    """All incidents asked for on a sketch map, up to a cap; a page of their list beside it."""

    template_name = "incidents/map.html"
    current = "map"
    title = _("Map")

    def context_around(self, documents):
        return map_marks.context(self, documents)


class TimelinePage(IncidentsPage):
    template_name = "incidents/timeline.html"
    current = "timeline"
    title = _("Timeline")

    def downloads(self):
        yield {"name": "SVG", "url": self.with_query(reverse("timeline-file"))}
        yield from super().downloads()

    def context_around(self, documents):
        return {"strips": drawing.strips(documents)}


class StatementListPage(ListPage):
    model = PublishedStatement
    count_choices = staticmethod(choices)
    filterset_class = StatementFilter
    template_name = "incidents/statement_list.html"
    current = "statements"
    formats = ("csv", "xlsx", "jsonl")
    title = _("Statements")
    noun = ngettext_lazy("statement", "statements")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"answer": counts.statements_answer(self, context["listing"]["page"])}


class StatementPage(RecordPage):
    model = PublishedStatement
    current = "statements"
    has_slug = False
    context_around = around.statement


class ActorListPage(ListPage):
    model = PublishedActor
    count_choices = staticmethod(choices)
    filterset_class = ActorFilter
    template_name = "incidents/actor_list.html"
    current = "actors"
    title = _("Actors")
    noun = ngettext_lazy("actor", "actors")
    formats = ("csv", "xlsx", "jsonl")


class ActorPage(RecordPage):
    model = PublishedActor
    current = "actors"
    context_around = around.actor


class SourcePage(RecordPage):
    """A source with what it published, what it says itself and whose words it relays."""

    model = PublishedSource
    context_around = around_sources.source


class ArticlePage(RecordPage):
    """An article with what it reports: the statements are this app's part of it."""

    model = PublishedArticle
    has_slug = False
    context_around = around.article


class PlaceListPage(PublicPage):
    template_name = "incidents/place_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(countries=around.gazetteer_by_country(self), **kwargs)


class PlacePage(PublicPage):
    """A place: what happened there, what was said about it, what lies within."""

    template_name = "incidents/place_detail.html"

    def get_context_data(self, slug, **kwargs):
        return super().get_context_data(**around.place(self, slug), **kwargs)
