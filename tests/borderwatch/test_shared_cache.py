"""Redis: the API's limit holds over all processes, and a Redis that is away fails nobody."""

import os
import shutil
import socket
import subprocess
import sys
import time

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from borderwatch.api.throttling import ApiThrottle
from tests.running import ROOT, hold_port
from tests.site_copies import SET_UP

ASK = """
from django.test import RequestFactory
from borderwatch.api.throttling import ApiThrottle
from borderwatch.operating import shared_cache
ApiThrottle.timer = lambda _self: 6000  # all at one moment, however long this machine takes
shared_cache.SOON.update(socket_connect_timeout=60, socket_timeout=60)
allowed = 0
for number in range(150):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    request.user = None
    allowed += ApiThrottle().allow_request(request, None)
print(allowed)
"""


@pytest.fixture
def limit(monkeypatch):
    """Two requests a minute, at a time that the test sets."""
    monkeypatch.setattr(ApiThrottle, "THROTTLE_RATES", {"anon": "2/min"})
    cache.clear()

    def ask(second):
        throttle, request = ApiThrottle(), RequestFactory().get("/")
        throttle.timer, request.user = lambda: second, None
        return throttle.allow_request(request, None) or throttle.wait()

    yield ask
    cache.clear()


def test_the_limit_holds_over_any_minute_not_only_from_full_minute_to_full_minute(limit):
    assert [limit(6050), limit(6055)] == [True, True]
    assert limit(6061) is not True and limit(6085) is not True
    assert limit(6095) is True


def test_what_was_refused_does_not_count(limit):
    assert [limit(6000), limit(6001)] == [True, True]
    assert all(limit(6000 + second) is not True for second in range(2, 60))
    assert limit(6095) is True


def test_who_waits_as_told_is_answered(limit):
    for second in (6000, 6010):
        limit(second)
    told = limit(6040)
    assert 1 <= told <= 60
    assert limit(6040 + told) is True


def test_forged_addresses_share_one_limit(db, client, monkeypatch, record_property):
    monkeypatch.setattr(ApiThrottle, "THROTTLE_RATES", {"anon": "20/min"})
    monkeypatch.setattr(ApiThrottle, "timer", lambda _self: 6000)
    cache.clear()
    statuses = [client.get("/api/v1/", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").status_code for number in range(100)]
    cache.clear()
    assert statuses == [200] * 20 + [429] * 80
    let = statuses.count(200)
    record_property("promise", f"Q11: of 100 requests, each with another forged X-Forwarded-For, {let} let through where 20 a minute are")


# With a Redis


@pytest.fixture
def redis_url(tmp_path):
    """A Redis of this test's own. Skips where there is none, fails where BORDERWATCH_REQUIRE names it."""
    found = shutil.which("redis-server")
    if not found:
        if "redis" in os.environ.get("BORDERWATCH_REQUIRE", "").split(","):
            pytest.fail("no redis-server on the PATH")
        pytest.skip("no redis-server on the PATH")
    port = hold_port()
    words = [found, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(tmp_path)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    wait_for(port)
    yield f"redis://127.0.0.1:{port}/0"
    server.kill()
    server.wait()


def wait_for(port, seconds=60):
    until = time.monotonic() + seconds
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, "redis-server did not start"
            time.sleep(0.05)


def test_four_processes_share_one_limit(redis_url, record_property):
    environment = os.environ | {"REDIS_URL": redis_url, "BORDERWATCH_API_RATE": "200/min"}
    words = [sys.executable, "-c", SET_UP + ASK]
    asking = [subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _number in range(4)]
    allowed = sum(int(process.communicate()[0]) for process in asking)
    assert 190 <= allowed <= 210
    told = f"4 processes let through {allowed} of 600 requests, forged X-Forwarded-For in each, where 200 a minute are allowed"
    record_property("promise", f"Q11: with Redis, {told}")


@pytest.fixture
def shared(redis_url, monkeypatch):
    shared_cache = pytest.importorskip("borderwatch.operating.shared_cache")
    monkeypatch.setattr(shared_cache.SharedCache, "away_until", 0.0)
    return shared_cache.SharedCache(redis_url, {"KEY_PREFIX": "test", "OPTIONS": {"socket_connect_timeout": 60, "socket_timeout": 60}})


def test_an_answer_comes_back_from_redis_as_it_was_kept(shared):
    kept = (b"\x00bytes", {"Content-Type": "text/html"})
    shared.set("answer", kept, 60)
    assert shared.get("answer") == kept
    shared.meanwhile.clear()
    assert shared.get_many(["answer", "other"]) == {"answer": kept}


def test_a_redis_that_is_away_fails_nobody(monkeypatch, caplog):
    shared_cache = pytest.importorskip("borderwatch.operating.shared_cache")
    monkeypatch.setattr(shared_cache.SharedCache, "away_until", 0.0)
    monkeypatch.setattr(shared_cache, "LEFT_OUT_FOR", 3600.0)
    away = shared_cache.SharedCache(f"redis://127.0.0.1:{hold_port()}/0", {})
    began = time.monotonic()
    away.clear()
    assert away.add("count", 1) and away.incr("count") == 2 and away.get("count") == 2
    assert time.monotonic() - began < 20
    assert caplog.text.count("Redis does not answer") == 1
