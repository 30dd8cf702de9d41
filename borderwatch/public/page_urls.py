"""Addresses of the pages of the whole record."""

from django.urls import path
from django.views.generic import RedirectView

from borderwatch.public import pages

urlpatterns = [
    path("corrections/", pages.CorrectionPage.as_view(), name="corrections"),
    path("methodology/", pages.MethodologyPage.as_view(), name="methodology"),
    path("data/", pages.DataPage.as_view(), name="data"),
    path("data/releases/<slug:name>/", pages.DataReleasePage.as_view(), name="data-release"),
    path("about/", pages.StandingPage.as_view(template_name="about.html"), name="about"),
    path("feeds/corrections.atom", pages.CorrectionFeed(), name="correction-feed"),
    path("feeds/", RedirectView.as_view(pattern_name="data")),
]
