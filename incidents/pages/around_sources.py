"""What stands around a source on its page: what it published, what it says on its own authority, whose words it relays."""

from django.db.models import Count
from django.urls import reverse

from borderwatch.documents import reference
from incidents.pages.around import LATEST_SAID, MOST, with_facet
from incidents.published import PublishedActor, PublishedStatement, StatementFacet
from sources.published import PublishedArticle


def source(page, document):
    uid = str(page.row.uid)
    own = page.rows(PublishedArticle).filter(source_uid=page.row.uid).order_by("published_on", "pk")
    said = with_facet(page.rows(PublishedStatement), "source", [document["id"]])
    return {
        "articles": page.documents(own),
        "relayed": relayed(page, said, document["id"]),
        "originated": originated(page, said, document["id"]),
        "copied": articles_naming(page, uid, "origin"),
        "relied_on": articles_naming(page, uid, "cites"),
        "speaks_for": [reference(actor) for actor in page.state.referring("actor", "outlets", [uid])[uid]],
    }


def relayed(page, said, source_id):
    """Whose words its articles carry: [{"actor", "statements", "url"}], the most first."""
    facets = StatementFacet.objects.filter(name="speaker", row__in=said).values_list("value").annotate(many=Count("row"))
    counted = dict(facets.order_by("-many", "value")[:MOST])
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
    spoken = StatementFacet.objects.filter(name="speaker", row__in=said).values("row")
    own = page.documents(said.exclude(pk__in=spoken).order_by(*LATEST_SAID)[:MOST])
    return [statement for statement in own if (statement["origin"] or {}).get("id") == source_id]


def articles_naming(page, uid, field):
    """Articles of others that copy the source or rely on it."""
    uids = [known.uid for known in page.state.referring("article", field, [uid])[uid]]
    return page.documents(page.rows(PublishedArticle).filter(uid__in=uids).order_by("published_on", "pk"))
