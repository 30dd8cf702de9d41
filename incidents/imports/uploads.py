"""Files that were handed in on the desk, between the check and the import. Nobody is served them; they go after a day."""

import shutil
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.utils.text import get_valid_filename

SALT = "incidents.imports"
A_DAY = 24 * 60 * 60


def folder():
    return Path(settings.DATA_DIR) / "imports"


def keep(upload, layout, user):
    """Keep an uploaded file for its check; returns a ticket that only `user` can use."""
    forget_old_ones()
    place = folder() / uuid.uuid4().hex
    place.mkdir(parents=True, mode=0o700)
    path = place / get_valid_filename(Path(upload.name).name)[-100:]
    with open(path, "wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return signing.dumps({"path": f"{place.name}/{path.name}", "layout": layout, "user": user.pk}, salt=SALT)


def kept(ticket, user):
    """(layout, path) of a ticket, or None where it is not this user's, too old or forged."""
    try:
        found = signing.loads(ticket, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    path = folder() / found["path"]
    return (found["layout"], path) if found["user"] == user.pk and path.exists() else None


def forget(path):
    shutil.rmtree(path.parent, ignore_errors=True)


def forget_old_ones():
    for place in folder().glob("*"):
        if place.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink(missing_ok=True)
