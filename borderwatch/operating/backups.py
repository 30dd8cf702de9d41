"""A backup is one file: database, pictures, secret, and a manifest with the SHA-256 of each. It holds drafts and password hashes.

The database is copied first: a picture is stored before the record that shows it, so no copied record lacks its picture.
"""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from borderwatch.models import Edition
from borderwatch.operating.backup_keys import encrypt
from borderwatch.operating.database_copies import copier

FORMAT = 1
MANIFEST = "manifest.json"
SECRET = "secret-key"  # noqa: S105  (the name of a file)
MEDIA = "media/"
CHUNK = 1 << 20


class BadBackup(Exception):
    """A sentence that names the file and what is wrong with it."""


# Writing


def write_backup(path, recipients=()):
    """Write the backup `path`; returns its manifest. The file appears under its name only once it is whole and on the disk.

    `recipients`: public keys of age (age1…); with any, only who holds one of their secret keys can read the backup.
    """
    path = Path(path)
    partial, locked = (path.with_name(path.name + ending) for ending in (".partial", ".locked"))
    try:
        with private(partial) as file:
            manifest = fill(file, path.parent)
            if recipients:
                with private(locked) as target:
                    encrypt(file, target, recipients)
        os.replace(locked if recipients else partial, path)
    finally:
        partial.unlink(missing_ok=True)
        locked.unlink(missing_ok=True)
    flush_folder(path.parent)
    return manifest


@contextmanager
def private(path):
    """A new file for its owner alone, that is on the disk when it is closed."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def fill(file, scratch):
    """Everything into an archive, the manifest last."""
    manifest = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(timespec="seconds"), "database": connection.vendor}
    manifest |= {"migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())), "holds_at_least": last_edition()}
    files = manifest["files"] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        with tempfile.TemporaryDirectory(dir=scratch, prefix=".backup-") as folder:
            copy = Path(folder) / copier().name
            copier().make(copy)
            with open(copy, "rb") as source:
                files[copy.name] = add(archive, copy.name, source)
        for name in stored_files():
            with default_storage.open(name) as source:
                files[MEDIA + name] = add(archive, MEDIA + name, source)
        archive.writestr(SECRET, settings.SECRET_KEY)
        files[SECRET] = {"sha256": hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest(), "bytes": len(settings.SECRET_KEY.encode())}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def last_edition():
    """The last edition that was public when the backup began; the copy may hold later ones."""
    last = Edition.objects.order_by("-sequence").first()
    return {"edition": last.sequence, "release": last.release_id, "chain": f"sha256:{last.chain}"} if last else None


def stored_files(folder=""):
    """Names of all stored pictures."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (os.path.join(folder, name) for name in sorted(files))
    for name in sorted(folders):
        yield from stored_files(os.path.join(folder, name))


def add(archive, name, source):
    """Copy an open file into the archive; returns what the manifest says of it."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return {"sha256": digest.hexdigest(), "bytes": size}


def flush_folder(folder):
    """Make sure that the new name survives a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


# Reading


class Backup:
    """An opened backup. Nothing of it is used before every file in it was compared with its hash."""

    def __init__(self, path, called=None):
        """`called`: the file that sentences name, where `path` is what a key made of it."""
        self.path = Path(called or path)
        try:
            self.archive = zipfile.ZipFile(path)
            self.manifest = json.loads(self.archive.read(MANIFEST))
        except FileNotFoundError:
            raise BadBackup(_("There is no file %(file)s.") % {"file": self.path}) from None
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError):
            raise BadBackup(_("%(file)s is no backup, or it is damaged or cut off.") % {"file": self.path}) from None
        if self.manifest.get("format") != FORMAT:
            raise BadBackup(_("%(file)s was made by another version of BorderWatch.") % {"file": self.path})

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.archive.close()

    @property
    def database_name(self):
        return next(name for name in self.manifest["files"] if name.startswith("database."))

    @property
    def media_names(self):
        return [name for name in self.manifest["files"] if name.startswith(MEDIA)]

    def faults(self):
        """Sentences that name every file in the backup that is missing, damaged or not in its list."""
        listed, present = set(self.manifest["files"]), set(self.archive.namelist()) - {MANIFEST}
        yield from (self.fault(name, _("is missing")) for name in sorted(listed - present))
        yield from (self.fault(name, _("is not in its list")) for name in sorted(present - listed))
        for name in sorted(listed & present):
            try:
                is_whole = self.digest(name) == self.manifest["files"][name]["sha256"]
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
                is_whole = False
            if not is_whole:
                yield self.fault(name, _("is damaged"))

    def fault(self, name, what):
        return _("%(file)s: %(name)s %(what)s.") % {"file": self.path, "name": name, "what": what}

    def digest(self, name):
        digest = hashlib.sha256()
        with self.archive.open(name) as source:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def unpack(self, name, path):
        """Write one file of the backup to `path`, for its owner alone."""
        with self.archive.open(name) as source, open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
        return path
