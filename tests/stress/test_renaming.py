"""An actor that thousands of incidents show gets a new name while readers read and editors publish: nobody waits for it.

Size: BORDERWATCH_RENAME_INCIDENTS; about twice as many documents, of incidents and of statements, show the actor.
"""

import os

import pytest

from tests.site_copies import make_site_copy  # noqa: F401
from tests.stress.renaming import all_three

READERS_WAIT, EDITORS_WAIT = 0.1, 0.5
"""Seconds, on a machine that does little else."""


@pytest.fixture
def site(make_site_copy):  # noqa: F811
    copy = make_site_copy()
    for words in (["migrate"], ["load_gazetteer"], ["make_synthetic", os.environ.get("BORDERWATCH_RENAME_INCIDENTS", "8000")]):
        done = copy.manage(*words)
        assert done.returncode == 0, done.stderr[-2000:]
    return copy


@pytest.mark.long
def test_nobody_waits_for_a_large_rename(site, tmp_path, record_property):
    found = all_three(site.environment, tmp_path / "over")
    record_property(
        "promise",
        f"Renaming what {found['documents']:,} documents show: release {found['release']:.2f} s, batches of at most "
        f"{found['longest_batch']:.2f} s; {found['reads']:,} readers waited {1000 * found['longest_read']:.0f} ms at most, "
        f"{found['edits']:,} editors {1000 * found['longest_edit']:.0f} ms; load {os.getloadavg()[0]:.1f}",
    )
    assert found["documents"] > 200
    if os.getloadavg()[0] < 2 * (os.cpu_count() or 1):
        assert found["longest_read"] <= READERS_WAIT, found
        assert found["longest_edit"] <= EDITORS_WAIT, found
