"""The sitemap: exactly what is public, each page in every language with its counterparts."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from borderwatch.files import data_releases
from borderwatch.published import public_kinds

ADDRESSES_AT_ONCE = 1_000
"""Pages in a file, a third of a second of work; each stands there once in every language."""
FURTHER = {}
"""Name → sitemap of pages that are no records; the apps add theirs."""


class PagesInEveryLanguage(Sitemap):
    """Addresses without a language prefix, listed once for each language with all the others beside it (hreflang)."""

    limit = ADDRESSES_AT_ONCE

    def get_urls(self, page=1, site=None, protocol=None):
        with translation.override(settings.LANGUAGE_CODE):
            found = super().get_urls(page, site, protocol)
        return [version for url in found for version in in_every_language(url, f"{self.get_protocol(protocol)}://{self.get_domain(site)}")]


def in_every_language(url, site):
    """What a sitemap says of one page, for each language."""
    path = url["location"].removeprefix(site)
    locations = {code: site + ("" if code == settings.LANGUAGE_CODE else f"/{code}") + path for code, _name in settings.LANGUAGES}
    alternates = [{"lang_code": code, "location": location} for code, location in locations.items()]
    return [url | {"location": location, "alternates": alternates} for location in locations.values()]


class RecordSitemap(PagesInEveryLanguage):
    """The addresses of one kind of record: exactly what is public now."""

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.current().order_by("pk").only("public_id", "slug", "valid_from")

    def location(self, row):
        return f"/{self.model.list_name}/{row.public_id}/{row.slug + '/' if row.slug else ''}"

    def lastmod(self, row):
        return row.valid_from

    def get_latest_lastmod(self):
        """Django's reads every address for it; the last edition is the last change."""
        return self.items().order_by("-pk").values_list("valid_from", flat=True).first()


class StandingSitemap(PagesInEveryLanguage):
    LISTS = "incident-list map timeline statement-list actor-list source-list article-list place-list tallies comparisons corrections"

    def items(self):
        return ["home", *self.LISTS.split(), "changes", "methodology", "data", "data-dictionary", "about"]

    def location(self, name):
        return reverse(name)


class DataReleaseSitemap(PagesInEveryLanguage):
    """The pages of named data releases."""

    def items(self):
        return data_releases.releases()

    def location(self, release):
        return reverse("data-release", args=[release["name"]])

    def lastmod(self, release):
        return parse_datetime(release["as_of"])


def sitemaps():
    kinds = {record: RecordSitemap(model) for record, model in public_kinds().items()}
    return {"pages": StandingSitemap(), "data": DataReleaseSitemap()} | kinds | {name: made() for name, made in FURTHER.items()}


@require_safe
def sitemap_of_all(request):
    """Every public address in one file, or, of a large record, the list of the files that hold them."""
    found = sitemaps()
    if sum(one.paginator.count for one in found.values()) > ADDRESSES_AT_ONCE:
        return sitemap_index(request, sitemaps=found, sitemap_url_name="sitemap-section")
    return sitemap(request, sitemaps=found)


@require_safe
def sitemap_of_section(request, section):
    return sitemap(request, sitemaps=sitemaps(), section=section)
