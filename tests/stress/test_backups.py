"""Q12: a backup made while others write restores, and lacks nothing that was acknowledged before it began."""

import json

from tests.site_copies import Demo, make_site_copy  # noqa: F401
from tests.stress.writers import FOUND, all_acknowledged, writers


def test_a_backup_during_writes_restores_with_all_that_was_there_before_it(
    make_site_copy,  # noqa: F811
    tmp_path,
    is_long,
    size,
    progress,
    record_property,
):
    site, times = make_site_copy(like=Demo()), size("BACKUPS", 1, 20)
    backups = []
    with writers(site, 4 if is_long else 2) as running:
        for number in range(times):
            before = all_acknowledged(running)
            done = site.manage("backup", str(tmp_path / f"{number}.backup"))
            assert done.returncode == 0, done.stderr
            backups.append((tmp_path / f"{number}.backup", before))
            progress(f"{number + 1} of {times} backups made, {len(before):,} publications acknowledged")
            running[0].wait_for_more(len(running[0].acknowledged()))
    lacking = []
    for backup, before in backups:
        lacking.append((backup.name, before - restored(make_site_copy(), backup)))
        progress(f"{len(lacking)} of {times} restored, {sum(len(lost) for _name, lost in lacking)} rows lacking")
    assert not [(name, lost) for name, lost in lacking if lost]
    record_property("promise", f"Q12: {len(backups)} of {times} backups during writes restored, 0 rows lacking")


def restored(site, backup):
    """What of the writers' work is public on a new site after the backup was put there; its ledger and its triggers hold."""
    done = site.manage("restore", str(backup))
    assert done.returncode == 0, done.stderr
    found = json.loads(site.tell(FOUND))
    assert set(found["public"]) <= set(found["desk"])
    return set(found["public"])
