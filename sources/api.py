"""The API's addresses of sources and articles."""

from borderwatch.api.views import ListView, RecordView
from sources import shapes
from sources.filters import ArticleFilter, SourceFilter
from sources.published import PublishedArticle, PublishedSource


class SourceListView(ListView):
    filterset_class = SourceFilter
    shape = shapes.Source


class SourceView(RecordView):
    model = PublishedSource
    shape = shapes.Source


class ArticleListView(ListView):
    filterset_class = ArticleFilter
    shape = shapes.Article


class ArticleView(RecordView):
    model = PublishedArticle
    shape = shapes.Article
