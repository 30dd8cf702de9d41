"""Scheduled publications in real time: to the second, once, with several processes; and the process that serves takes its own with it."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.running import ROOT, DemoSite, loaded_demo, on_postgres, run_manage, site_environment

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up as Linux shows them")
SCHEDULE = """
import datetime, time
from django.contrib.auth.models import User
from borderwatch.ledger import database_now
from borderwatch.publishing.scheduling import schedule
from incidents.models import Incident
editor = User.objects.filter(is_superuser=True).first()
due_at = database_now().replace(microsecond=0) + datetime.timedelta(seconds=8)
begun = time.monotonic()
for number in range(3):
    named = {"title": f"Scheduled {number}", "slug": f"scheduled-{number}", "started_on": "2026-01-05"}
    incident = Incident.objects.create(review_state="approved", **named)
    schedule([incident], editor, due_at)
print(time.monotonic() - begun)
"""
"""Prints the seconds that it takes on this machine: each publication is rehearsed, so publishing them takes about as many."""
OUTCOMES = """
import json
from borderwatch.models import Release, ScheduledPublication
made = ScheduledPublication.objects.filter(state="published").select_related("release")
late = [(one.release.recorded_at - one.due_at).total_seconds() for one in made]
print(json.dumps({"late": late, "releases": Release.objects.filter(editions__content__contains="Scheduled ").distinct().count()}))
"""


@pytest.fixture
def site(worker_id):
    """A site with the demo record that nothing serves yet."""
    folder = Path(os.environ["BORDERWATCH_TEST_DIR"]) / f"on-time-{worker_id}"
    database = f"bw_on_time_{worker_id}"
    template = loaded_demo(folder.parent)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    on_postgres(f"DROP DATABASE IF EXISTS {database}")
    on_postgres(f"CREATE DATABASE {database} TEMPLATE bw_demo_template")
    yield DemoSite(folder, site_environment(folder, database))
    on_postgres(f"DROP DATABASE {database} WITH (FORCE)")


def until(is_so, seconds=60):
    """Wait for it, at most so long."""
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)


def following(site, told):
    """A process that writes to the file `told`, once it listens for SIGTERM: then it has begun to follow."""
    command = [sys.executable, "manage.py", "publish_due", "--follow"]
    with told.open("w") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=file, stderr=subprocess.STDOUT)
    until(lambda: process.poll() is not None or catches(process.pid, signal.SIGTERM))
    return process


def catches(pid, number):
    """Whether the process has something to do when this signal comes (Linux)."""
    mask = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("SigCgt:"))
    return bool(int(mask.split()[1], 16) >> (number - 1) & 1)


def outcomes(site):
    return json.loads(run_manage(site.environment, "shell", "--no-imports", "-c", OUTCOMES))


def test_two_processes_publish_each_once_and_to_the_second(site, tmp_path, record_property):
    told = [tmp_path / "one", tmp_path / "other"]
    processes = [following(site, file) for file in told]
    takes = float(site.manage("shell", "--no-imports", "-c", SCHEDULE))
    until(lambda: sum(file.read_text().count("release ") for file in told) >= 3)
    found = outcomes(site)
    [process.send_signal(signal.SIGTERM) for process in processes]
    ended, said = [process.wait(60) for process in processes], [file.read_text() for file in told]
    assert ended == [0, 0], said
    assert found["releases"] == 3 and sum(text.count("release ") for text in said) == 3, said
    assert all(0 <= late < max(2, 4 * takes) for late in found["late"]), (found, takes)
    record_property("promise", f"Q1 scheduled publications: 3 of 3 made once by 2 processes, at most {max(found['late']):.2f} s late")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_process_beside_gunicorn_ends_with_it(site, number):
    site.environment["BORDERWATCH_PUBLISH_DUE"] = "1"
    site.start()
    (beside,) = children_that_publish(site.process.pid)
    os.kill(site.process.pid, number)
    until(lambda: not is_there(beside))
    assert not is_there(beside)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(site.process.pid, signal.SIGKILL)
    site.process.wait(60)


def children_that_publish(parent):
    """Process ids of the followers that a process started (Linux)."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            ppid = int(status.read_text().rpartition(")")[2].split()[1])
            if ppid == parent and "publish_due" in (status.parent / "cmdline").read_text():
                found.append(int(status.parent.name))
        except OSError:
            continue
    return found


def is_there(pid):
    """Whether the process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
