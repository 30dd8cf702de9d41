"""Addresses of files; they stand under /api/v1/ and, for people, at the root of the site."""

from django.urls import path

from incidents import files as incidents
from sources import files as sources

FILES = [
    ("incidents", incidents.IncidentFile, ("csv", "jsonl", "geojson", "xlsx")),
    ("statements", incidents.StatementFile, ("csv", "jsonl", "xlsx")),
    ("figures", incidents.FigureFile, ("csv", "xlsx")),
    ("participants", incidents.ParticipantFile, ("csv", "xlsx")),
    ("actors", incidents.ActorFile, ("csv", "jsonl", "xlsx")),
    ("articles", sources.ArticleFile, ("csv", "jsonl", "xlsx")),
    ("sources", sources.SourceFile, ("csv", "jsonl", "xlsx")),
]

urlpatterns = [path(f"{name}.{form}", view.as_view(form=form), name=f"{name}-{form}") for name, view, forms in FILES for form in forms]
