"""Atom feeds: new and changed incidents (with the filters of the list), and corrections of whatever record."""

from django.contrib.syndication.views import Feed
from django.http import HttpResponseBadRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from borderwatch.lists import serving
from borderwatch.public.addresses import in_this_language
from borderwatch.texts.translations import in_reader_language
from incidents.filters import IncidentFilter

MOST = 50


class IncidentFeed(Feed):
    """Incidents, the last changed first."""

    feed_type = Atom1Feed

    def __call__(self, request, *args, **kwargs):
        asked = IncidentFilter(request.GET, without=("ordering", "cursor", "limit", "fields"))
        if asked.problems:
            lines = [f"{problem['name']}: {problem['message']}" for problem in asked.problems]
            return HttpResponseBadRequest("\n".join(lines), content_type="text/plain; charset=utf-8")
        return super().__call__(request, *args, asked=asked, **kwargs)

    def get_object(self, request, asked):
        return asked

    def title(self):
        return _("BorderWatch: incidents")

    def link(self):
        return reverse("incident-list")

    def items(self, asked):
        found = serving.list_items(asked.qs.order_by("-valid_from", "-pk").with_text()[:MOST], asked.as_of)
        return in_reader_language(found, lambda model: model.objects.as_of(asked.as_of) if asked.as_of else model.objects.current())

    def item_title(self, document):
        return document["title"]

    def item_description(self, document):
        return document["summary"]

    def item_link(self, document):
        return in_this_language(document["url"])

    def item_guid(self, document):
        return f"urn:{document['edition']['digest']}"

    def item_pubdate(self, document):
        return parse_datetime(document["first_published_at"])

    def item_updateddate(self, document):
        return parse_datetime(document["edition"]["valid_from"])
