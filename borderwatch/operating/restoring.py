"""Putting a backup in the place of the record: checked before anything is touched, then brought up to date."""

import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from borderwatch import triggers
from borderwatch.ledger import faults, write_restored_backup
from borderwatch.models import Counter, Release
from borderwatch.operating.backup_keys import opened
from borderwatch.operating.backups import MEDIA, SECRET, Backup, BadBackup, write_backup
from borderwatch.operating.database_copies import copier
from borderwatch.operating.moving import move
from borderwatch.operating.staging import staged
from borderwatch.projection import lock, public_data_changed
from borderwatch.published import public_kinds
from borderwatch.records import Record

SKIPPED = 100
"""Ids of each kind left out after a restore: readers may know some of them from what was published since."""

VERSIONS_SKIPPED = 1_000_000


class CannotRestore(Exception):
    """A sentence that says why nothing was changed, or what does not hold afterwards."""


def scratch():
    return tempfile.TemporaryDirectory(prefix="borderwatch-restore-")


@contextmanager
def checked(path, key_file=None):
    """(the backup, its unpacked database), once every file in it was found whole. `key_file`: holds the key of an encrypted one."""
    with opened(path, key_file) as readable, Backup(readable, called=path) as backup, scratch() as folder:
        if found := list(backup.faults()):
            raise BadBackup("\n".join(found))
        database = backup.unpack(backup.database_name, Path(folder) / backup.database_name)
        if fault := copier(backup.manifest["database"]).fault(database):
            raise BadBackup(backup.fault(backup.database_name, fault))
        refuse_later_version(backup)
        yield backup, database


def refuse_later_version(backup):
    known = MigrationLoader(None).disk_migrations
    unknown = [f"{app}.{name}" for app, name in backup.manifest["migrations"] if app in apps.app_configs and (app, name) not in known]
    if unknown:
        raise CannotRestore(_("The backup was made by a later version of BorderWatch (%(names)s).") % {"names": ", ".join(unknown)})


def restore(path, force=False, skip=SKIPPED, tell=lambda sentence: None, key_file=None, lent=None):
    """Make the backup this site's record. Raises BadBackup, BadKey, CannotRestore or CopyFailed before anything is changed.

    `lent`: the address of an empty PostgreSQL database, for a backup of PostgreSQL on a site with SQLite.
    """
    with checked(path, key_file) as (backup, database), ready_to_take(backup, database, lent) as put_back:
        known = {}
        if is_filled():
            refuse_to_overwrite(force)
            known = keep_present(tell)
        put_back(tell)
        put_back_media(backup)
        put_back_secret(backup, tell)
        skip_ids(backup, known, skip)
        tell_mirrors(backup, skip)
    refuse_what_does_not_hold()


@contextmanager
def ready_to_take(backup, database, lent):
    """What puts the backup's database in the place of this site's and brings it up to date, after all was done that can be done beside."""
    if backup.manifest["database"] == connection.vendor:
        yield lambda tell: put_copy_back(database, tell)
        return
    with staged(backup.manifest["database"], database, lent) as url:
        yield lambda tell: move_here(url, tell)


def put_copy_back(database, tell):
    for sentence in copier().put_back(database):
        tell(sentence)
    call_command("migrate", interactive=False, verbosity=0)


def move_here(url, tell):
    """From a database of the other kind: row by row into an empty one."""
    for sentence in copier().clear():
        tell(sentence)
    call_command("migrate", interactive=False, verbosity=0)
    move(url)


def is_filled():
    """Whether this site has a record of its own: anything published or entered; one that cannot be read counts as one."""
    if not copier().is_there():
        return False
    models = [Release, *(model for model in apps.get_models() if issubclass(model, Record))]
    try:
        tables = set(connection.introspection.table_names())
        return any(model.objects.exists() for model in models if model._meta.db_table in tables)
    except DatabaseError:
        return True


def refuse_to_overwrite(force):
    if not force:
        raise CannotRestore(_("This site has a record already. Give --force to put the backup in its place."))


def keep_present(tell):
    """Save what is about to be replaced, where it does not simply stay beside; returns its last ids (prefix → number)."""
    try:
        if connection.vendor != "sqlite":
            path = settings.DATA_DIR / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup"
            settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
            write_backup(path)
            tell(_("What stood here before was saved as %(file)s.") % {"file": path})
        return dict(Counter.objects.values_list("pk", "last"))
    except DatabaseError:
        tell(_("What stood here before cannot be read any more."))
        return {}


def put_back_media(backup):
    for name in backup.media_names:
        stored = name.removeprefix(MEDIA)
        default_storage.delete(stored)
        with backup.archive.open(name) as source:
            default_storage.save(stored, File(source, name=stored))


def put_back_secret(backup, tell):
    """On a development site into its data folder; in production the secret is the administrator's to set."""
    if settings.DEVELOPMENT:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        backup.unpack(SECRET, settings.DATA_DIR / "secret-key")
    elif backup.archive.read(SECRET).decode() != settings.SECRET_KEY:
        tell(_("The secret key differs from the backup’s: everybody signs in again. Its file secret-key holds the old one."))


# Ids that may have been given after the backup was made


@transaction.atomic
def skip_ids(backup, known, skip):
    """Never give an id twice: go on behind every id that may have been given since the backup was made."""
    made_in = datetime.fromisoformat(backup.manifest["made_at"]).year
    if skip:
        for prefix in prefixes(made_in, datetime.now(UTC).year):
            Counter.objects.get_or_create(pk=prefix)
    for prefix in known:
        Counter.objects.get_or_create(pk=prefix)
    for counter in Counter.objects.all():
        counter.last = max(counter.last + skip, known.get(counter.pk, 0))
        counter.save()


def prefixes(first_year, last_year):
    """Prefixes under which ids may have been given between two years."""
    dates = [{"started_on": f"{year}-01-01"} for year in range(first_year, last_year + 1)]
    return {model.prefix_for(content) for model in public_kinds().values() for content in dates}


@transaction.atomic
def tell_mirrors(backup, skip):
    """Say in the ledger what was lost, where something may have been; and give no version of the record's state twice."""
    version = lock()
    if skip:
        write_restored_backup(backup.manifest["made_at"], skip)
    version.number += VERSIONS_SKIPPED
    version.save()
    public_data_changed()


def refuse_what_does_not_hold():
    found = [*(_("The trigger %(name)s is missing.") % {"name": name} for name in triggers.missing()), *faults()]
    if found:
        raise CannotRestore("\n".join([_("The record was restored, but it does not hold:"), *found]))
