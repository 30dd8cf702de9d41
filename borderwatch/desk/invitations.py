"""Invitations to the desk: an account without a password, and a link that sets it once."""

import os

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ADMIN = "admin"
"""The role that may do everything; the others are groups."""


class InvitationToken(PasswordResetTokenGenerator):
    """Good until the password is set or somebody signs in, and for PASSWORD_RESET_TIMEOUT seconds at most."""

    key_salt = "borderwatch.desk.invitations"


token = InvitationToken()


@transaction.atomic
def invite(email, role, username=""):
    """The user with that address, made where there is none, in that role. Raises ValidationError for one who can sign in already."""
    group = None if role == ADMIN else Group.objects.filter(name=role).first()
    if role != ADMIN and group is None:
        names = [*Group.objects.order_by("name").values_list("name", flat=True), ADMIN]
        raise ValidationError(_("There is no role %(role)s. Known: %(names)s.") % {"role": role, "names": ", ".join(names)})
    known = get_user_model().objects.filter(email__iexact=email).first()
    if known and known.has_usable_password():
        raise ValidationError(_("%(email)s has an account already: %(username)s.") % {"email": email, "username": known.username})
    user = known or get_user_model()(username=free_name(username or email.partition("@")[0]), email=email)
    user.is_staff, user.is_superuser = True, role == ADMIN
    user.set_unusable_password()
    user.save()
    user.groups.set([group] if group else [])
    return user


def free_name(wanted):
    """A user name that nobody has."""
    wanted = slugify(wanted, allow_unicode=True)[:100] or "colleague"
    taken = set(get_user_model().objects.filter(username__startswith=wanted).values_list("username", flat=True))
    return next(name for name in (wanted, *(f"{wanted}{number}" for number in range(2, len(taken) + 3))) if name not in taken)


def address_of(user):
    """The link, on the site's public address where that is set."""
    path = reverse("invitation", args=[urlsafe_base64_encode(force_bytes(user.pk)), token.make_token(user)])
    return site_address() + path


def site_address():
    if settings.SITE_URL:
        return settings.SITE_URL
    if settings.DEVELOPMENT:
        return f"http://{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or 8000}"
    return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}"


class InvitationView(PasswordResetConfirmView):
    """Where somebody who was invited sets the password. The link's secret leaves the address before the page is shown."""

    template_name = "admin/invitation.html"
    token_generator = token
    success_url = reverse_lazy("admin:login")
    title = gettext_lazy("Welcome to the desk: set your password")

    def get_context_data(self, **kwargs):
        username = self.user.username if self.validlink else ""
        return admin.site.each_context(self.request) | super().get_context_data(username=username, **kwargs)
