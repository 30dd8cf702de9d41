"""What BorderWatch runs on is listed with its licence."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_every_locked_package_is_listed_with_its_licence():
    locks = "\n".join((ROOT / name).read_text() for name in ("requirements.txt", "requirements-scale.txt"))
    locked = set(re.findall(r"^([a-z0-9._-]+)==", locks, re.MULTILINE))
    rows = re.findall(r"^\| (\S+) \| (.+) \|$", (ROOT / "docs/licences.md").read_text(), re.MULTILINE)
    listed = {name.lower().replace("_", "-"): licence for name, licence in rows}
    assert {name.replace("_", "-") for name in locked} - set(listed) == set()
    assert all(listed.values())
