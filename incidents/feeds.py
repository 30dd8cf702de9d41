"""Atom feeds: new and changed incidents (with the filters of the list), and corrections of whatever record."""

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from borderwatch.addresses import in_this_language
from borderwatch.public_views import documents_of
from borderwatch.state import PublicState
from incidents.filters import IncidentFilter

MOST = 50


class IncidentFeed(Feed):
    """Incidents, the last changed first."""

    feed_type = Atom1Feed

    def get_object(self, request):
        return IncidentFilter(request.GET, request=request)

    def title(self):
        return _("BorderWatch: incidents")

    def link(self):
        return reverse("incident-list")

    def items(self, asked):
        state = PublicState.as_of(asked.as_of) if asked.as_of else None
        return documents_of(asked.qs.order_by("-valid_from", "-pk")[:MOST], state, summary=True)

    def item_title(self, document):
        return document["title"]

    def item_description(self, document):
        return document["summary"]

    def item_link(self, document):
        return in_this_language(document["url"])

    def item_guid(self, document):
        return f"{document['id']}#{document['edition']['number']}"

    def item_pubdate(self, document):
        return parse_datetime(document["first_published_at"])

    def item_updateddate(self, document):
        return parse_datetime(document["edition"]["valid_from"])
