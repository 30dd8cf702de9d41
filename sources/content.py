"""What the public sees of a source and an article: their own fields, listed one by one. Captured text and notes stay on the desk."""

from borderwatch.records import image_of, in_order, uid_of, values


def source_content(source):
    plain = "name slug kind country languages url ownership scale reliability reliability_reason reliability_assessed_on translations"
    return values(source, plain) | {"logo": source.logo.name if source.logo else None}


def article_content(article):
    plain = "headline url archive_url byline language published_on published_precision summary retracted_on retraction_notice translations"
    return values(article, plain) | {
        "source": uid_of(article.source),
        "origin": uid_of(article.origin),
        "cites": in_order(article.cites),
        "duplicate_of": uid_of(article.duplicate_of),
        "image": image_of(article),
    }
