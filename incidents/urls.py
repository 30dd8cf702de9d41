"""Addresses of pages about incidents, statements, actors and places."""

from django.urls import path

import borderwatch.public.converters  # noqa: F401  (public_id and edition in routes)
from borderwatch.public.comparing_editions import EditionComparisonPage
from borderwatch.public.record_pages import EditionListPage, EditionPage
from incidents import views
from incidents.feeds import IncidentFeed
from incidents.pages import tally_views
from incidents.pages.change_pages import ChangesPage
from incidents.pages.citation_files import CitationFile, EditionCitationFile
from incidents.pages.citations import FORMS
from incidents.pages.data_dictionary import DataDictionaryPage
from incidents.pages.drawing_files import (
    EditionStepsDrawing,
    EditionStepsTable,
    StepsDrawing,
    StepsTable,
    TallyDrawing,
    TallyTable,
)
from incidents.pages.telling import incident_lines, statement_lines
from incidents.pages.timeline_file import TimelineFile
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement

urlpatterns = [
    path("", views.HomePage.as_view(), name="home"),
    path("incidents/", views.IncidentListPage.as_view(), name="incident-list"),
    path("incidents/<public_id:public_id>/", views.IncidentPage.as_view(), name="incident"),
    path("incidents/<public_id:public_id>/editions/", EditionListPage.as_view(model=PublishedIncident), name="incident-editions"),
    path(
        "incidents/<public_id:public_id>/editions/compare/",
        EditionComparisonPage.as_view(model=PublishedIncident, tell=incident_lines),
        name="incident-compare",
    ),
    path(
        "incidents/<public_id:public_id>/editions/<edition:number>/", EditionPage.as_view(model=PublishedIncident), name="incident-edition"
    ),
    path("incidents/<public_id:public_id>/<slug:slug>/", views.IncidentPage.as_view()),
    *[path(f"incidents/<public_id:public_id>/cite.{form}", CitationFile.as_view(form=form)) for form in FORMS],
    *[
        path(
            f"incidents/<public_id:public_id>/editions/<edition:number>/cite.{form}",
            EditionCitationFile.as_view(form=form),
            name=f"incident-cite-{form}",
        )
        for form in FORMS
    ],
    path("incidents/<public_id:public_id>/<measure:measure>.svg", StepsDrawing.as_view(), name="incident-steps-svg"),
    path("incidents/<public_id:public_id>/<measure:measure>.csv", StepsTable.as_view(), name="incident-steps-csv"),
    path(
        "incidents/<public_id:public_id>/editions/<edition:number>/<measure:measure>.svg",
        EditionStepsDrawing.as_view(),
        name="incident-edition-steps-svg",
    ),
    path(
        "incidents/<public_id:public_id>/editions/<edition:number>/<measure:measure>.csv",
        EditionStepsTable.as_view(),
        name="incident-edition-steps-csv",
    ),
    path("map/", views.MapPage.as_view(), name="map"),
    path("timeline.svg", TimelineFile.as_view(), name="timeline-file"),
    path("timeline/", views.TimelinePage.as_view(), name="timeline"),
    path("statements/", views.StatementListPage.as_view(), name="statement-list"),
    path("statements/<public_id:public_id>/", views.StatementPage.as_view(), name="statement"),
    path("statements/<public_id:public_id>/editions/", EditionListPage.as_view(model=PublishedStatement), name="statement-editions"),
    path(
        "statements/<public_id:public_id>/editions/compare/",
        EditionComparisonPage.as_view(model=PublishedStatement, tell=statement_lines),
        name="statement-compare",
    ),
    path(
        "statements/<public_id:public_id>/editions/<edition:number>/",
        EditionPage.as_view(model=PublishedStatement),
        name="statement-edition",
    ),
    path("actors/", views.ActorListPage.as_view(), name="actor-list"),
    path("actors/<public_id:public_id>/", views.ActorPage.as_view(), name="actor"),
    path("actors/<public_id:public_id>/editions/", EditionListPage.as_view(model=PublishedActor), name="actor-editions"),
    path(
        "actors/<public_id:public_id>/editions/compare/",
        EditionComparisonPage.as_view(model=PublishedActor),
        name="actor-compare",
    ),
    path("actors/<public_id:public_id>/editions/<edition:number>/", EditionPage.as_view(model=PublishedActor), name="actor-edition"),
    path("actors/<public_id:public_id>/<slug:slug>/", views.ActorPage.as_view()),
    path("sources/<public_id:public_id>/", views.SourcePage.as_view(), name="source"),
    path("sources/<public_id:public_id>/<slug:slug>/", views.SourcePage.as_view()),
    path("articles/<public_id:public_id>/", views.ArticlePage.as_view(), name="article"),
    path("places/", views.PlaceListPage.as_view(), name="place-list"),
    path("places/<slug:slug>/", views.PlacePage.as_view(), name="place"),
    path("tallies/", tally_views.TallyPage.as_view(), name="tallies"),
    path("tallies.svg", TallyDrawing.as_view(), name="tallies-svg"),
    path("tallies.csv", TallyTable.as_view(), name="tallies-csv"),
    path("tallies/comparisons/", tally_views.ComparisonPage.as_view(), name="comparisons"),
    path("changes/", ChangesPage.as_view(), name="changes"),
    path("data/dictionary/", DataDictionaryPage.as_view(), name="data-dictionary"),
    path("feeds/incidents.atom", IncidentFeed(), name="incident-feed"),
]
