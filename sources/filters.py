"""What readers may ask of sources and articles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from borderwatch.lists.filter_fields import CountryField, DayField, RepeatedField, WordsField
from borderwatch.lists.filters import ReaderFilterSet, ordering_filter
from borderwatch.lists.row_filters import BoundFilter, ColumnFilter, RecordFilter
from borderwatch.texts import words
from sources.published import PublishedArticle, PublishedSource


class SourceFilter(ReaderFilterSet):
    kind = ColumnFilter(WordsField, "kind", label=_("Kind"), choices=words.SOURCE_KIND.items())
    country = ColumnFilter(CountryField, "country", label=_("Country"))
    ordering = ordering_filter("title", "published", "updated", default="title")

    class Meta:
        model = PublishedSource
        fields = []


class ArticleSourceFilter(RecordFilter):
    """Articles that the source published."""

    def keep_named(self, rows, meant):
        return rows.filter(source_uid__in=meant.values("uid"))


class ArticleFilter(ReaderFilterSet):
    since = BoundFilter(DayField, "published_on", "gte", label=_("Published from"))
    until = BoundFilter(DayField, "published_on", "lte", label=_("Published until"))
    source = ArticleSourceFilter(model=PublishedSource, label=_("Source"), help_text=_("Its id or address word, such as SO-1."))
    language = ColumnFilter(RepeatedField, "language", label=_("Language"), widget=forms.HiddenInput)
    ordering = ordering_filter("date", "published", "updated", "title", default="-date")

    orderings = {"date": "published_on", **ReaderFilterSet.orderings}
    default_ordering = "-date"

    class Meta:
        model = PublishedArticle
        fields = []
