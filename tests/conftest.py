"""What every test stands on: a site of its own in a temporary folder, a database that forgets, a browser, a running demo site.

`pytest --long` runs the stress forms too. TEST_DATABASE_URL chooses the database; without it the tests run on SQLite.
"""

import atexit
import os
import shutil
import sys
import tempfile

import pytest

from tests.demo_record import demo_record  # noqa: F401
from tests.progress import Teller, progress, size  # noqa: F401
from tests.running import browser, demo_site, page  # noqa: F401  (fixtures for every test)


def _use_a_site_of_our_own():
    """Settings are read from the environment, so it is set before Django is; the workers of xdist inherit it."""
    if "BORDERWATCH_TEST_DIR" not in os.environ:
        os.environ["BORDERWATCH_TEST_DIR"] = tempfile.mkdtemp(prefix="bw-test-")
        atexit.register(shutil.rmtree, os.environ["BORDERWATCH_TEST_DIR"], ignore_errors=True)
    elsewhere = ("DATABASE_URL", "DATABASE_REPLICA_URL", "REDIS_URL", "BORDERWATCH_MEDIA_BUCKET")
    for name in (*elsewhere, "BORDERWATCH_SECRET_KEY", "BORDERWATCH_ALLOWED_HOSTS"):
        os.environ.pop(name, None)
    if os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    site = os.path.join(os.environ["BORDERWATCH_TEST_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
    for folder in ("static", "media"):
        os.makedirs(os.path.join(site, folder), exist_ok=True)
    os.environ |= {
        "BORDERWATCH_DATA_DIR": site,
        "BORDERWATCH_DEVELOPMENT": "1",
        "BORDERWATCH_API_RATE": "off",
        "DJANGO_SETTINGS_MODULE": "borderwatch.settings",
    }


_use_a_site_of_our_own()

# What asks no database was answered by the same tests on SQLite. The quick form leaves out there, too, what looks at pages and roles
# through the same queries again; the long form runs all of it on both.
NOTHING_OF_THE_DATABASE = ["test_headers.py", "test_html.py", "test_licences.py", "test_run.py", "test_settings.py", "test_import_rule.py"]
NOTHING_OF_THE_DATABASE += ["test_deploy_files.py", "test_promises.py", "borderwatch/test_shared_cache.py"]
NOTHING_OF_THE_DATABASE += ["stress/test_replica.py"]  # it starts its own servers
ONCE_IS_ENOUGH = [
    *("browser/*", "test_languages.py", "test_page_budget.py", "test_other_tools.py", "test_examples.py", "test_drafts_change_nothing.py"),
    *("borderwatch/test_desk_matrix.py", "borderwatch/test_verbs_matrix.py", "borderwatch/test_desk_doors.py", "sources/test_images.py"),
    *("borderwatch/test_put_back.py", "borderwatch/test_queues.py", "incidents/test_correcting.py", "stress/test_many_readers.py"),
    *("borderwatch/test_desk_comparing.py", "borderwatch/test_publishing_on_time.py", "test_query_budget.py"),
    *("incidents/test_api_docs.py", "incidents/test_read_back.py", "incidents/test_synthetic.py"),
    *("incidents/test_toll*.py", "incidents/test_pages.py", "incidents/test_table_imports.py", "borderwatch/test_day_words.py"),
    *("borderwatch/test_desk_publishing.py", "borderwatch/test_desk_days.py", "borderwatch/test_comments.py"),
    "incidents/test_workbench.py",
]
if os.environ.get("TEST_DATABASE_URL"):
    collect_ignore_glob = NOTHING_OF_THE_DATABASE if "--long" in sys.argv else NOTHING_OF_THE_DATABASE + ONCE_IS_ENOUGH


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the stress forms too")


def pytest_configure(config):
    from django.conf import settings
    from hypothesis import settings as hypothesis_settings

    # Argon2 is slow on purpose; a test about it reads borderwatch.settings.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The quick form tries the same examples each time, so that a red build can be repeated.
    hypothesis_settings.register_profile("quick", max_examples=40, deadline=None, derandomize=True, database=None)
    hypothesis_settings.register_profile("long", max_examples=2000, deadline=None, print_blob=True)
    hypothesis_settings.load_profile("long" if config.getoption("--long") else "quick")
    if config.getoption("--long") and not hasattr(config, "workerinput"):  # a worker's reports reach the one that started it
        config.pluginmanager.register(Teller(config))


def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: item.path.parent.name in ("incidents", "sources"))  # small modules last: no worker waits long for the other
    for item in items:
        if "long" in item.keywords and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="a stress form: ./test --long"))
        if "demo_record" in item.fixturenames:  # pytest-django makes the test database only for tests that say so
            item.add_marker(pytest.mark.django_db)
        if {"browser", "page"} & set(item.fixturenames):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter):
    """The promises that tests measured, with their figures; then what this machine could not test, beside what single tests skipped."""
    passed = terminalreporter.stats.get("passed", [])
    promises = sorted(words for report in passed for name, words in report.user_properties if name == "promise")
    if promises:
        terminalreporter.section("promises")
        terminalreporter.write_line("\n".join(promises))
    not_tested = os.environ.get("BORDERWATCH_NOT_TESTED")
    if not_tested:
        terminalreporter.section("not tested on this machine")
        terminalreporter.write_line(not_tested)


@pytest.fixture
def is_long(request):
    """True in ./test --long, for tests whose quick form does the same with smaller numbers."""
    return request.config.getoption("--long")


@pytest.fixture(autouse=True)
def _language_of_the_settings():
    """A page asked for in another language leaves that language active; the next test begins in English."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_whole_pages(django_test_environment):
    """For `response.context` Django keeps a copy for each part of a page, a seventh of all work on pages; here for the page itself."""
    from django.template.base import Template
    from django.test.utils import instrumented_test_render as keeping

    def render(template, context):
        return keeping(template, context) if context.template is template else template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let transactional tests empty the tables: the ledger's triggers stand aside, and what migrations wrote is put back."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management.commands import flush
    from django.db import connection

    from borderwatch import search, triggers

    with django_db_blocker.unblock():
        written_by_migrations = connection.creation.serialize_db_to_string()
    empty = flush.Command.handle

    def handle(self, **options):
        triggers.drop()
        empty(self, **{**options, "inhibit_post_migrate": True})
        search.clear()
        connection.creation.deserialize_db_from_string(written_by_migrations)
        triggers.create()
        ContentType.objects.clear_cache()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield
