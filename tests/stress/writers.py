"""Processes that publish and say so: what they said is published must be there afterwards, whatever happens to them."""

import contextlib
import random
import subprocess
import sys
import time

import pytest

from tests.running import ROOT
from tests.site_copies import SET_UP

PUBLISH = """
import itertools, sys, time
from django.db import OperationalError
from sources.models import Source
tests = os.getppid()
for number in itertools.takewhile(lambda _number: os.getppid() == tests, itertools.count()):
    word = f"{sys.argv[1]}-{number}"
    try:
        source = Source.objects.create(name=word, slug=word, kind="ngo")
        source.publish(by=None)
    except OperationalError as error:  # kept waiting too long, as SQLite can on a machine that is overloaded: told, so nothing is lost
        print(error, file=sys.stderr)
    else:
        print(word, flush=True)
    time.sleep(0.01)  # people pause; without this SQLite may let one writer wait for ever
"""


class Writer:
    """One process after another under one name; each word in its log was published when it was written."""

    def __init__(self, site, name):
        self.site, self.name, self.lives = site, name, 0
        self.log, self.errors = site.folder / f"{name}.log", site.folder / f"{name}.errors"
        self.start()

    def start(self):
        self.lives += 1
        words = [sys.executable, "-c", SET_UP + PUBLISH, f"{self.name}-{self.lives}"]
        with open(self.log, "ab") as log, open(self.errors, "ab") as errors:
            self.process = subprocess.Popen(words, cwd=ROOT, env=self.site.environment, stdout=log, stderr=errors)

    def kill(self):
        assert self.process.poll() is None, self.errors.read_text()
        self.process.kill()
        self.process.wait()

    def acknowledged(self):
        """Words whose line is whole: the last may be cut by a kill."""
        return {line.strip() for line in self.log.read_text().splitlines(keepends=True) if line.endswith("\n")}

    def wait_for_more(self, than, seconds=180):
        deadline = time.monotonic() + seconds
        while len(self.acknowledged()) <= than:
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{self.name} publishes nothing: {self.errors.read_text()[-2000:]}")
            time.sleep(0.01)

    def kill_at_any_moment(self, chance=random.Random(5)):  # noqa: B008  (one sequence of moments for all writers)
        """Somewhere in its work, not only between two publications."""
        self.wait_for_more(len(self.acknowledged()))
        time.sleep(chance.uniform(0, 0.1))
        self.kill()


@contextlib.contextmanager
def writers(site, count):
    """`count` writers at work; killed at the end."""
    running = [Writer(site, f"writer{number}") for number in range(count)]
    try:
        for writer in running:
            writer.wait_for_more(0)
        yield running
    finally:
        for writer in running:
            writer.process.kill()
            writer.process.wait()


def all_acknowledged(running):
    return set().union(*(writer.acknowledged() for writer in running))


FOUND = """
import json
from sources.models import Source
from sources.published import PublishedSource
current = PublishedSource.objects.current()
rows = {"desk": Source.objects, "public": current}
found = {name: list(query.filter(slug__startswith="writer").values_list("slug", flat=True)) for name, query in rows.items()}
found["numbers"] = sorted(int(one.split("-")[1]) for one in current.values_list("public_id", flat=True))
print(json.dumps(found))
"""
"""Prints what of the writers' work is in a record, as JSON."""
