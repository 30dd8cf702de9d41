"""Q11: a file of any size is sent piece by piece.

The long form makes BORDERWATCH_LONG_EXPORT_INCIDENTS (20000), or reads the site whose folder BORDERWATCH_LONG_EXPORT_DATA_DIR names.
"""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.running import ROOT
from tests.site_copies import make_site_copy  # noqa: F401
from tests.stress.exporting import all_sent

MOST = 100
"""MB that a process may need more for a file."""
pytestmark = pytest.mark.skipif(not os.access("/proc/self/clear_refs", os.W_OK), reason="memory is measured where Linux tells it")


def told(found):
    largest = max(found, key=lambda path: found[path]["extra"])
    rows, extra = found["incidents.csv"]["lines"], found[largest]["extra"]
    return f"Q11: {len(found)} whole files of at least {rows:,} lines sent, at most {extra:.0f} MB more memory ({largest})"


def test_a_whole_file_needs_little_memory(db, client, record_property):
    call_command("load_gazetteer", verbosity=0)
    call_command("make_synthetic", "300", verbosity=0)
    found = dict(all_sent(client))
    assert found["incidents.csv"]["lines"] >= 300 and max(one["extra"] for one in found.values()) < MOST / 2, found
    record_property("promise", told(found))


@pytest.fixture
def large_site(make_site_copy, size):  # noqa: F811
    """The environment of a site with a great many incidents."""
    if folder := os.environ.get("BORDERWATCH_LONG_EXPORT_DATA_DIR"):
        return os.environ | {"BORDERWATCH_DATA_DIR": folder}
    copy = make_site_copy()
    (copy.folder / "static").mkdir()
    for words in (["migrate"], ["load_gazetteer"], ["make_synthetic", str(size("EXPORT_INCIDENTS", 0, 20_000))]):
        done = copy.manage(*words)
        assert done.returncode == 0, done.stderr[-2000:]
    return copy.environment


@pytest.mark.long
def test_a_whole_file_of_a_large_record_needs_little_memory(large_site, progress, record_property):
    words, found = [sys.executable, "-m", "tests.stress.exporting"], {}
    with subprocess.Popen(words, cwd=ROOT, env=large_site | {"BORDERWATCH_API_RATE": "off"}, stdout=subprocess.PIPE, text=True) as process:
        for path, sent in map(json.loads, process.stdout):
            found[path] = sent
            progress(f"{path}: {sent['megabytes']:.0f} MB sent in {sent['seconds']:.0f} s, {sent['extra']:.0f} MB more memory")
    assert process.returncode == 0
    assert max(one["extra"] for one in found.values()) < MOST, found
    record_property("promise", told(found))
