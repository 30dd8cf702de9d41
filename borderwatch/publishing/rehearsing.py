"""Trying before doing: what an edit would publish, seen by making it and taking it back."""

from contextlib import contextmanager

from django.db import transaction

from borderwatch.projection import lock
from borderwatch.publishing.planning import plan_publications
from borderwatch.publishing.verbs import publish_many


@contextmanager
def rehearsal():
    """What is written inside is there inside and gone afterwards; what is refused inside is raised."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def rehearsed(edit, kind=None):
    """What `edit()` edits and returns, and the Plan of publishing it, while the edit stands; afterwards it is gone."""
    with rehearsal():
        records = edit()
        yield records, plan_publications(records, kind)


@transaction.atomic
def edit_and_publish(edit, by, note="", kind=None, fingerprint=None):
    """Edit on the desk and publish what was edited in one release, or neither. Returns the Release, None where readers see no difference.

    `edit()` saves and returns the records to publish; `fingerprint`: refuse if the plan is another one than was announced.
    """
    lock()
    return publish_many(edit(), by, note, kind, fingerprint=fingerprint)
