"""Addresses that have no language: what machines ask for."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from borderwatch import pages


def current_sitemap(request):
    return sitemap(request, sitemaps=pages.sitemaps(), content_type="application/xml")


urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", current_sitemap, name="sitemap"),
]
