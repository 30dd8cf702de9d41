"""PostgreSQL servers that a test starts for itself: a primary and a replica that streams from it, on loopback, gone afterwards."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.running import hold_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
SETTINGS = {"listen_addresses": "127.0.0.1", "max_connections": 100, "fsync": "off", "log_statement": "all", "wal_level": "replica"}


def binaries():
    """The folder of the newest initdb; skips where there is none, fails where BORDERWATCH_REQUIRE names PostgreSQL."""
    found = BINARIES[-1] if BINARIES else Path(shutil.which("initdb") or "/nowhere/initdb").parent
    if not (found / "initdb").exists():
        if "postgres" in os.environ.get("BORDERWATCH_REQUIRE", "").split(","):
            pytest.fail("PostgreSQL's binaries were not found")
        pytest.skip("PostgreSQL's binaries were not found")
    return found


def owner():
    """What makes subprocess run somebody who may start PostgreSQL: root may not."""
    if os.getuid():
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Server:
    """One PostgreSQL server; its log holds every statement."""

    def __init__(self, home, name):
        self.home, self.name, self.port = home, name, hold_port()
        self.data, self.log = home / name, home / f"{name}.log"
        self.url = f"postgresql://borderwatch@127.0.0.1:{self.port}/postgres"

    def run(self, program, *words):
        words = [str(binaries() / program), *map(str, words)]
        plain = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LANG")}
        done = subprocess.run(words, cwd=self.home, env=plain, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **owner())
        assert done.returncode == 0, done.stderr

    def make(self):
        self.run("initdb", "-D", self.data, "-U", "borderwatch", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")

    def follow(self, primary):
        """Become a copy of the primary that streams from it."""
        address = f"host=127.0.0.1 port={primary.port} user=borderwatch"
        self.run("pg_basebackup", "-D", self.data, "-d", address, "-R", "-X", "stream", "-c", "fast", "--no-sync")

    def start(self):
        chosen = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.log, "-o", f"-p {self.port} -k {self.home} {chosen}", "start")

    def stop(self):
        """At once, as a machine that loses its power."""
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def processes(self):
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True, check=True).stdout
        return [first, *map(int, children.split())]

    def hang(self):
        """Stand still with every connection open, as a machine whose disk does not answer."""
        for process in self.processes():
            os.kill(process, signal.SIGSTOP)

    def go_on(self):
        for process in self.processes():
            os.kill(process, signal.SIGCONT)

    def execute(self, statement):
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(statement).fetchone()

    def asked(self, pattern):
        """How often a regular expression matches the statements so far."""
        return len(re.findall(pattern, self.log.read_text(errors="replace")))


@pytest.fixture(scope="module")
def replicated():
    """(primary, replica), both running and empty."""
    binaries()
    home = Path(tempfile.mkdtemp(prefix="bw-replica-", dir="/tmp"))
    if not os.getuid():
        shutil.chown(home, owner()["user"], owner()["group"])
    servers = primary, replica = Server(home, "primary"), Server(home, "replica")
    try:
        primary.make()
        primary.start()
        replica.follow(primary)
        replica.start()
        yield servers
    finally:
        for server in servers:
            if (server.data / "postmaster.pid").exists():
                server.stop()
        shutil.rmtree(home, ignore_errors=True)
