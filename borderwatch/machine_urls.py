"""Addresses that have no language: what machines ask for."""

from django.urls import path

from borderwatch import pages

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap_of_all, name="sitemap"),
    path("sitemap-<slug:section>.xml", pages.sitemap_of_section, name="sitemap-section"),
]
