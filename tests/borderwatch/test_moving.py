"""A record moves from PostgreSQL to SQLite and back, and readers see no difference."""

import os

import pytest

from tests.site_copies import Demo, make_site_copy  # noqa: F401

ADDRESSES = (
    *("/", "/incidents/BW-2025-0001/", "/tallies/", "/ru/incidents/?q=Кабул", "/api/v1/incidents/"),
    *("/api/v1/changes/?limit=200", "/incidents.csv", "/actors.jsonl?as_of=2025-12-28"),
)
MOVE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("move_record", {source!r})
"""
ASK = f"""
import hashlib
from django.core.management import call_command
from django.test import Client
answers = [Client().get(address, follow=True) for address in {ADDRESSES!r}]
call_command("verify_ledger")
print([(answer.status_code, hashlib.sha256(answer.getvalue()).hexdigest()) for answer in answers])
"""


@pytest.fixture
def sites(make_site_copy):  # noqa: F811
    """A PostgreSQL site with the demo record, an empty SQLite site, and an empty PostgreSQL site."""
    if not os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("moving needs both databases: it is tested where the suite runs on PostgreSQL")
    first, second, third = make_site_copy(like=Demo()), make_site_copy(), make_site_copy()
    second.environment["DATABASE_URL"] = f"sqlite:///{second.database}"
    return first, second, third


@pytest.mark.long
def test_a_record_moves_to_sqlite_and_back_and_every_page_is_equal(sites, record_property):
    first, second, third = sites
    before = first.tell(ASK)
    assert "(200, " in before
    assert second.tell(MOVE.format(source=first.environment["DATABASE_URL"]) + ASK) == before
    assert third.tell(MOVE.format(source=second.environment["DATABASE_URL"]) + ASK) == before
    record_property("promise", f"Q12: PostgreSQL → SQLite → PostgreSQL leaves {len(ADDRESSES)} pages and files equal to the byte")


@pytest.mark.long
def test_nothing_is_moved_over_a_record(sites):
    first, second, _third = sites
    made = "from sources.models import Source; Source.objects.create(name='A', slug='a', kind='ngo')"
    second.tell("from django.core.management import call_command\ncall_command('migrate', verbosity=0)\n" + made)
    done = second.manage("move_record", first.environment["DATABASE_URL"])
    assert done.returncode == 1 and "has a record already" in done.stderr


def test_a_backup_restores_to_the_other_database_in_one_step(sites, make_site_copy, tmp_path, record_property):  # noqa: F811
    first, second, third = sites
    backups, lent = [str(tmp_path / name) for name in ("postgresql.backup", "sqlite.backup")], make_site_copy()
    assert first.manage("backup", backups[0]).returncode == 0
    assert "--through" in second.manage("restore", backups[0]).stderr
    assert "not empty" in second.manage("restore", backups[0], "--through", first.environment["DATABASE_URL"]).stderr
    for site, backup, words in ((second, backups[0], ("--through", lent.environment["DATABASE_URL"])), (third, backups[1], ())):
        done = site.manage("restore", backup, "--skip-ids", "0", *words)
        assert done.returncode == 0, done.stderr
        if site is second:
            assert second.manage("backup", backups[1]).returncode == 0
    assert first.tell(ASK) == second.tell(ASK) == third.tell(ASK)
    assert pictures(first) == pictures(third)
    told = f"backups of PostgreSQL and of SQLite restored each to the other, {len(ADDRESSES)} pages and files equal to the byte"
    record_property("promise", f"Q12: {told}")


def pictures(site):
    media = site.folder / "media"
    return sorted(path.relative_to(media) for path in media.rglob("*") if path.is_file())
