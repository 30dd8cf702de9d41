"""Lists of sources and articles. The page of one is in incidents/, because it shows what was said there."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from borderwatch.public.views import ListPage
from sources.filters import ArticleFilter, SourceFilter
from sources.published import PublishedArticle, PublishedSource


class SourceListPage(ListPage):
    model = PublishedSource
    filterset_class = SourceFilter
    template_name = "sources/source_list.html"
    title = _("Sources")
    noun = ngettext_lazy("source", "sources")
    formats = ("csv", "xlsx", "jsonl")


class ArticleListPage(ListPage):
    model = PublishedArticle
    filterset_class = ArticleFilter
    template_name = "sources/article_list.html"
    title = _("Articles")
    noun = ngettext_lazy("article", "articles")
    formats = ("csv", "xlsx", "jsonl")
