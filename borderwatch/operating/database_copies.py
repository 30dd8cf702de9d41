"""One consistent copy of the database in one file, and back: SQLite by its backup interface, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, connections
from django.utils.translation import gettext as _


class CopyFailed(Exception):
    """A sentence that says what could not be done and what to do."""


class SQLiteCopy:
    """A copy of the file alone would miss what still stands in the write-ahead log; the backup interface takes one moment of both."""

    name = "database.sqlite3"
    beside = ("-wal", "-shm", "-journal")
    """Endings of the files that SQLite keeps beside a database; those of another moment would be played into a restored one."""

    def is_there(self):
        """Whether there is a database at all; asking SQLite would make one."""
        return os.path.exists(connection.settings_dict["NAME"])

    def make(self, path):
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")

    def fault(self, path):
        """What is wrong inside a copy, or None."""
        try:
            with closing(sqlite3.connect(path)) as copy:
                found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = str(error)
        return None if found == "ok" else found

    def clear(self):
        """Leave the database's place empty. What stood there is kept beside it; returns sentences about that."""
        connections.close_all()
        database = Path(connection.settings_dict["NAME"])
        database.parent.mkdir(parents=True, exist_ok=True)
        refuse_while_in_use(database)
        return set_aside(database, self.beside)

    def put_back(self, path):
        """Put the copy in the database's place; returns what clear() says."""
        told, database = self.clear(), Path(connection.settings_dict["NAME"])
        ready = database.with_name(database.name + ".restoring")
        shutil.copyfile(path, ready)
        ready.chmod(0o600)
        with open(ready, "rb") as file:
            os.fsync(file.fileno())
        os.replace(ready, database)
        return told


def refuse_while_in_use(database):
    """A site that runs would go on writing into the file that was replaced."""
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as old:
        try:
            old.execute("PRAGMA locking_mode=EXCLUSIVE")
            old.execute("BEGIN EXCLUSIVE")
            old.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise CopyFailed(_("%(file)s is in use. Stop the site, then restore.") % {"file": database}) from None
        except sqlite3.DatabaseError:
            return  # damaged: that is why it is replaced


def set_aside(database, endings):
    """Rename the old database and what SQLite kept beside it, so that nothing of it is read again and nothing is lost."""
    stamp = f".replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    told = []
    for ending in ("", *endings):
        old = Path(f"{database}{ending}")
        if old.exists():
            new = Path(f"{database}{stamp}{ending}")
            os.rename(old, new)
            told.append(_("%(old)s was kept as %(new)s.") % {"old": old.name, "new": new})
    return told


class PostgreSQLCopy:
    name = "database.pg_dump"

    def is_there(self):
        return True

    def make(self, path):
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")

    def fault(self, path):
        try:
            run("pg_restore", "--list", str(path))
        except CopyFailed as error:
            return str(error)

    def clear(self):
        """Leave the database empty; what stood in it was saved before, if anybody wants it."""
        drop_tables(connection)
        connections.close_all()
        return []

    def put_back(self, path):
        """Empty the database, then restore in one transaction."""
        self.clear()
        run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(path))
        return []


def drop_tables(connection):
    with connection.cursor() as cursor:
        tables = ", ".join(connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor))
        if tables:
            cursor.execute(f"DROP TABLE {tables} CASCADE")


def run(program, *words, given=None):
    """Run one of PostgreSQL's programs on this database, or with the `given` parameters; no password in the list of processes."""
    given = given or connection.get_connection_params()
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    environment = os.environ | {variable: str(given[name]) for variable, name in names.items() if given.get(name)}
    found = shutil.which(program)
    if found is None:
        raise CopyFailed(_("%(program)s was not found. Install the PostgreSQL client of the server’s version.") % {"program": program})
    if program == "pg_restore" and "--list" not in words:
        words = (f"--dbname={given['dbname']}", *words)
    done = subprocess.run([found, *words], env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise CopyFailed(f"{program}: {done.stderr.strip()[-1000:]}")


def copier(vendor=None):
    """What copies the database that this site is configured for, or one of another `vendor`."""
    return {"sqlite": SQLiteCopy, "postgresql": PostgreSQLCopy}[vendor or connection.vendor]()
