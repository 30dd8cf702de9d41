"""Pages about sources and articles. What an article reports that was said is added by incidents/."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from borderwatch.public_views import ListPage
from borderwatch.record_pages import RecordPage
from sources.filters import ArticleFilter, SourceFilter
from sources.published import PublishedArticle, PublishedSource


class SourceListPage(ListPage):
    model = PublishedSource
    filterset_class = SourceFilter
    template_name = "sources/source_list.html"
    title = _("Sources")
    noun = ngettext_lazy("source", "sources")
    formats = ("csv", "xlsx", "jsonl")


class SourcePage(RecordPage):
    """A source with what it published."""

    model = PublishedSource

    def context_around(self, document):
        rows = self.rows(PublishedArticle).filter(source_uid=self.row.uid).order_by("published_on", "pk")
        return {"articles": self.documents(rows)}


class ArticleListPage(ListPage):
    model = PublishedArticle
    filterset_class = ArticleFilter
    template_name = "sources/article_list.html"
    title = _("Articles")
    noun = ngettext_lazy("article", "articles")
    formats = ("csv", "xlsx", "jsonl")
