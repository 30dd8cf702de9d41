"""Headers, languages and cookies: readers get no cookie and no session, editors get them under /admin/ alone.

What every request passes costs every reader: what the desk alone needs lets readers' requests pass by.
"""

import functools

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.utils import translation


def is_desk(request):
    return request.path_info.startswith("/admin/")


class DeskOnly:
    """Before a middleware that readers' requests pass by."""

    def __call__(self, request):
        return super().__call__(request) if is_desk(request) else self.get_response(request)


class DeskSessionMiddleware(DeskOnly, SessionMiddleware):
    """Sessions for the desk only: a public page never reads or sets a cookie."""


class DeskAuthenticationMiddleware(DeskOnly, AuthenticationMiddleware):
    """Who is signed in; on a public page nobody is."""


class DeskMessageMiddleware(DeskOnly, MessageMiddleware):
    """What the desk says after something was saved."""


class PublicHeadersMiddleware:
    """Permissions-Policy everywhere; nothing behind a sign-in is ever stored by a cache; no cookie for readers, whoever would set one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        if is_desk(request):
            response.headers["Cache-Control"] = "private, no-store"
        else:
            response.cookies.clear()
        return response


@functools.cache
def policy():
    return build_policy(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])


class OnePolicyMiddleware(CSPMiddleware):
    """The same Content-Security-Policy on every answer, put together once: nothing here has a nonce or a policy of its own."""

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(HEADER, policy())
        return response


class LanguageMiddleware:
    """The language stands in the address and nowhere else, so an address has one answer for every reader: no `Vary: Accept-Language`."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.others = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}

    def __call__(self, request):
        first = request.path_info[1:].partition("/")[0]
        request.LANGUAGE_CODE = language = first if first in self.others else settings.LANGUAGE_CODE
        translation.activate(language)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
