"""What stands around a source on its page: what it published, what it says on its own authority, whose words it relays."""

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from borderwatch.documents import reference
from borderwatch.lists.row_filters import led_by
from incidents.pages.around import MOST, rows_naming
from incidents.published import PublishedActor, PublishedStatement, StatementFacet
from sources.published import PublishedArticle


def source(page, document):
    own = page.rows(PublishedArticle).filter(source_uid=page.row.uid)
    articles = newest(page, own)
    published = own.count() if len(articles) == MOST else len(articles)
    said = led_by(page.rows(PublishedStatement), "source", document["id"])
    return {
        "articles": articles,
        "published": published,
        "articles_url": f"{reverse('article-list')}?source={document['id']}" if published > MOST else "",
        "relayed": relayed(page, said, document["id"]),
        "originated": originated(page, said, document["id"]),
        "copied": newest(page, rows_naming(page, PublishedArticle, "origin")),
        "relied_on": newest(page, rows_naming(page, PublishedArticle, "cites")),
        "speaks_for": [reference(actor) for actor in page.state.referring("actor", "outlets", [str(page.row.uid)])[str(page.row.uid)]],
    }


def relayed(page, said, source_id):
    """Whose words its articles carry: [{"actor", "statements", "url"}], the most first."""
    speakers = FilteredRelation("facets", condition=Q(facets__name="speaker"))
    speaker = Coalesce("said_by__value", Value(""))  # bare, SQLite would walk the index of all speakers to group by it
    spoken = said.alias(said_by=speakers).filter(said_by__name="speaker").annotate(speaker=speaker)
    counted = dict(spoken.values_list("speaker").annotate(many=Count("pk")).order_by("-many", "speaker")[:MOST])
    actors = {row.public_id: row for row in page.rows(PublishedActor).filter(public_id__in=counted)}
    return [
        {
            "actor": {"id": number, "name": actors[number].title},
            "statements": many,
            "url": f"{reverse('statement-list')}?source={source_id}&speaker={number}",
        }
        for number, many in counted.items()
        if number in actors
    ]


def originated(page, said, source_id):
    """The statements whose origin is the source itself: its own reporting, or what another copied from it."""
    spoken = StatementFacet.objects.filter(name="speaker", row=OuterRef("pk"))
    own = page.documents(said.filter(~Exists(spoken)).order_by(F("lead__date").desc(nulls_last=True), "-pk")[:MOST])
    return [statement for statement in own if (statement["origin"] or {}).get("id") == source_id]


def newest(page, articles):
    """The newest of these articles, in the order in which they came out."""
    return page.documents(articles.order_by(F("published_on").desc(nulls_last=True), "-pk")[:MOST])[::-1]
