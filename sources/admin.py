"""The desk of sources and articles."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from borderwatch.desk.filters import Country, IsPublic
from borderwatch.desk.links import work_page
from borderwatch.desk.protecting import ProtectingPages
from borderwatch.desk.queues import Queue
from borderwatch.desk.records import DESK_FIELDS, PICTURE_FIELDS, Neighbour, RecordAdmin
from borderwatch.desk.retracting import RetractingPages
from sources.models import Article, Source
from sources.similar import similar_articles


@admin.register(Source)
class SourceAdmin(ProtectingPages, RecordAdmin):
    named_by = ("name", "slug", "public_id", "translations")
    watched_fields = name_fields = ("name",)
    is_known_by_name = True
    search_fields = ("name",)
    search_help_text = _("Any part of the name or the public id.")
    lines_fields = ("languages",)
    help_texts = {"languages": _("Codes, one in a line: tg, ru, prs, en.")}
    list_display = ("name", "kind", "country", "reliability_words", "article_count", "public_id")
    list_filter = ("kind", IsPublic, Country, "reliability")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ["name", ("kind", "country", "slug"), "url", "languages", ("ownership", "scale"), "logo"]}),
        (
            _("How reliable it has been"),
            {
                "fields": [("reliability", "reliability_assessed_on"), "reliability_reason"],
                "description": _("Readers see the words, not the letter, with your reason. A new assessment needs a new date."),
            },
        ),
        DESK_FIELDS,
        (_("Other languages"), {"classes": ["collapse"], "fields": ["translations"]}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(articles_held=Count("articles"))

    @admin.display(description=_("reliability"), ordering="reliability")
    def reliability_words(self, source):
        return source.get_reliability_display()

    @admin.display(description=_("articles"), ordering="articles_held")
    def article_count(self, source):
        return source.articles_held

    def neighbours(self, request, record):
        return [Neighbour(request, self.admin_site, record.articles.all(), f"source__id__exact={record.pk}", f"source={record.pk}")]


@admin.register(Article)
class ArticleAdmin(RetractingPages, RecordAdmin):
    search_fields = ("headline", "url", "byline", "summary", "public_id", "source__name")
    search_help_text = _("Headline, address, byline, summary, source or public id.")
    list_display = ("headline", "source", "published_on", "language", "statement_count", "public_id")
    list_filter = (IsPublic, "language", ("source", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("source",)
    autocomplete_fields = ("source", "origin", "cites", "duplicate_of")
    prefilled_fields = ("source",)
    day_field = "published_on"
    watched_fields = ("headline", "url", "text")
    name_fields = ("headline",)
    help_texts = {
        "published_on": _("“24 Dec”, “yesterday”, “December 2025” are read too; the precision follows from what you write."),
        "cites": _("Sources the article relies on without being a copy of them. They make no second origin."),
        "retracted_on": _("The day its outlet took it back."),
    }
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "headline",
                    "source",
                    ("published_on", "published_precision"),
                    "url",
                    "archive_url",
                    ("byline", "language"),
                    "summary",
                ]
            },
        ),
        (_("Whose words these are"), {"fields": ["origin", "cites"]}),
        (_("Captured text"), {"classes": ["collapse"], "fields": ["text"]}),
        (_("Picture"), PICTURE_FIELDS),
        (_("Duplicate or retracted"), {"classes": ["collapse"], "fields": ["duplicate_of", "retracted_on", "retraction_notice"]}),
        DESK_FIELDS,
        (_("Other languages"), {"classes": ["collapse"], "fields": ["translations"]}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source").annotate(statements_held=Count("statements"))

    def similar_to(self, request, typed, record):
        return similar_articles(typed, record)

    def response_add(self, request, obj, post_url_continue=None):
        """Whoever entered an article may go straight on to what it says."""
        response = super().response_add(request, obj, post_url_continue)
        address = work_page(obj) if "_work" in request.POST else ""
        return HttpResponseRedirect(address) if address else response

    @admin.display(description=_("statements"), ordering="statements_held")
    def statement_count(self, article):
        """How many; an article that has none leads to where they are entered."""
        address = "" if article.statements_held else work_page(article)
        return format_html('0 · <a href="{}">{}</a>', address, _("enter them")) if address else article.statements_held

    def queue_line(self, record):
        has_none = getattr(record, "statements_held", None) == 0
        return (has_none and work_page(record)) or self.page_url("change", record), record

    def choice_label(self, article):
        return " · ".join(
            filter(None, [article.headline, article.source.name, article.published_on and f"{article.published_on:%Y-%m-%d}"])
        )

    def queues(self, request):
        nothing = _("Every article has statements.")
        follows = (Article, Article.statements.rel.related_model)
        waiting = Queue("no-statements", _("Articles without statements"), nothing, without_statements, follows=follows)
        return [waiting, *super().queues(request)]

    def neighbours(self, request, record):
        statements = record.statements.select_related("speaker")
        return [Neighbour(request, self.admin_site, statements, f"article__id__exact={record.pk}", f"article={record.pk}")]


def without_statements(articles):
    """Articles from which nothing was entered yet; one that repeats another needs nothing."""
    statements = Article.statements.rel.related_model.objects.filter(article=OuterRef("pk"))
    return articles.filter(~Exists(statements.order_by()), duplicate_of=None)
