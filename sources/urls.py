"""Addresses of pages about sources and articles."""

from django.urls import path

import borderwatch.public.converters  # noqa: F401  (public_id and edition in routes)
from borderwatch.public.comparing_editions import EditionComparisonPage
from borderwatch.public.record_pages import EditionListPage, EditionPage
from sources import views
from sources.published import PublishedArticle, PublishedSource

urlpatterns = [
    path("sources/", views.SourceListPage.as_view(), name="source-list"),
    path("sources/<public_id:public_id>/editions/", EditionListPage.as_view(model=PublishedSource), name="source-editions"),
    path(
        "sources/<public_id:public_id>/editions/compare/",
        EditionComparisonPage.as_view(model=PublishedSource),
        name="source-compare",
    ),
    path("sources/<public_id:public_id>/editions/<edition:number>/", EditionPage.as_view(model=PublishedSource), name="source-edition"),
    path("articles/", views.ArticleListPage.as_view(), name="article-list"),
    path("articles/<public_id:public_id>/editions/", EditionListPage.as_view(model=PublishedArticle), name="article-editions"),
    path(
        "articles/<public_id:public_id>/editions/compare/",
        EditionComparisonPage.as_view(model=PublishedArticle),
        name="article-compare",
    ),
    path("articles/<public_id:public_id>/editions/<edition:number>/", EditionPage.as_view(model=PublishedArticle), name="article-edition"),
]
