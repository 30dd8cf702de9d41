"""Documents of sources and articles: own content joined with what is public of the records it names."""

import datetime

from borderwatch.documents import common, image_in_document, public_id_of, reference, referenced


def translated(public, field):
    """The field's texts in other languages."""
    return [texts[field] for texts in (public.content.get("translations") or {}).values() if texts.get(field)]


NEWS_DAYS = 7
"""A picture taken up to so many days before its article came out shows the news; an older one is a file photo."""


def days_before(day, count):
    """ISO day → the ISO day so many days earlier; None stays None."""
    return day and (datetime.date.fromisoformat(day) - datetime.timedelta(days=count)).isoformat()


def source_document(public, state):
    """The public document of a source; reliability is the Admiralty code's letter."""
    own = public.content
    plain = "name slug kind country languages"
    rest = "ownership scale reliability reliability_reason reliability_assessed_on logo"
    return (
        {"id": public.public_id, "url": source_url(public)}
        | {name: own[name] for name in plain.split()}
        | {"website": own["url"]}
        | {name: own[name] for name in rest.split()}
        | common(public)
    )


def source_url(public):
    return f"/sources/{public.public_id}/{public.content['slug']}/"


def source_reference(uid, state):
    """{"id", "name", "kind", "reliability"} of a public source, or None."""
    source = state.get("source", uid)
    return source and {"id": source.public_id} | {name: source.content[name] for name in ("name", "kind", "reliability")}


def article_document(public, state):
    """The public document of an article: where it stood, not its words."""
    own = public.content
    rest = "byline language published_on published_precision"
    return (
        {"id": public.public_id, "url": f"/articles/{public.public_id}/", "headline": own["headline"]}
        | {"original_url": own["url"], "archive_url": own["archive_url"]}
        | {name: own[name] for name in rest.split()}
        | {
            "source": source_reference(own["source"], state),
            "origin": referenced("source", own["origin"], state),
            "cites": [reference(source) for source in state.load("source", own["cites"])],
            "summary": own["summary"],
            "image": image_in_document(own["image"], days_before(own["published_on"], NEWS_DAYS)),
            "duplicate_of": public_id_of("article", own["duplicate_of"], state),
            "retracted_on": own["retracted_on"],
            "retraction_notice": own["retraction_notice"],
        }
        | common(public)
    )


def article_reference(uid, state):
    """What a statement shows of its article, or None."""
    article = state.get("article", uid)
    if article is None:
        return None
    own = article.content
    return {
        "id": article.public_id,
        "headline": own["headline"],
        "url": f"/articles/{article.public_id}/",
        "original_url": own["url"],
        "archive_url": own["archive_url"],
        "published_on": own["published_on"],
        "published_precision": own["published_precision"],
        "language": own["language"],
        "retracted_on": own["retracted_on"],
        "source": source_reference(own["source"], state),
    }
