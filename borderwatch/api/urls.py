"""Addresses under /api/v1/, and how the two apps add theirs."""

from django.urls import path, re_path

from borderwatch.api import changes, schema, views
from borderwatch.api.comparing import EditionComparisonView
from incidents import api as incidents
from incidents.exports import dataset
from incidents.exports import files as incident_files
from sources import api as sources
from sources import files as source_files

app_name = "api"


def record_addresses(kind, list_view, record_view, numbers=()):
    """The addresses of one list: the list, its records, their editions; `numbers`: members of a document that hold its numbers."""
    model, shape = record_view.model, record_view.shape
    where = f"{model.list_name}/<str:name>"
    return [
        path(f"{model.list_name}/", list_view.as_view(), name=f"{kind}-list"),
        path(f"{where}/", record_view.as_view(), name=kind),
        path(f"{where}/editions/", views.EditionListView.as_view(model=model, shape=shape), name=f"{kind}-editions"),
        path(f"{where}/editions/compare/", EditionComparisonView.as_view(model=model, numbers=numbers), name=f"{kind}-compare"),
        path(f"{where}/editions/<int:number>/", views.EditionView.as_view(model=model, shape=shape), name=f"{kind}-edition"),
    ]


FILES = [
    ("incidents", incident_files.IncidentFile, ("csv", "jsonl", "geojson", "xlsx")),
    ("statements", incident_files.StatementFile, ("csv", "jsonl", "xlsx")),
    ("figures", incident_files.FigureFile, ("csv", "xlsx")),
    ("participants", incident_files.ParticipantFile, ("csv", "xlsx")),
    ("actors", incident_files.ActorFile, ("csv", "jsonl", "xlsx")),
    ("places", incident_files.PlaceFile, ("csv", "jsonl", "xlsx")),
    ("external_ids", dataset.ExternalIdFile, ("csv", "xlsx")),
    ("articles", source_files.ArticleFile, ("csv", "jsonl", "xlsx")),
    ("sources", source_files.SourceFile, ("csv", "jsonl", "xlsx")),
]

file_addresses = [path(f"{name}.{form}", view.as_view(form=form), name=f"{name}-{form}") for name, view, forms in FILES for form in forms]
"""They stand under /api/v1/ and, for people, at the root of the site."""

urlpatterns = [
    path("", views.RootView.as_view(), name="root"),
    *record_addresses("incident", incidents.IncidentListView, incidents.IncidentView, numbers=("toll", "evidence")),
    *record_addresses("statement", incidents.StatementListView, incidents.StatementView, numbers=("figures",)),
    *record_addresses("article", sources.ArticleListView, sources.ArticleView),
    *record_addresses("source", sources.SourceListView, sources.SourceView),
    *record_addresses("actor", incidents.ActorListView, incidents.ActorView),
    path("places/", incidents.PlaceListView.as_view(), name="place-list"),
    path("places/<str:slug>/", incidents.PlaceView.as_view(), name="place"),
    path("tallies/", incidents.TallyView.as_view(), name="tallies"),
    path("tallies/comparisons/", incidents.ComparisonView.as_view(), name="comparisons"),
    path("changes/", changes.ChangeListView.as_view(), name="change-list"),
    path("changes/<int:sequence>/", changes.ChangeView.as_view(), name="change"),
    *file_addresses,
    path("dataset.zip", dataset.PackageView.as_view(), name="dataset"),
    path("schema/", schema.SchemaView.as_view(), name="schema"),
    path("docs/", schema.DocumentationView.as_view(), name="docs"),
    re_path("^.*", views.NothingHereView.as_view()),
]
