"""Which database answers: readers from a replica that keeps up, and each request from one database alone."""

import contextlib
import socket
import time
from unittest.mock import Mock

import pytest
from django.core.cache import cache, caches
from django.db import OperationalError, connection, connections
from django.test import RequestFactory

from borderwatch.models import DataVersion
from borderwatch.operating import reading, replicas
from tests.public_addresses import QUERIES, addresses, filled, whole_answer

REPLICA = "replica_1"
SEARCHES = ["/incidents/?q=attack", "/api/v1/incidents/?q=attack", "/incidents/?place=khatlon", "/?as_of=2025-12-28"]


class Clock:
    """Where primary and replica stand, and what time it is."""

    def __init__(self, monkeypatch):
        self.now, self.primary, self.replica = 1000.0, 10, 10
        monkeypatch.setattr(replicas.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(replicas, "position", lambda alias, question: self.replica if alias == REPLICA else self.primary)


@pytest.fixture
def clock(monkeypatch, settings):
    settings.REPLICA_MAX_LAG = 5
    return Clock(monkeypatch)


def test_an_idle_primary_does_not_make_a_replica_look_late(clock):
    replica = replicas.Replica(REPLICA)
    for clock.now in range(1000, 2000, 100):
        replica.look()
        assert replica.is_fit


def test_a_replica_is_read_as_long_as_it_shows_what_the_primary_showed_within_the_limit(clock):
    replica = replicas.Replica(REPLICA)
    for clock.now in range(1000, 1030):
        clock.primary += 1
        clock.replica = clock.primary - 3  # never level with a primary that writes without a pause, and three seconds late
        replica.look()
    assert replica.is_fit
    clock.replica = clock.primary - 6
    replica.look()
    assert replica.state == "left out: it is more than 5 s behind"


def test_a_replica_that_stands_still_is_left_out_and_read_again_when_it_caught_up(clock):
    replica = replicas.Replica(REPLICA)
    replica.look()
    clock.primary = 11
    for clock.now in range(1001, 1005):
        replica.look()
        assert replica.is_fit
    clock.now = 1005
    replica.look()
    assert not replica.is_fit
    clock.replica = 11
    replica.look()
    assert replica.is_fit


def test_what_is_known_of_a_replica_runs_out_where_nobody_answers(clock):
    replica = replicas.Replica(REPLICA)
    replica.look()
    clock.now += 5
    assert not replica.is_fit


def test_a_replica_that_failed_a_reader_is_left_out_for_some_seconds(clock):
    replica = replicas.Replica(REPLICA)
    replica.look()
    replica.lose(OperationalError("server closed the connection"))
    replica.look()
    assert not replica.is_fit
    clock.now += replicas.LEFT_OUT_FOR
    replica.look()
    assert replica.is_fit


def test_a_database_that_accepts_writes_is_no_replica():
    replica = replicas.Replica(REPLICA)
    replica.lose(replicas.NotFollowing())
    assert replica.state == "left out: it accepts writes, so it is no replica"


def test_who_waits_for_a_replica_that_hangs_is_hung_up(clock):
    here, there = socket.socketpair()
    replica = replicas.Replica(REPLICA)
    replica.in_use.add(Mock(connection=here))
    replica.in_use.add(Mock(connection=None))
    replica.look()
    clock.now += 60
    assert not replica.hangs  # nobody waits for an answer now
    replica.waited_for_since = clock.now - 6
    assert replica.hangs
    replica.hang_up()
    assert here.recv(1) == b"" and there.recv(1) == b""
    here.close()
    there.close()


# What a request reads


@pytest.fixture
def replica(settings, monkeypatch):
    """A replica that keeps up: a connection of its own to the database of the tests."""
    settings.REPLICAS, settings.REPLICA_MAX_LAG = [REPLICA], 5
    settings.DATABASE_ROUTERS = ["borderwatch.operating.reading.ReplicaRouter"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "borderwatch.operating.reading.ReplicaMiddleware"]
    found = replicas.Replica(REPLICA)
    found.current_at = time.monotonic() + 3600
    monkeypatch.setattr(reading, "replicas", lambda: [found])
    monkeypatch.setattr(reading, "follow_all", lambda: None)
    connections[REPLICA] = connection.copy(REPLICA)
    yield found
    connections[REPLICA].close()
    del connections[REPLICA]
    reading.read_primary()


@contextlib.contextmanager
def nobody_may_ask(alias):
    """Every question to the database of this alias fails as if its server had gone; gives the questions."""
    asked = []

    def gone(execute, sql, *more):
        asked.append(sql)
        raise OperationalError("server closed the connection unexpectedly")

    with connections[alias].execute_wrapper(gone):
        yield asked


def test_what_readers_ask_never_reaches_the_primary_while_a_replica_answers(demo_record, client, replica, is_long):
    of_each_route = [filled(route, 2)[:1] for route in QUERIES]
    found = addresses(most=2) if is_long else [f"/{path}" for paths in of_each_route for path in paths] + SEARCHES
    caches["answers"].clear()
    cache.clear()
    with nobody_may_ask("default") as asked:
        answers = {address: whole_answer(client, address)[:3] for address in found if address != "/readyz"}
    assert not asked
    assert not [address for address, status in answers.items() if status == b"500"]
    assert replica.is_fit


def test_only_readers_read_a_replica(replica, settings):
    ask = RequestFactory()
    assert reading.is_reader(ask.get("/incidents/")) and reading.is_reader(ask.head("/api/v1/incidents/"))
    assert not reading.is_reader(ask.get("/admin/incidents/incident/"))
    assert not reading.is_reader(ask.post("/incidents/"))
    ask.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    assert not reading.is_reader(ask.get("/incidents/"))


@pytest.mark.parametrize("address", ["/incidents/?q=attack", "/api/v1/incidents/", "/incidents.csv", "/sitemap.xml"])
def test_what_a_replica_fails_to_answer_is_asked_of_the_primary(demo_record, client, replica, address):
    expected = client.get(address).status_code
    with nobody_may_ask(REPLICA) as asked:
        status = whole_answer(client, address)[:3]
    assert (status, expected, len(asked)) == (b"200", 200, 1)
    assert not replica.is_fit


def test_an_error_of_the_primary_is_not_blamed_on_a_replica(demo_record, client, replica):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "somebody"
    with nobody_may_ask("default"):
        assert client.get("/incidents/").status_code == 500
    assert replica.is_fit


def test_what_a_replica_answers_is_forgotten_sooner_by_what_it_may_be_late(demo_record, client, replica):
    assert client.get("/incidents/")["Cache-Control"] == "public, max-age=55"
    replica.lose(OperationalError())
    assert client.get("/incidents/")["Cache-Control"] == "public, max-age=60"


def test_who_writes_reads_what_was_written(demo_record, replica):
    reading.chosen.set(replica)
    assert DataVersion.objects.all().db == REPLICA
    version = DataVersion.objects.get()
    version.number += 1
    version.save()
    assert DataVersion.objects.all().db == "default"


def test_a_streamed_answer_is_read_from_one_database_to_its_end(demo_record, client, replica):
    answer = client.get("/incidents.csv")
    assert answer.streaming
    with nobody_may_ask("default") as asked:
        assert b"BW-2025-0001" in b"".join(answer.streaming_content)
    assert not asked
    answer.close()
    assert reading.chosen.get() is None


def test_readyz_tells_of_replicas(demo_record, client, replica, monkeypatch):
    monkeypatch.setattr("borderwatch.public.pages.replicas", lambda: [replica])
    assert client.get("/readyz").json()["replicas"] == {REPLICA: "read"}
