"""A backup of the other kind of database: put back in a place of its own, brought up to date, and moved here from there.

SQLite's copy is a file and needs no more than the scratch folder. PostgreSQL's can be read by a PostgreSQL server alone, so an empty
database of one must be lent for the moment.
"""

import os
import subprocess
import sys
from contextlib import contextmanager

import dj_database_url
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from borderwatch.operating.database_copies import CopyFailed, drop_tables, run

LENT = "lent"


@contextmanager
def staged(vendor, database, lent):
    """The address of a database that holds the copy `database`, for as long as it is needed. `lent`: of an empty PostgreSQL database."""
    if vendor == "sqlite":
        url = f"sqlite:///{database}"
        bring_up_to_date(url)
        yield url
        return
    if not lent:
        raise CopyFailed(_("This is a backup of PostgreSQL: give --through postgresql://…, an empty database that is used for the moment."))
    with lent_database(lent) as connection:
        words = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(database))
        run("pg_restore", *words, given=connection.get_connection_params())
        bring_up_to_date(lent)
        yield lent


@contextmanager
def lent_database(url):
    """A connection to the empty database at `url`; it is empty again afterwards."""
    connections.databases[LENT] = connections.databases["default"] | {"OPTIONS": {}} | dj_database_url.parse(url)
    connection = connections[LENT]
    try:
        refuse_to_use(connection)
        try:
            yield connection
        finally:
            drop_tables(connection)
    finally:
        connection.close()
        del connections.databases[LENT]


def refuse_to_use(connection):
    if connection.vendor != "postgresql":
        raise CopyFailed(_("--through must name a PostgreSQL database."))
    if connection.introspection.table_names():
        raise CopyFailed(_("The database of --through is not empty."))


def bring_up_to_date(url):
    """Migrate the database at `url`, in a process that knows no other."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_REPLICA_URL"} | {"DATABASE_URL": url}
    words = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--noinput", "-v", "0"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)  # noqa: S603 (nothing of it comes from outside)
    if done.returncode:
        raise CopyFailed(done.stderr.strip()[-1000:])
