"""Q12: a backup made while others write restores, and lacks nothing that was acknowledged before it began."""

import json

from tests.site_copies import Demo, make_site_copy  # noqa: F401
from tests.stress.writers import FOUND, all_acknowledged, writers


def test_a_backup_during_writes_restores_with_all_that_was_there_before_it(make_site_copy, tmp_path, is_long, record_property):  # noqa: F811
    site, times = make_site_copy(like=Demo()), 20 if is_long else 1
    backups = []
    with writers(site, 4 if is_long else 2) as running:
        for number in range(times):
            before = all_acknowledged(running)
            done = site.manage("backup", str(tmp_path / f"{number}.backup"))
            assert done.returncode == 0, done.stderr
            backups.append((tmp_path / f"{number}.backup", before))
            running[0].wait_for_more(len(running[0].acknowledged()))
    lacking = [(backup.name, before - restored(make_site_copy(), backup)) for backup, before in backups]
    assert not [(name, lost) for name, lost in lacking if lost]
    record_property("promise", f"Q12: {len(backups)} of {times} backups during writes restored, 0 rows lacking")


def restored(site, backup):
    """What of the writers' work is public on a new site after the backup was put there; its ledger and its triggers hold."""
    done = site.manage("restore", str(backup))
    assert done.returncode == 0, done.stderr
    found = json.loads(site.tell(FOUND))
    assert set(found["public"]) <= set(found["desk"])
    return set(found["public"])
