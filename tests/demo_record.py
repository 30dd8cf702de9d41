"""The demonstration record in the test database, set up once for all tests and lent to each module that asks for it."""

import contextlib
import os
import shutil
from pathlib import Path

import pytest

from tests.running import loaded_demo, on_postgres


@pytest.fixture(scope="module")
def demo_record(django_db_setup, django_db_blocker, tmp_path_factory):
    """The public record as `load_demo` leaves it, with the demo accounts. A test may write: it is taken back to the loaded record."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    with copied_demo(tmp_path_factory) as database, django_db_blocker.unblock(), standing_in(connection, database):
        ContentType.objects.clear_cache()
        yield
    ContentType.objects.clear_cache()


@contextlib.contextmanager
def copied_demo(tmp_path_factory):
    """The name of a database that holds a copy of the demo record."""
    template = loaded_demo(Path(os.environ["BORDERWATCH_TEST_DIR"]))
    folder = tmp_path_factory.mktemp("demo-record")
    if not os.environ.get("TEST_DATABASE_URL"):
        yield shutil.copy(template / "borderwatch.sqlite3", folder)
        return
    name = f"bw_record_{os.getpid()}_{folder.name.replace('-', '_')}"
    on_postgres(f"CREATE DATABASE {name} TEMPLATE bw_demo_template")
    yield name
    on_postgres(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def standing_in(connection, database):
    """Let `connection` lead to another database. The one it has is kept open: closing it would empty SQLite's test database in memory."""
    kept = connection.settings_dict["NAME"], connection.connection
    connection.settings_dict["NAME"], connection.connection = database, None
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = kept
