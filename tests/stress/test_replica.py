"""Past one machine: a PostgreSQL primary with a replica that streams from it, and two app processes on loopback."""

import contextlib
import json
import threading
import time
import urllib.error
import urllib.request

import pytest

from tests.clusters import replicated  # noqa: F401
from tests.running import DemoSite, run_manage, site_environment
from tests.site_copies import SiteCopy

pytestmark = pytest.mark.long
LIMIT = 2
"""Seconds that the replica may be behind."""
VERSION = r'FROM "?borderwatch_dataversion'
"""Every public request asks for the record's version, so this in a server's log counts requests."""
INCIDENT = "incident = Incident.objects.get(public_id='BW-2025-0001')\n"


class App(SiteCopy):
    """The site's code on the databases of this test, for what editors do by a shell."""

    def __init__(self, environment):
        self.environment = environment

    def edit(self, code):
        return self.tell("from incidents.models import Incident\n" + code)


@pytest.fixture(scope="module")
def apps(replicated, tmp_path_factory):  # noqa: F811
    """Two running app processes with the demo record."""
    primary, replica = replicated
    folder = tmp_path_factory.mktemp("site")
    environment = site_environment(folder) | {"DATABASE_URL": primary.url, "WEB_CONCURRENCY": "1"}
    run_manage(environment, "set_up_site", "demo")
    environment |= {"DATABASE_REPLICA_URL": replica.url, "BORDERWATCH_REPLICA_MAX_LAG": str(LIMIT)}
    sites = [DemoSite(folder, environment) for _number in range(2)]
    for site in sites:
        site.start()
    yield sites
    for site in sites:
        site.stop()


def ask(site, address, **headers):
    """(status, body) of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(site.url + address, headers=headers), timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def state(site):
    return json.loads(ask(site, "/readyz")[1])["replicas"]["replica_1"]


def wait(for_what, seconds=20):
    """Seconds until every one of `for_what()` holds."""
    began = time.monotonic()
    while not for_what():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture
def both_read(apps):
    """Both apps, once they read the replica."""
    for site in apps:
        ask(site, "/healthz")  # the first request begins to follow the replica
    wait(lambda: all(state(site) == "read" for site in apps))
    return apps


def answered_by(servers, sites, count, address="/incidents/", **headers):
    """Names of the servers that were asked when each site was asked `count` times."""
    before = [server.asked(VERSION) for server in servers]
    assert all(ask(site, address, **headers)[0] == 200 for site in sites for _number in range(count))
    asked = {server.name: server.asked(VERSION) - earlier for server, earlier in zip(servers, before, strict=True)}
    assert sum(asked.values()) >= count * len(sites)
    return [name for name, times in asked.items() if times]


def test_readers_are_answered_by_the_replica_and_editors_by_the_primary(replicated, both_read, record_property):  # noqa: F811
    assert answered_by(replicated, both_read, 20) == ["replica"]
    assert answered_by(replicated, both_read, 20, "/api/v1/incidents/") == ["replica"]
    assert answered_by(replicated, both_read, 5, Cookie="sessionid=somebody") == ["primary"]
    record_property("promise", "Past one machine: 80 of 80 readers' requests to two app processes were answered by the replica")


def test_what_is_published_shows_within_the_limit(both_read, record_property):
    title = "Shown within the limit"
    app = App(both_read[0].environment)
    app.edit(INCIDENT + f"incident.title = '{title}'; incident.save(); incident.publish(by=None)")
    took = wait(lambda: all(title in ask(site, "/api/v1/incidents/BW-2025-0001/")[1] for site in both_read), LIMIT)
    assert [state(site) for site in both_read] == ["read", "read"]
    record_property("promise", f"Past one machine: an edition shows everywhere {took:.1f} s after it was published, limit {LIMIT} s")


def test_a_replica_that_lags_is_left_out_and_a_withdrawal_shows_all_the_same(replicated, both_read, record_property):  # noqa: F811
    _primary, replica = replicated
    address, app = "/api/v1/incidents/BW-2025-0002/", App(both_read[0].environment)
    replica.execute("SELECT pg_wal_replay_pause()")
    wait(lambda: replica.execute("SELECT pg_get_wal_replay_pause_state()") == ("paused",))
    try:
        withdraw = "incident = Incident.objects.get(public_id='BW-2025-0002'); incident.withdraw(by=None, reason='Not at the border.')"
        app.edit(withdraw)
        took = wait(lambda: all(ask(site, address)[0] == 410 for site in both_read), LIMIT + 3)
        assert all("behind" in state(site) for site in both_read)
        assert answered_by(replicated, both_read, 5) == ["primary"]
        doctor = app.manage("doctor").stdout
        assert "replica_1" in doctor and "behind" in doctor
    finally:
        replica.execute("SELECT pg_wal_replay_resume()")
    wait(lambda: all(state(site) == "read" for site in both_read))
    assert answered_by(replicated, both_read, 5) == ["replica"]
    assert all(ask(site, address)[0] == 410 for site in both_read)
    record_property("promise", f"Past one machine: with a replica that stands still, a withdrawal shows everywhere after {took:.1f} s")


@contextlib.contextmanager
def reading_on(sites):
    """Readers who go on asking; gives the list of (status, seconds) of their answers."""
    answers, done = [], threading.Event()

    def read_on(site, addresses=("/incidents/", "/api/v1/incidents/?q=attack", "/incidents/BW-2025-0001/", "/tallies/")):
        while not done.is_set():
            for address in addresses:
                began = time.monotonic()
                answers.append((ask(site, address)[0], time.monotonic() - began))

    readers = [threading.Thread(target=read_on, args=(site,)) for site in sites for _number in range(3)]
    for reader in readers:
        reader.start()
    try:
        wait(lambda: len(answers) > 50)
        yield answers
    finally:
        done.set()
        for reader in readers:
            reader.join()


def test_losing_the_replica_costs_no_reader_an_answer(replicated, both_read, record_property):  # noqa: F811
    _primary, replica = replicated
    with reading_on(both_read) as answers:
        replica.stop()
        lost_at = len(answers)
        wait(lambda: len(answers) > lost_at + 200, 60)
        assert all(state(site).startswith("left out") for site in both_read)
        replica.start()
        wait(lambda: all(state(site) == "read" for site in both_read), 30)
    assert {status for status, _seconds in answers} == {200}
    assert answered_by(replicated, both_read, 5) == ["replica"]
    record_property("promise", f"Past one machine: {len(answers)} requests while the replica was lost and came back, 0 errors")


def test_a_replica_that_hangs_delays_a_reader_by_seconds(replicated, both_read, record_property):  # noqa: F811
    _primary, replica = replicated
    with reading_on(both_read) as answers:
        replica.hang()
        try:
            wait(lambda: all("does not answer" in state(site) for site in both_read))
            hung_at = len(answers)
            wait(lambda: len(answers) > hung_at + 100, 60)
        finally:
            replica.go_on()
        wait(lambda: all(state(site) == "read" for site in both_read), 30)
    assert {status for status, _seconds in answers} == {200}
    slowest = max(seconds for _status, seconds in answers)
    assert slowest < LIMIT + 8
    record_property("promise", f"Past one machine: {len(answers)} requests while the replica hung, 0 errors, slowest {slowest:.1f} s")


def test_no_command_reads_the_replica(replicated, both_read):  # noqa: F811
    _primary, replica = replicated
    before = replica.asked("borderwatch_edition")
    assert App(both_read[0].environment).manage("verify_ledger").returncode == 0
    assert replica.asked("borderwatch_edition") == before
