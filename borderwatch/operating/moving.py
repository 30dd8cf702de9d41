"""Moving the whole record from one database to another, SQLite to PostgreSQL or back: every row as it is, the ledger's digests too.

The public tables and the search index are no rows to move: they are made anew from the ledger.
"""

import dj_database_url
from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from borderwatch.ledger import faults
from borderwatch.models import Reference, Release
from borderwatch.projection import rebuild
from borderwatch.published import BesideRows, Facet, PublishedRow
from borderwatch.records import Record

SOURCE = "moved_from"
BATCH = 500


class CannotMove(Exception):
    """A sentence that says why nothing was moved."""


def open_source(url):
    """The connection to the database that is read."""
    default = connections.databases["default"]
    connections.databases[SOURCE] = default | {"OPTIONS": {}} | dj_database_url.parse(url)
    return connections[SOURCE]


def move(url, tell=lambda sentence: None):
    """Copy every row of the database at `url` into this site's, which must hold no record yet. All or nothing."""
    source, target = open_source(url), connections["default"]
    try:
        refuse_wrong_ends(source, target)
        with transaction.atomic():
            for model in models_to_move():
                count = move_rows(model)
                if count:
                    tell(_("%(count)d %(name)s") % {"count": count, "name": model._meta.verbose_name_plural})
            reset_sequences(target)
            rebuild()
    finally:
        source.close()
        del connections.databases[SOURCE]
    if found := list(faults()):
        raise CannotMove("\n".join(found))


def refuse_wrong_ends(source, target):
    """Both ends are migrated alike, and this one is empty."""
    here, there = (set(MigrationRecorder(one).applied_migrations()) for one in (target, source))
    if here != there:
        names = {"names": ", ".join(sorted(".".join(name) for name in here ^ there))}
        raise CannotMove(_("Both databases must be migrated by the same version of BorderWatch first. They differ in: %(names)s.") % names)
    filled = [model for model in apps.get_models() if model is Release or issubclass(model, Record)]
    if any(model._base_manager.using("default").exists() for model in filled):
        raise CannotMove(_("This site has a record already: move into an empty one."))


def models_to_move():
    """Every table but those that are made from others."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy and not is_projection(model)]


def is_projection(model):
    owner = model._meta.auto_created or model
    return owner is Reference or issubclass(owner, (PublishedRow, Facet, BesideRows))


def move_rows(model):
    """Empty the table here and fill it with the rows from there. Returns how many."""
    there, here, count = model._base_manager.using(SOURCE), model._base_manager.using("default"), 0
    fields = model._meta.local_concrete_fields
    if here.exists():  # what migrations wrote: permissions, roles, the gazetteer
        here.all()._raw_delete("default")
    rows, batch = there.order_by("pk").iterator(chunk_size=BATCH), []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            count += insert(model, batch, fields)
            batch = []
    return count + (insert(model, batch, fields) if batch else 0)


def insert(model, rows, fields):
    """Write rows as they are: no clock, no signal, no rule of the model may change them."""
    size = max(1, 900 // len(fields))
    for start in range(0, len(rows), size):
        model._base_manager.using("default")._insert(rows[start : start + size], fields=fields, using="default", raw=True)
    return len(rows)


def reset_sequences(target):
    """PostgreSQL goes on counting behind the rows that were written with their keys."""
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), models_to_move()):
            cursor.execute(statement)
