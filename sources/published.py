"""The public tables of sources and articles."""

from django.db import models

from borderwatch.published import PublishedRow, now_index
from sources import documents


class PublishedSource(PublishedRow):
    record = "source"
    id_prefix = "SO"
    list_name = "sources"
    rule_fields = ("kind", "reliability")

    kind = models.CharField(max_length=20, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")

    class Meta(PublishedRow.Meta):
        abstract = False

    @classmethod
    def compose(cls, public, state):
        return documents.source_document(public, state)

    @classmethod
    def columns(cls, public, document):
        return super().columns(public, document) | {"kind": document["kind"], "country": document["country"]}

    @classmethod
    def needed_by(cls, public, state):
        fields = (
            ("article", "source"),
            ("article", "origin"),
            ("article", "cites"),
            ("actor", "outlets"),
            ("statement", "released_through"),
        )
        return [known.public_id for record, name in fields for known in state.referring(record, name, [public.uid])[public.uid]]

    @classmethod
    def words(cls, public, document, state):
        return " ".join([public.public_id, document["name"], document["ownership"], *documents.translated(public, "name")])


class PublishedArticle(PublishedRow):
    record = "article"
    id_prefix = "AR"
    list_name = "articles"
    reference_kinds = {"source": "source", "origin": "source", "cites": "source", "duplicate_of": "article"}
    rule_fields = ("source", "origin", "retracted_on")

    source_uid = models.UUIDField(null=True)
    published_on = models.DateField(null=True)
    language = models.CharField(max_length=10, blank=True, default="")

    class Meta(PublishedRow.Meta):
        abstract = False
        indexes = [
            *PublishedRow.Meta.indexes,
            models.Index(fields=["published_on"], name="%(class)s_by_date"),
            now_index("now_by_date", "-published_on"),
            now_index("now_by_source", "source_uid", "-published_on"),
        ]

    @classmethod
    def compose(cls, public, state):
        return documents.article_document(public, state)

    @classmethod
    def columns(cls, public, document):
        return {
            "title": document["headline"],
            "source_uid": public.content["source"],
            "published_on": public.content["published_on"],
            "language": document["language"],
        }

    @classmethod
    def needed_by(cls, public, state):
        fields = (("statement", "article"), ("article", "duplicate_of"))
        return [known.public_id for record, name in fields for known in state.referring(record, name, [public.uid])[public.uid]]

    @classmethod
    def words(cls, public, document, state):
        source = document["source"] or {}
        return " ".join([public.public_id, document["headline"], document["summary"], document["byline"], source.get("name", "")])
