"""The programs of docs/examples do what docs/api.md says of them, on public JSON alone."""

import subprocess
import sys
from pathlib import Path
from runpy import run_path

from hypothesis import given

from incidents import toll
from tests.incidents.accounts_drawn import ID, statements

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
RECOMPUTE = run_path(str(EXAMPLES / "recompute.py"))


def run(name, *args):
    """What an example prints when a Python without the site's packages runs it; it must succeed."""
    done = subprocess.run([sys.executable, "-I", "-S", str(EXAMPLES / name), *args], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_number_of_the_demo_record_is_computed_again(demo_site):
    assert run("recompute.py", demo_site.url).strip().endswith("numbers computed again, 0 different")


@given(statements())
def test_the_example_reads_the_rule_as_the_site_does(drawn):
    for measure in ("killed", "injured"):
        found = toll.toll(ID, drawn)[measure]
        published = found and {name: found[name] for name in RECOMPUTE["PARTS"]}
        assert RECOMPUTE["toll"]({"id": ID, "statements": drawn}, measure) == published
