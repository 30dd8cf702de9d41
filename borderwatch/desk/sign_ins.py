"""Where somebody is signed in, and how to end it everywhere else."""

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SINCE, BROWSER = "signed_in_at", "browser"


def remember(sender, request, user, **kwargs):
    """user_logged_in: when and with what, kept in the session itself and gone with it."""
    request.session[SINCE] = timezone.now().isoformat()
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:200]


def sessions_of(user):
    """[(session, what it holds)] of `user`. A newsroom has few sessions, so they are read one by one."""
    running = ((session, session.get_decoded()) for session in Session.objects.filter(expire_date__gt=timezone.now()))
    return [(session, held) for session, held in running if held.get(SESSION_KEY) == str(user.pk)]


def sign_in(held):
    """What the page says of a session."""
    return {"since": parse_datetime(held.get(SINCE, "")), "browser": held.get(BROWSER, "")}


class SignInPages:
    """Mixed into the desk's site."""

    def sign_in_urls(self):
        return [path("sign-ins/", self.admin_view(self.sign_ins_view), name="sign-ins")]

    def sign_ins_view(self, request):
        mine, this = sessions_of(request.user), request.session.session_key
        if request.method == "POST":
            others = [session.pk for session, _held in mine if session.pk != this]
            Session.objects.filter(pk__in=others).delete()
            messages.success(request, ngettext("%d other sign-in ended.", "%d other sign-ins ended.", len(others)) % len(others))
            return HttpResponseRedirect(reverse("admin:sign-ins"))
        shown = [sign_in(held) | {"is_this": session.pk == this} for session, held in mine]
        context = self.each_context(request) | {"title": _("Where you are signed in"), "sign_ins": shown}
        return TemplateResponse(request, "admin/sign_ins.html", context)
