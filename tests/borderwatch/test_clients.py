"""Nobody chooses the address that the site believes they come from."""

import pytest
from django.test import RequestFactory

from borderwatch.clients import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, None, "10.0.0.9"),
        (0, "203.0.113.1", "10.0.0.9"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "198.51.100.66, 203.0.113.1", "203.0.113.1"),
        (2, "198.51.100.66, 203.0.113.1, 10.0.0.8", "203.0.113.1"),
        (2, "203.0.113.1", "203.0.113.1"),
        (1, "", "10.0.0.9"),
    ],
)
def test_only_what_our_own_proxies_say_is_believed(settings, proxies, forwarded, believed):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", **headers)) == believed


def test_a_forged_address_does_not_escape_the_lock(client, db, record_property):
    for number in range(7):
        answer = client.post("/admin/login/", {"username": "farida", "password": "wrong"}, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert answer.status_code == 429
    record_property("promise", "Q10: a sign-in is locked after 5 failures, 7 forged X-Forwarded-For or not")
