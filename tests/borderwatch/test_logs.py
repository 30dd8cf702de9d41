"""The log tells an operator what failed, and nobody what readers read."""

import json
import logging

import pytest
from django.test import Client, override_settings
from django.urls import path

from borderwatch.operating.logs import JsonFormatter, RefusalsCounted


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


@pytest.fixture
def console(monkeypatch):
    """The lines of a log with the settings' filter, and a clock to be moved by hand."""
    clock, found, handler = [1000.0], [], logging.Handler()
    monkeypatch.setattr("borderwatch.operating.logs.time.monotonic", lambda: clock[0])
    handler.addFilter(RefusalsCounted())
    handler.emit = lambda record: found.append(json.loads(JsonFormatter().format(record)))
    logging.getLogger().addHandler(handler)
    yield found, clock
    logging.getLogger().removeHandler(handler)


def test_who_asks_too_often_cannot_fill_the_log(db, console, monkeypatch):
    """One line a minute for all that was refused, whatever was asked, and a failure is told beside it at once."""
    lines, clock = console
    client = Client(headers={"User-Agent": "Reader 1.0"}, REMOTE_ADDR="192.0.2.7")
    with monkeypatch.context() as patch:
        patch.setattr("borderwatch.api.throttling.ApiThrottle.allow_request", lambda *_args: False)
        patch.setattr("borderwatch.api.throttling.ApiThrottle.wait", lambda *_args: 60)
        assert {client.get(f"/api/v1/incidents/?q=secret{number}").status_code for number in range(500)} == {429}
    for number in range(20):
        client.get(f"/secret{number}/")
    client.post("/admin/login/", {"username": "secretname", "password": "wrong"})
    Client(enforce_csrf_checks=True).post("/admin/login/")
    assert [line["message"] for line in lines] == ["429 Too Many Requests × 1"]
    logging.getLogger("django.request").error("Internal Server Error", extra={"status_code": 500})
    clock[0] += 61
    client.get("/secret/")
    failure, told = lines[1:]
    assert failure["message"] == "Internal Server Error"
    for words in ("429 Too Many Requests × 499", "404 Not Found × 21", "403 Forbidden (CSRF cookie not set) × 1", "New login failure"):
        assert words in told["message"]
    for hidden in ("secret", "192.0.2.7", "Reader 1.0", "/api/"):
        assert hidden not in json.dumps(lines)


def test_the_log_of_the_settings_counts_refusals(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["refusals"]


def test_each_request_has_an_id_of_its_own(db):
    assert "X-Request-ID" not in Client().get("/healthz")
