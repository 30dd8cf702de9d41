"""Which files there are of sources and articles, and their columns."""

from borderwatch.api.files import FileView
from borderwatch.files.exports import Table
from sources import shapes
from sources.filters import ArticleFilter, SourceFilter

SOURCE = {
    "id": "Our number, never reused.",
    "url": "Its page.",
    "name": "Its name.",
    "slug": "Its address word.",
    "kind": "Code of the kind of publisher.",
    "country": "Two letters, ISO 3166-1.",
    "languages": "Language codes.",
    "website": "Its own site.",
    "ownership": "Who owns it.",
    "scale": "From how near it reports, ACLED's source_scale.",
    "reliability": "Admiralty code, A to F.",
    "reliability_reason": "Why.",
    "reliability_assessed_on": "When.",
}
ARTICLE = {
    "id": "Our number, never reused.",
    "url": "Its page.",
    "headline": "Its headline.",
    "original_url": "Where it stands.",
    "archive_url": "Where a copy is kept.",
    "byline": "Who wrote it.",
    "language": "Language code.",
    "published_on": "Day.",
    "published_precision": "UCDP date_prec.",
    "source": "Id of the source that published it.",
    "origin": "Id of the source whose copy it is.",
    "cites": "Ids of the sources it relies on.",
    "summary": "Our summary.",
    "duplicate_of": "Id of the article that it repeats.",
    "retracted_on": "Day on which it was taken back.",
}


def source_rows(documents, asked):
    for document in documents:
        yield [document[name] for name in SOURCE]


def article_rows(documents, asked):
    for document in documents:
        named = {name: document[name] and document[name]["id"] for name in ("source", "origin")}
        found = document | named | {"cites": [source["id"] for source in document["cites"]]}
        yield [found[name] for name in ARTICLE]


class SourceFile(FileView):
    """The sources asked for."""

    filterset_class = SourceFilter
    shape = shapes.Source
    layouts = {"borderwatch": Table("sources", SOURCE, source_rows)}


LINKS = {"source": "sources", "origin": "sources", "duplicate_of": "articles"}


class ArticleFile(FileView):
    """The articles asked for."""

    filterset_class = ArticleFilter
    shape = shapes.Article
    layouts = {"borderwatch": Table("articles", ARTICLE, article_rows, links=LINKS)}
