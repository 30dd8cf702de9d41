"""The API's addresses of sources and articles."""

from borderwatch.api.views import ListView, RecordView
from sources import shapes
from sources.filters import ArticleFilter, SourceFilter
from sources.published import PublishedArticle, PublishedSource


class SourceListView(ListView):
    """Sources: who publishes."""

    filterset_class = SourceFilter
    shape = shapes.Source


class SourceView(RecordView):
    """One source."""

    model = PublishedSource
    shape = shapes.Source


class ArticleListView(ListView):
    """Articles: where statements stood; not their words."""

    filterset_class = ArticleFilter
    shape = shapes.Article


class ArticleView(RecordView):
    """One article."""

    model = PublishedArticle
    shape = shapes.Article
