"""Parts of pages kept as rendered, under all that they show: a release of something else leaves them standing."""

import hashlib

from django import template
from django.conf import settings
from django.core.cache import caches
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from borderwatch.lists.serving import Listed
from borderwatch.public.caching import A_DAY, code_version

register = template.Library()

LARGEST_KEPT = 256 * 1024


class KeptNode(template.Node):
    def __init__(self, nodelist, cache, shown):
        self.nodelist, self.cache, self.shown = nodelist, cache, shown

    def render(self, context):
        key = self.key(context)
        text = caches[self.cache].get(key)
        if text is None:
            text = self.nodelist.render(context)
            if len(text) <= LARGEST_KEPT:
                caches[self.cache].set(key, str(text), A_DAY)
        return SafeString(text)

    def key(self, context):
        """A digest of everything that the part shows, with what its links need of the request and of the settings."""
        place = [self.origin.template_name, self.token.lineno, get_language()]
        shown = [value.resolve(context) for value in self.shown]
        return hashlib.sha256((asked_in(context.request) + ENCODER.encode([place, shown])).encode()).hexdigest()


def asked_in(request):
    """What links and settings make of every part of one page; worked out once for all of its parts."""
    if not hasattr(request, "kept_under"):
        site = [code_version(), settings.SITE_URL, settings.CONTACT_EMAIL, request.scheme, request.get_host()]
        request.kept_under = ENCODER.encode([site, getattr(request, "as_of_asked", "")])
    return request.kept_under


class Encoder(DjangoJSONEncoder):
    def default(self, value):
        return value.text if isinstance(value, Listed) else super().default(value)


ENCODER = Encoder(ensure_ascii=False, separators=(",", ":"))


@register.tag
def kept(parser, token):
    """{% kept "rows" incident q %}…{% endkept %}: a part that shows nothing but these values, kept in the cache `rows`.

    Values are plain ones, such as documents; TypeError for others, because what cannot be written down cannot be told apart.
    """
    _name, cache, *shown = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, cache.strip('"'), [parser.compile_filter(value) for value in shown])
