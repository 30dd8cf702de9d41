"""The log tells an operator what failed, and nobody what readers read."""

import json
import logging

import pytest
from django.test import Client, override_settings
from django.urls import path

from borderwatch.operating.logs import JsonFormatter


def fails(request, name):
    raise RuntimeError("out of order")


urlpatterns = [path("broken/<str:name>/", fails)]
handler500 = "django.views.defaults.server_error"


@pytest.fixture
def lines():
    """The lines that the log gets, as an operator reads them."""
    found = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(json.loads(JsonFormatter().format(record)))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield found
    logger.removeHandler(handler)


@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_is_logged_with_its_request_and_without_who_asked_what(lines):
    client = Client(raise_request_exception=False, headers={"User-Agent": "Reader 1.0"}, REMOTE_ADDR="192.0.2.7")
    answer = client.get("/broken/secret-name/?q=what+I+look+for")
    (line,) = lines
    assert answer.status_code == 500 and answer["X-Request-ID"] == line["request"]
    assert line["message"] == "Internal Server Error" and line["method"] == "GET"
    assert line["route"] == "broken/<str:name>/" and "RuntimeError: out of order" in line["traceback"]
    for told in ("what+I+look+for", "secret-name", "192.0.2.7", "Reader 1.0"):
        assert told not in json.dumps(line)


def test_each_request_has_an_id_of_its_own(db):
    assert "X-Request-ID" not in Client().get("/healthz")
