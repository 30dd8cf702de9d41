"""The addresses of places, for the sitemap: reference data, public at once."""

from borderwatch.public.sitemaps import PagesInEveryLanguage
from incidents.places import Place


class PlaceSitemap(PagesInEveryLanguage):
    def items(self):
        return Place.objects.order_by("pk").only("slug")

    def location(self, place):
        return f"/places/{place.slug}/"
