"""Addresses that have no language: what machines ask for."""

from django.urls import path

from borderwatch.files import data_releases
from borderwatch.public import pages, sitemaps

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_of_all, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_of_section, name="sitemap-section"),
    path("data/releases/<slug:name>/<str:file>", data_releases.release_file, name="data-release-file"),
]
