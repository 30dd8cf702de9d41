"""Q3: nobody overwrites anybody unseen."""

import json

import pytest

from tests.site_copies import Demo, make_site_copy  # noqa: F401


@pytest.mark.parametrize("where", ["model", "form"])
def test_of_four_stale_saves_one_is_kept_and_three_are_told(make_site_copy, where, size, record_property):  # noqa: F811
    site, rounds = make_site_copy(like=Demo()), size("ROUNDS", 5, 40)
    done = site.run("-m", "tests.stress.editors", where, str(rounds))
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {"saved": rounds, "told": 3 * rounds, "lost": 0, "errors": 0}, done.stderr[-2000:]
    record_property("promise", f"Q3 ({where}): {rounds} rounds of 4 editors: {rounds} saved, {3 * rounds} told, 0 lost, 0 errors")
