"""A record moves from SQLite to PostgreSQL and back, and readers see no difference."""

import os
import subprocess
import sys

import pytest

from tests.running import ROOT, on_postgres, run_manage, site_environment

ADDRESSES = (
    *("/", "/incidents/BW-2025-0001/", "/tallies/", "/ru/incidents/?q=Кабул", "/api/v1/incidents/"),
    *("/api/v1/changes/?limit=200", "/incidents.csv", "/actors.jsonl?as_of=2025-12-28"),
)
ASK = f"""
from django.test import Client
for address in {ADDRESSES!r}:
    answer = Client().get(address, follow=True)
    print(address, answer.status_code, __import__("hashlib").sha256(answer.getvalue()).hexdigest())
"""


@pytest.fixture
def sites(tmp_path):
    """The environments of an SQLite site with the demo record, an empty PostgreSQL site, and an empty SQLite site."""
    if not os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("moving needs both databases: it is tested where the suite runs on PostgreSQL")
    database = f"bw_moved_{os.getpid()}"
    on_postgres(f"CREATE DATABASE {database}")
    environments = [site_environment(tmp_path / name, database) for name in ("first", "second", "third")]
    for name, environment in zip(("first", "second", "third"), environments, strict=True):
        (tmp_path / name / "static").mkdir(parents=True)
        if name != "second":
            del environment["DATABASE_URL"]
    yield environments
    on_postgres(f"DROP DATABASE {database} WITH (FORCE)")


def pages(environment):
    """What readers get, as one line for each address."""
    return run_manage(environment, "shell", "-v", "0", "-c", ASK)


def test_a_record_moves_to_postgresql_and_back_and_every_page_is_equal(sites, tmp_path, record_property):
    first, second, third = sites
    run_manage(first, "set_up_site", "demo")
    for environment in (second, third):
        run_manage(environment, "migrate", "-v", "0")
    run_manage(second, "move_record", f"sqlite:///{tmp_path}/first/borderwatch.sqlite3")
    run_manage(third, "move_record", second["DATABASE_URL"])
    before = pages(first)
    assert " 200 " in before and pages(second) == before == pages(third)
    assert run_manage(first, "verify_ledger") == run_manage(third, "verify_ledger")
    record_property("promise", f"Backups restore: SQLite → PostgreSQL → SQLite leaves {len(ADDRESSES)} pages and files equal to the byte")


@pytest.mark.long
def test_nothing_is_moved_over_a_record(sites, tmp_path):
    first, _second, third = sites
    for environment in (first, third):
        run_manage(environment, "migrate", "-v", "0")
    run_manage(third, "shell", "-v", "0", "-c", "from sources.models import Source; Source.objects.create(name='A', slug='a', kind='ngo')")
    words = [sys.executable, "manage.py", "move_record", f"sqlite:///{tmp_path}/first/borderwatch.sqlite3"]
    done = subprocess.run(words, cwd=ROOT, env=third, capture_output=True, text=True)
    assert done.returncode == 1 and "has a record already" in done.stderr
