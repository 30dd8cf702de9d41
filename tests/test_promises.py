"""What docs/operations.md promises has tests that measure it, under the names it gives."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
TABLE = (TESTS.parent / "docs" / "operations.md").read_text()
NUMBERS = range(1, 14)


def rows():
    """Number of a promise → its lines of the table."""
    found, number = {}, 0
    for line in TABLE.splitlines():
        if begins := re.match(r"\| Q(\d+) ", line):
            number = int(begins[1])
        if number and line.startswith("|"):
            found.setdefault(number, []).append(line)
        elif number:
            break
    return found


def test_every_promise_stands_in_the_table_with_a_figure():
    assert list(rows()) == list(NUMBERS)
    assert [line for lines in rows().values() for line in lines if not re.search(r"\d| no ", line.split("|")[3])] == []


def test_every_test_that_the_table_names_is_there():
    known = {path.name for path in TESTS.rglob("test_*.py")}
    named = {
        (number, name)
        for number, lines in rows().items()
        for line in lines
        for name in re.findall(r"`(?:tests/[\w/]*)?(test_\w+\.py)", line)
    }
    assert {number for number, _name in named} == set(NUMBERS)
    assert {(number, name) for number, name in named if name not in known} == set()


def test_every_promise_is_measured_by_a_test():
    """The lines of the section *promises* begin with its number."""
    measured = set()
    for path in TESTS.rglob("test_*.py"):
        for body in re.split(r"^(?=@pytest|def |class )", path.read_text(), flags=re.MULTILINE):
            if 'record_property("promise"' in re.sub(r"\(\s+", "(", body):
                measured |= {int(number) for number in re.findall(r"\bQ(\d+)\b", body)}
    assert measured == set(NUMBERS)
