"""What is wrong with a site, and what to do about it. Each finding is one sentence of each."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from borderwatch import triggers
from borderwatch.ledger import database_now
from borderwatch.models import Edition, Release, WaitingDocument
from borderwatch.operating.replicas import replicas
from borderwatch.picture_names import sizes_of
from borderwatch.published import public_kinds

REPLICA_ADVICE = "Look at pg_stat_replication on the primary and at the replica's log, or take it out of DATABASE_REPLICA_URL."
LITTLE_SPACE = 1 << 30
"""Bytes: less than this, and a backup or a migration may not fit."""


def findings():
    """(what is wrong, what to do), the most serious first; what stands on a broken thing is not looked at."""
    yield from settings_warnings()
    if not has_database():
        yield "The database does not answer.", "Start it, or correct DATABASE_URL."
        return
    unapplied = migrations_to_apply()
    if unapplied:
        yield f"The database is not up to date: {', '.join(unapplied)}.", "Run manage.py migrate, then manage.py rebuild_public."
        return
    for look in (ledger, public_tables, waiting_documents, pictures, clock, late_replicas, accounts, data_folder, programs, static_files):
        yield from look()


def settings_warnings():
    found = checks.run_checks(include_deployment_checks=not settings.DEVELOPMENT)
    for message in found:
        if message.level >= checks.WARNING and not message.is_silenced():
            yield f"{message.msg} ({message.id})", message.hint or "See docs/operations.md, In production."


def has_database():
    try:
        connection.ensure_connection()
    except Exception:  # whatever the driver says, it does not answer
        return False
    return True


def migrations_to_apply():
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]


# The record


def ledger():
    if missing := triggers.missing():
        yield f"Nothing keeps the ledger append-only: {', '.join(missing)} missing.", "Run manage.py migrate, then manage.py verify_ledger."


def public_tables():
    """Every edition has its row; whether each row says the right thing is what rebuild_public sees to."""
    rows = sum(model.objects.count() for model in public_kinds().values())
    editions = Edition.objects.filter(record__in=public_kinds()).count()
    if rows != editions:
        yield f"Readers see {rows} editions, the ledger holds {editions}.", "Run manage.py rebuild_public."


def waiting_documents():
    if count := WaitingDocument.objects.count():
        yield (
            f"{count} documents still show what they showed before a release.",
            "Let manage.py publish_due --follow run, or run manage.py compose_waiting.",
        )


def pictures():
    """Pictures that a record names and the storage has not, in every size."""
    names = set()
    for model in apps.get_models():
        for field in (field for field in model._meta.concrete_fields if isinstance(field, models.FileField)):
            names |= set(model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    names |= {size.file for name in names for size in sizes_of(name)}
    missing = sorted(name for name in names if not default_storage.exists(name))
    if missing:
        yield f"{len(missing)} pictures are missing, the first is {missing[0]}.", "Restore a backup, or hand the pictures in again."


def clock():
    now = database_now()
    if abs(now - timezone.now()) > timedelta(minutes=1):
        yield "The clocks of the database and of this machine differ.", "Set both by NTP: moments of publication come from the database."
    last = Release.objects.order_by("-sequence").first()
    if last and last.recorded_at > now:
        yield "The last publication lies in the future.", "Correct the database's clock."


def late_replicas():
    """Replicas that readers cannot be answered from; one that is only a moment behind is given that moment."""
    for replica in replicas():
        until = time.monotonic() + settings.REPLICA_MAX_LAG
        try:
            replica.look()
            while not replica.is_fit and time.monotonic() < until:
                time.sleep(0.1)
                replica.look()
        except Exception as error:  # whatever the driver says
            replica.lose(error)
        if not replica.is_fit:
            yield f"Readers are answered by the primary alone: {replica.alias} is {replica.state}.", REPLICA_ADVICE


# The machine


def accounts():
    users = get_user_model().objects.filter(is_active=True)
    if not any(user.has_usable_password() for user in users.filter(is_superuser=True)):
        yield "Nobody can sign in as administrator.", "Run manage.py invite EMAIL --role admin."
    if not settings.DEVELOPMENT and (settings.DATA_DIR / "demo-accounts.txt").exists():
        yield "The demo accounts exist on a public site.", "Deactivate contributor, editor and admin, and delete demo-accounts.txt."


def data_folder():
    if not settings.DATA_DIR.exists():
        return
    if settings.DATA_DIR.stat().st_mode & 0o077:
        yield f"Others on this machine can look into {settings.DATA_DIR}.", f"chmod 700 {settings.DATA_DIR}"
    if shutil.disk_usage(settings.DATA_DIR).free < LITTLE_SPACE:
        yield f"Less than 1 GB is free under {settings.DATA_DIR}.", "Make room: SQLite stops writing when the disk is full."


def programs():
    if connection.vendor == "postgresql" and not shutil.which("pg_dump"):
        yield "manage.py backup needs pg_dump.", "Install the PostgreSQL client of the server's version."


def static_files():
    if not settings.DEVELOPMENT and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield "Style sheets and scripts were not collected.", "Run manage.py collectstatic --noinput."
