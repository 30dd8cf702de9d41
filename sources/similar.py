"""Articles that may be one: the same address in another form, or a text that stands in another article too.

A text is cut into runs of five words. The hashes of its runs that are smallest are kept as its fingerprint (a bottom-k sketch):
texts that share many of them share much of their text. An indexed count finds them; then the texts themselves are compared.
"""

import hashlib
import heapq
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from borderwatch.search import tokens
from sources.addresses import variants
from sources.models import Article, Shingle

WORDS = 5
KEPT = 96
FEWEST = 2
"""Parts of the fingerprint that must be shared before the texts are compared."""
SHORTEST = 20
"""Words that a text needs before it is compared at all."""
LEAST = 0.2
"""Share of a text that is worth a word."""
COMPARED = 8


@dataclass
class TextInCommon:
    """An article whose text stands partly in another text: `share` of that text is here, `its_share` of this article there."""

    article: Article
    share: float
    its_share: float


def same_address(articles, address):
    """The article of `articles` at `address`, in whatever form it is written; None where there is none."""
    return articles.filter(url__in=variants(address)).first() if address else None


def shingles(text):
    """Hashes of every five words in a row, in any script."""
    words = tokens(text)
    if len(words) < SHORTEST:
        return set()
    runs = (" ".join(words[place : place + WORDS]) for place in range(len(words) - WORDS + 1))
    return {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), signed=True) for run in runs}


def fingerprint(text):
    return heapq.nsmallest(KEPT, shingles(text))


def write_fingerprint(article):
    """Keep the fingerprint of the article's captured text, in place of the one before."""
    article.shingles.all().delete()
    Shingle.objects.bulk_create([Shingle(article=article, value=value) for value in fingerprint(article.text)])


def texts_in_common(articles, text):
    """Of `articles`, those that share at least LEAST of `text` or of their own text with it, as TextInCommon; the most first."""
    mine = shingles(text)
    if not mine:
        return []
    sharing = Shingle.objects.filter(value__in=heapq.nsmallest(KEPT, mine)).values_list("article").annotate(shared=Count("pk"))
    found = sharing.filter(shared__gte=FEWEST).order_by("-shared", "article")[:COMPARED]
    compared = [in_common(article, mine) for article in articles.filter(pk__in=[key for key, _shared in found])]
    worth = [one for one in compared if max(one.share, one.its_share) >= LEAST]
    return sorted(worth, key=lambda one: (-max(one.share, one.its_share), one.article.pk))


def in_common(article, mine):
    theirs = shingles(article.text)
    shared = len(mine & theirs)
    return TextInCommon(article, shared / len(mine), shared / (len(theirs) or 1))


# In words, for the desk


def similar_articles(typed, record=None):
    """(article, words) of what may be the article whose form holds `typed` (field → text); `record`: the one being changed."""
    others = Article.objects.select_related("source").exclude(pk=getattr(record, "pk", None))
    same = same_address(others, typed.get("url", ""))
    found = [(same, _("the same address"))] if same else []
    common = texts_in_common(others, typed.get("text", ""))
    return found + [(one.article, share_in_words(one)) for one in common if one.article != same]


def share_in_words(common):
    """How much of which text stands where: "about 80% of this text stands in it"."""
    if common.share >= common.its_share:
        return amount(common.share, _("all of this text stands in it"), _("about %(share)s%% of this text stands in it"))
    return amount(common.its_share, _("all of its text stands in this one"), _("about %(share)s%% of its text stands in this one"))


def amount(share, whole, part):
    return whole if share > 0.97 else part % {"share": round(share * 10) * 10 if share < 0.95 else 95}
