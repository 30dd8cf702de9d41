"""Q5: kill -9 loses nothing that was acknowledged, and leaves nothing half done."""

import json
import random
import sqlite3
from contextlib import closing

from tests.site_copies import Demo, make_site_copy  # noqa: F401
from tests.stress.writers import FOUND, all_acknowledged, writers


def test_kill_9_loses_nothing_acknowledged_and_leaves_nothing_half_done(make_site_copy, size, progress, record_property):  # noqa: F811
    site, kills = make_site_copy(like=Demo()), size("KILLS", 3, 50)
    with writers(site, 4) as running:
        for number, victim in enumerate(random.Random(1).choices(running, k=kills), start=1):
            victim.kill_at_any_moment()
            victim.start()
            progress(f"{number} of {kills} kills, {len(all_acknowledged(running)):,} publications acknowledged")
    acknowledged, found = all_acknowledged(running), json.loads(site.tell(FOUND))
    lost = acknowledged - set(found["public"])
    assert not lost
    assert len(found["public"]) == len(set(found["public"])) and set(found["public"]) <= set(found["desk"])
    assert found["numbers"] == list(range(1, len(found["numbers"]) + 1)), "an id was lost or given twice"
    assert site.manage("verify_ledger").returncode == 0
    assert is_whole(site)
    record_property("promise", f"Q5: {kills} kills under 4 writers, {len(lost)} of {len(acknowledged)} acknowledged publications lost")


def is_whole(site):
    if not site.database.exists():
        return True  # PostgreSQL looks after itself
    with closing(sqlite3.connect(site.database)) as database:
        return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
