"""Fixtures that need a running site or a browser: `demo_site`, `browser`, `page`."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import ready_python
from tests.ready_python import ROOT  # noqa: F401  (for every test)

PATIENCE = 30_000
"""Milliseconds for what a page must show, on a machine that does other things too; Playwright's own for an action or a page."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: tests may run as root. The rest keeps Chromium from calling home.
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def hold_port():
    """A port that nobody else is given while this process lives, where a server of ours may listen: servers reuse addresses."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    port = held.getsockname()[1]
    held.detach()
    return port


class DemoSite:
    """The site that ./run serves, with the demo record, on a port and in a data folder of its own."""

    application = "borderwatch.wsgi"

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.port = hold_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        with open(self.folder / "server.log", "ab") as log:
            environment = {**self.environment, "PORT": str(self.port), "HOST": "127.0.0.1"}
            self.process = ready_python.started(["-m", "gunicorn", self.application], environment, log, log, start_new_session=True)
        deadline = time.monotonic() + 180
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                with contextlib.suppress(ProcessLookupError):
                    self.stop()
                pytest.fail("the demo site did not start: " + (self.folder / "server.log").read_text()[-3000:])
            time.sleep(0.1)

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(60)
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def is_ready(self):
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def manage(self, *args):
        """What `manage.py` with these words prints, acting on this site."""
        return run_manage(self.environment, *args)

    def account(self, role):
        """(username, password) of the demo account with this role: contributor, editor or admin."""
        lines = (self.folder / "demo-accounts.txt").read_text().splitlines()
        return next((name, password) for its_role, name, password in (line.split() for line in lines) if its_role == role)


def run_manage(environment, *args):
    done = ready_python.run(["manage.py", *args], environment)
    if done.returncode:
        pytest.fail(f"manage.py {' '.join(args)} failed: {done.stdout[-1000:]}{done.stderr[-3000:]}")
    return done.stdout


def site_environment(folder, database=None):
    """The environment of a site whose data folder is `folder`, on a database of the tests' PostgreSQL or on SQLite."""
    environment = {**os.environ, "BORDERWATCH_DATA_DIR": str(folder), "BORDERWATCH_DEVELOPMENT": "1", "BORDERWATCH_API_RATE": "off"}
    environment.pop("DATABASE_URL", None)
    if os.environ.get("TEST_DATABASE_URL"):
        environment["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"].rsplit("/", 1)[0] + "/" + database
    return environment


def on_postgres(statement):
    """Run one statement outside any transaction in the tests' PostgreSQL, if that is where they run."""
    if os.environ.get("TEST_DATABASE_URL"):
        import psycopg

        with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as connection:
            connection.execute(statement)


def loaded_demo(shared):
    """The folder of a site with the demo record, set up once for all workers, and copied by each."""
    template = shared / "demo-template"
    with open(shared / "demo-template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (template / "demo-accounts.txt").exists():
            (template / "static").mkdir(parents=True, exist_ok=True)
            on_postgres("DROP DATABASE IF EXISTS bw_demo_template")
            on_postgres("CREATE DATABASE bw_demo_template")
            run_manage(site_environment(template, "bw_demo_template"), "set_up_site", "demo")
    return template


@contextlib.contextmanager
def copied_demo_site(name):
    """A running site with the demo record, in a folder and a database of this name."""
    shared = Path(os.environ["BORDERWATCH_TEST_DIR"])
    template = loaded_demo(shared)
    folder, database = shared / f"demo-{name}", f"bw_demo_{name}"
    shutil.copytree(template, folder)
    on_postgres(f"DROP DATABASE IF EXISTS {database}")
    on_postgres(f"CREATE DATABASE {database} TEMPLATE bw_demo_template")
    site = DemoSite(folder, site_environment(folder, database))
    site.start()
    yield site
    site.stop()
    on_postgres(f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def demo_site(worker_id):
    """A running site with the demo record, one for each worker; tests that change it take a copy of their own."""
    with copied_demo_site(worker_id) as site:
        yield site


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium, driven by Playwright. Skips where there is none, fails where BORDERWATCH_REQUIRE names it.

    For one module, because Playwright keeps an event loop running in this thread, in which Django's database would refuse to be used:
    browser tests look at `demo_site`, which is another process, and ask it through pages, the API or `demo_site.manage`.
    """
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        missing = "no Chromium on the PATH"
        if "browser" in os.environ.get("BORDERWATCH_REQUIRE", "").split(","):
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, demo_site):
    """A new window of the browser, without cookies, at home on the demo site: `page.goto("/incidents/")`."""
    context = browser.new_context(base_url=demo_site.url)
    yield context.new_page()
    context.close()
