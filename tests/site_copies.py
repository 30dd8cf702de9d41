"""`site_copy`: a copy of the demo site that nobody serves, for commands that change or replace it."""

import itertools
import os
import shutil
from pathlib import Path

import pytest

from tests import ready_python
from tests.running import loaded_demo, on_postgres, site_environment

number = itertools.count(1)


SET_UP = "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'borderwatch.settings'\nimport django\ndjango.setup()\n"


class SiteCopy:
    """A data folder and a database of one's own: like another site, or empty."""

    def __init__(self, folder, like=None):
        self.folder = folder
        self.database_name = f"bw_copy_{os.getpid()}_{next(number)}"
        self.environment = site_environment(folder, self.database_name)
        if like:
            shutil.copytree(like.folder, folder)
        folder.mkdir(exist_ok=True)
        on_postgres(f"CREATE DATABASE {self.database_name}" + (f" TEMPLATE {like.database_name}" if like else ""))

    @property
    def database(self):
        return self.folder / "borderwatch.sqlite3"

    def drop(self):
        on_postgres(f"DROP DATABASE IF EXISTS {self.database_name} WITH (FORCE)")

    def run(self, *args):
        """What a command did: returncode, stdout, stderr."""
        return ready_python.run(args, self.environment)

    def manage(self, *args):
        return self.run("manage.py", *args)

    def tell(self, code):
        """The last line that Python code prints on this site."""
        done = self.run("-c", SET_UP + code)
        assert done.returncode == 0, done.stderr
        return (done.stdout.splitlines() or [""])[-1]


class Demo:
    """The demo record, loaded once for all workers; to be copied, not changed."""

    database_name = "bw_demo_template"

    def __init__(self):
        self.folder = loaded_demo(Path(os.environ["BORDERWATCH_TEST_DIR"]))


@pytest.fixture(scope="module")
def make_site_copy(tmp_path_factory):
    """`make_site_copy(like=Demo())`, or without `like` an empty one."""
    folder, copies = tmp_path_factory.mktemp("sites"), []

    def make(like=None):
        copies.append(SiteCopy(folder / f"site-{len(copies)}", like))
        return copies[-1]

    yield make
    for copy in copies:
        copy.drop()
