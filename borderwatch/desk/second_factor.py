"""The pages of the second factor: give the code, set it up, make new recovery codes."""

from base64 import b32encode
from functools import wraps
from urllib.parse import quote

import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp import login, match_token

from borderwatch import second_factor

ALWAYS_OPEN = {"logout", "jsi18n"}
"""What somebody may do whose sign-in is half done."""


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True, "spellcheck": "false"}),
        help_text=gettext_lazy("The six digits that your app shows now, or one of your recovery codes."),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split()).lower()


def with_second_factor(view):
    """The view, for those whose sign-in is whole; others are led to what is missing."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        is_open = request.resolver_match and request.resolver_match.url_name in ALWAYS_OPEN
        if is_open or not second_factor.lacks_second_factor(request.user):
            return view(request, *args, **kwargs)
        name = "second-factor" if second_factor.is_enrolled(request.user) else "second-factor-set-up"
        return HttpResponseRedirect(f"{reverse(f'admin:{name}')}?next={quote(request.get_full_path())}")

    return guarded


class SecondFactorPages:
    """Mixed into the desk's site."""

    def second_factor_urls(self, half_signed_in):
        """`half_signed_in` wraps views for those who gave a password and nothing else yet."""
        return [
            path("second-factor/", half_signed_in(self.second_factor_view), name="second-factor"),
            path("second-factor/set-up/", half_signed_in(self.set_up_view), name="second-factor-set-up"),
            path("second-factor/recovery-codes/", self.admin_view(self.recovery_codes_view), name="second-factor-recovery-codes"),
        ]

    def second_factor_view(self, request):
        """Give the code."""
        if not second_factor.is_enrolled(request.user):
            return HttpResponseRedirect(reverse("admin:second-factor-set-up"))
        form = CodeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            device = match_token(request.user, form.cleaned_data["code"])
            if device:
                login(request, device)
                return HttpResponseRedirect(self.whereto(request))
            form.add_error("code", _("That is not the code. Wait for the next one and type it within half a minute."))
        return self.second_factor_page(request, "second_factor", _("Second step of signing in"), form=form)

    def set_up_view(self, request):
        """Show the secret as a picture for the app; the first code proves that it was read."""
        if second_factor.is_enrolled(request.user) and not request.user.is_verified():
            return HttpResponseRedirect(reverse("admin:second-factor"))
        device, form = second_factor.device_to_confirm(request.user), CodeForm(request.POST or None)
        form.fields["code"].help_text = _("The six digits that the app shows now.")
        if request.method == "POST" and form.is_valid():
            if device.verify_token(form.cleaned_data["code"]):
                codes = second_factor.confirm(device)
                login(request, device)
                return self.codes_page(request, codes)
            form.add_error("code", _("That is not the code. Check the time on your phone, wait for the next code and type that."))
        secret = b32encode(device.bin_key).decode()
        shown = {"qr": qr(device), "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))}
        return self.second_factor_page(request, "second_factor_set_up", _("Set up the second step"), form=form, **shown)

    def recovery_codes_view(self, request):
        """How many are left; new ones end the old."""
        if request.method == "POST" and request.user.is_verified():
            return self.codes_page(request, second_factor.new_recovery_codes(request.user))
        if not second_factor.is_enrolled(request.user):
            messages.info(request, _("You have no second step yet. Set it up first; recovery codes come with it."))
            return HttpResponseRedirect(reverse("admin:second-factor-set-up"))
        left = second_factor.recovery_codes_left(request.user)
        return self.second_factor_page(request, "recovery_codes", _("Recovery codes"), left=left)

    def codes_page(self, request, codes):
        return self.second_factor_page(request, "recovery_codes", _("Your recovery codes"), codes=codes, next=self.whereto(request))

    def second_factor_page(self, request, template, title, **context):
        whole = self.each_context(request) | {"title": title, "next": request.GET.get("next", "")} | context
        return TemplateResponse(request, f"admin/{template}.html", whole)

    def whereto(self, request):
        """Where the editor wanted to go, on this host."""
        wanted = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
        return wanted if is_ours else reverse("admin:index")


def qr(device):
    """The secret as an SVG picture, drawn here: it never leaves this machine."""
    drawn = segno.make(device.config_url, error="m").svg_inline(scale=4, border=4, light="#fff", dark="#000", svgclass="qr")
    return mark_safe(drawn)  # noqa: S308 drawn by segno from our own secret
