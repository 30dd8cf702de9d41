"""Q5 and Q6: an import is all or nothing, whatever kills it; of a long file every bad row is named and nothing is written."""

import random
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command

from incidents.models import Incident
from tests.incidents.import_files import make_ged, write_csv
from tests.running import ROOT
from tests.site_copies import Demo, make_site_copy  # noqa: F401

FAULTS = (
    {"best": "several"},
    {"low": ""},
    {"date_start": "1753-01-01"},
    {"date_end": "2010-01-01"},
    {"latitude": "95.5"},
    {"where_prec": "8"},
    {"side_a": " "},
    {"deaths_unknown": "-1"},
    {"id": "1"},
)
"""Each is one way in which a row can be bad; the last repeats the key of the first row."""


@pytest.mark.django_db
def test_one_bad_row_in_a_hundred_refuses_the_file_and_each_is_named(tmp_path, capsys, is_long, record_property):
    total = 20_000 if is_long else 2_000
    chance = random.Random(3)
    bad = {row: chance.choice(FAULTS) for row in chance.sample(range(3, total + 2), total // 100)}
    rows = [make_ged(row - 1, source_article="two\nlines") | bad.get(row, {}) for row in range(2, total + 2)]
    path = write_csv(tmp_path / "events.csv", rows)

    with pytest.raises(CommandError, match=f"{len(bad)} of {total} rows"):
        call_command("import_events", "ucdp-ged", str(path))

    named = [line for line in capsys.readouterr().err.splitlines() if line.startswith("row ")]
    assert {int(line.split(":")[0].removeprefix("row ")) for line in named} == set(bad)
    assert all(any(line.startswith(f"row {row}: {column}: ") for line in named) for row, fault in bad.items() for column in fault)
    assert not Incident.objects.exists()
    record_property("promise", f"Q6: {total} rows with {len(bad)} bad ones: 0 written, {len(bad)} named")


@pytest.mark.parametrize("is_large", [False, pytest.param(True, marks=pytest.mark.long)])
def test_kills_inside_an_import_leave_none_or_all_of_it(make_site_copy, tmp_path, is_large, size, progress, record_property):  # noqa: F811
    """Small files are published too. A kill while the file is still read and checked would prove nothing: all come while it writes."""
    site, kills = make_site_copy(like=Demo()), size("IMPORT_KILLS", 2, 20)
    total = size("IMPORT_ROWS", 2_000, 2_000) if is_large else 150
    chance = random.Random(7)
    seconds = seconds_of_writing(running_import(site, tmp_path, 0, total))
    found = []
    for number in range(1, kills + 1):
        process = running_import(site, tmp_path, number, total)
        wait_until_it_writes(process)
        time.sleep(seconds * chance.uniform(0, 1.1))
        process.kill()
        process.communicate()
        found.append(events_of(site, number))
        progress(f"{number} of {kills} kills in {total:,} rows: {found.count(0)} left none of it, {found.count(total)} all")
    assert set(found) <= {0, total}
    assert site.manage("verify_ledger").returncode == 0
    told = f"{kills} kills while an import of {total:,} rows {'was published' if is_published(total) else 'was written'}"
    record_property("promise", f"Q5: {told}: {found.count(0)} left none of it, {found.count(total)} all, 0 a part")


def is_published(total):
    return total < 1000


def running_import(site, folder, number, total):
    """An import of `total` events under keys of their own."""
    path = write_csv(folder / f"events-{number}.csv", [make_ged(f"k{number}-{key}") for key in range(total)])
    publish = ["--publish"] if is_published(total) else []
    words = [sys.executable, "-u", "manage.py", "import_events", "ucdp-ged", str(path), *publish]
    return subprocess.Popen(words, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_until_it_writes(process):
    """The command says what the file holds once it has checked it, and then writes."""
    assert process.stdout.readline(), process.communicate()[1]


def seconds_of_writing(process):
    """How long it writes when nobody kills it."""
    wait_until_it_writes(process)
    begun = time.monotonic()
    errors = process.communicate()[1]
    assert process.returncode == 0, errors
    return time.monotonic() - begun


EVENTS = """
from incidents.models import Figure, Incident, Statement
from incidents.published import PublishedIncident
mine = Incident.objects.filter(external_ids__ucdp_ged__startswith="%s")
counts = {mine.count(), Statement.objects.filter(incidents__in=mine).count(), Figure.objects.filter(incident__in=mine).count() // 5}
if mine.filter(review_state="approved").exists():
    counts.add(PublishedIncident.objects.filter(uid__in=mine.values("uid")).count())
print(counts.pop() if len(counts) == 1 else -1)
"""


def events_of(site, number):
    """How many of that import's events are on the desk with their statements and figures, and public if anything of it is."""
    return int(site.tell(EVENTS % f"k{number}-"))
