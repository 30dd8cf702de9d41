"""Who publishes signs in with two things; a lost phone locks nobody out for good; a half-done sign-in opens nothing."""

import re
import time

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.desk import make_colleague, signed_in

pytestmark = pytest.mark.django_db
SET_UP, GIVE, CODES = "/admin/second-factor/set-up/", "/admin/second-factor/", "/admin/second-factor/recovery-codes/"


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.SECOND_FACTOR = True


def code_of(device, later=0):
    """What the app shows; `later`: in so many steps of half a minute."""
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * later
    return f"{totp.token():06}"


def enrolled(role="editor"):
    """(client, device, recovery codes) of a colleague who just set up the second step."""
    client = signed_in(role)
    client.get(SET_UP)
    device = TOTPDevice.objects.get()
    page = client.post(SET_UP, {"code": code_of(device)})
    return client, device, re.findall(r"<code>(\w{8})</code>", page.content.decode())


def signed_in_again(role="editor"):
    client = Client()
    client.force_login(make_colleague(role))
    return client


def test_an_editor_sets_up_the_second_step_before_the_desk_opens():
    client = signed_in("editor")
    assert client.get("/admin/incidents/incident/")["Location"] == f"{SET_UP}?next=/admin/incidents/incident/"
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page and "style=" not in page
    client, _device, codes = enrolled()
    assert len(set(codes)) == 10
    assert client.get("/admin/incidents/incident/").status_code == 200


def test_a_password_alone_opens_nothing_once_the_second_step_is_set_up():
    _client, device, _codes = enrolled()
    again = signed_in_again()
    for path in ("/admin/", "/admin/incidents/incident/add/", CODES, "/admin/sign-ins/"):
        assert again.get(path)["Location"].startswith(GIVE)
    assert again.get(SET_UP)["Location"] == GIVE, "who has a password only may not replace the phone"
    wrong = again.post(GIVE, {"code": "000000"})
    assert "That is not the code" in wrong.content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0)
    whole = again.post(GIVE, {"code": code_of(device, later=1), "next": "/admin/sources/source/"})
    assert whole["Location"] == "/admin/sources/source/"
    assert again.get("/admin/").status_code == 200


def test_a_code_works_once_and_guessing_is_slowed_down():
    _client, device, _codes = enrolled()
    again = signed_in_again()
    assert again.post(GIVE, {"code": code_of(device)}).status_code == 200, "the code that set it up was used"
    assert again.post(GIVE, {"code": code_of(device, later=1)}).status_code == 200, "after a failure even the right one must wait"


def test_a_recovery_code_stands_in_for_the_phone_once():
    _client, _device, codes = enrolled()
    again = signed_in_again()
    assert again.post(GIVE, {"code": f" {codes[0].upper()} "}).status_code == 302
    assert "9 recovery codes are left" in again.get(CODES).content.decode()
    another = signed_in_again()
    assert another.post(GIVE, {"code": codes[0]}).status_code == 200
    again.post(CODES)
    assert StaticToken.objects.count() == 10 and not StaticToken.objects.filter(token__in=codes).exists()


def test_the_page_after_the_code_stays_on_the_host():
    _client, device, _codes = enrolled()
    left = signed_in_again().post(GIVE, {"code": code_of(device, later=1), "next": "https://elsewhere.example/"})
    assert left["Location"] == "/admin/"


def test_a_contributor_may_do_without_and_the_setting_may_be_off(settings):
    assert signed_in("contributor").get("/admin/").status_code == 200
    settings.SECOND_FACTOR = False
    assert signed_in("editor").get("/admin/").status_code == 200


def test_a_lost_phone_is_forgotten_by_a_command():
    enrolled()
    call_command("reset_totp", "some-editor")
    assert signed_in_again().get("/admin/")["Location"].startswith(SET_UP)
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("reset_totp", "some-editor")


def test_nobody_reads_the_secrets_on_the_desk(settings):
    settings.SECOND_FACTOR = False
    assert signed_in("admin").get("/admin/otp_totp/totpdevice/").status_code == 404


def test_somebody_signs_out_everywhere_else(settings):
    settings.SECOND_FACTOR = False
    here, elsewhere, somebody = signed_in("editor"), signed_in_again(), signed_in("contributor")
    assert "Sign out everywhere else" in here.get("/admin/sign-ins/").content.decode()
    here.post("/admin/sign-ins/")
    assert here.get("/admin/").status_code == somebody.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
