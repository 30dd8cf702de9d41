"""How far a check on the desk is, for whoever waits for it: kept in a file, because another process answers the question."""

import json
import re
import time

from incidents.imports.uploads import folder

OFTEN = 0.3
"""Seconds between two lines."""


def place_of(user, watch):
    """The file of one check; None where `watch`, chosen by the page, is not the word that pages choose."""
    return folder() / f"progress-{user.pk}-{watch}" if re.fullmatch(r"[0-9a-f]{8,32}", watch or "") else None


def reporter(user, watch):
    """A function of (rows done, rows in all) that keeps the state for told()."""
    place, said_at = place_of(user, watch), 0.0
    if place is None:
        return lambda done, total: None
    place.parent.mkdir(parents=True, exist_ok=True)

    def report(done, total):
        nonlocal said_at
        if time.monotonic() - said_at > OFTEN:
            said_at = time.monotonic()
            place.write_text(json.dumps({"done": done, "total": total}))

    return report


def told(user, watch):
    """{"done", "total"} of a check, or {} where it has not said anything yet."""
    try:
        return json.loads(place_of(user, watch).read_text())
    except (AttributeError, OSError, ValueError):
        return {}


def forget(user, watch):
    place = place_of(user, watch)
    if place is not None:
        place.unlink(missing_ok=True)
