"""Long forms tell how far they have come, so that one which is cut off has told what it saw.

`./test --long` writes a line now and then, and each promise as soon as it was measured, to standard error and, where
BORDERWATCH_PROGRESS names a file, to its end. BORDERWATCH_LONG_… chooses the size of one long form: `size` names them.
"""

import os
import sys
import time

import pytest

SECONDS = 10
"""Between two lines of one test."""


class Teller:
    """Writes lines where they stay although the run ends at once."""

    def __init__(self, config):
        self.capture = config.pluginmanager.getplugin("capturemanager")

    def __call__(self, words):
        line = f"{time.strftime('%H:%M:%S', time.gmtime())} {words}\n"
        with self.capture.global_and_fixture_disabled():
            sys.stderr.write(line)
            sys.stderr.flush()
        if path := os.environ.get("BORDERWATCH_PROGRESS"):
            with open(path, "a", encoding="utf-8") as file:
                file.write(line)

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        for name, words in report.user_properties if report.when == "call" else ():
            if name == "promise":
                self(f"{report.outcome}: {words}")


@pytest.fixture
def progress(request, is_long):
    """Says how far the test is: `progress(f"{done} of {all}")`, a line every ten seconds at most; nothing in the quick form."""
    tell, began, told = Teller(request.config), time.monotonic(), [time.monotonic()]

    def say(words):
        now = time.monotonic()
        if is_long and now >= told[0] + SECONDS:
            told[0] = now
            tell(f"{request.node.name}, {now - began:.0f} s: {words}")

    return say


@pytest.fixture
def size(is_long):
    """How much a test does: `size("KILLS", 3, 50)` is 3 in the quick form; in the long one BORDERWATCH_LONG_KILLS, or else 50."""

    def chosen(name, quick, long):
        return int(os.environ.get(f"BORDERWATCH_LONG_{name}") or long) if is_long else quick

    return chosen
