"""What a rename costs others: one process renames the actor that most incidents show, one reads, one edits.

test_renaming.py runs the three as `python -m tests.stress.renaming rename`, `read` and `edit`; each prints what it found as JSON.
"""

import json
import os
import subprocess
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderwatch.settings")

PAUSE = 0.02


def rename():
    """The release, then what follows it: seconds of the release, of the longest batch, and how many documents."""
    from borderwatch.projection import lock
    from borderwatch.publishing import recomposing

    release, (public, editions) = timed_call(lambda: release_of_a_rename(lock))
    recomposing.follow()
    count, longest = recomposing.waiting(), 0.0
    end = time.monotonic() + float(os.environ.get("RENAMING_SECONDS", "inf"))
    while recomposing.waiting() and time.monotonic() < end:
        seconds, _done = timed_call(recomposing.compose_batch)
        longest = max(longest, seconds)
        time.sleep(recomposing.BREATH)
    return {"actor": public.public_id, "editions": editions, "documents": count, "release": release, "longest_batch": longest}


def timed_call(call):
    """(seconds, what it returned)"""
    begun = time.perf_counter()
    found = call()
    return time.perf_counter() - begun, found


def release_of_a_rename(lock):
    """The actor that most incidents show gets a new name."""
    from django.db import transaction
    from django.db.models import Count

    from borderwatch.models import Change
    from borderwatch.publishing.planning import IdGiver, Planned, with_dependants
    from borderwatch.publishing.verbs import write
    from borderwatch.state import PublicState
    from incidents.published import IncidentFacet, PublishedActor
    from incidents.synthetic.record import MADE_BY

    shown = IncidentFacet.objects.filter(name="actor").values("value").annotate(count=Count("pk")).order_by("-count")[0]["value"]
    uid = PublishedActor.objects.current().get(public_id=shown).uid
    with transaction.atomic():
        lock()
        (before,) = PublicState.current().load("actor", [str(uid)])
        content = before.content | {"name": f"Renamed at {time.time()}"}
        renamed = Planned("actor", before.uid, before.public_id, before.number + 1, Change.UPDATE, content, before)
        release = write(with_dependants([renamed]), by=None, note=MADE_BY, at=None, ids=IdGiver())
    return before, release.editions.count()


def read():
    """Ask for lists until told to end; the seconds of the longest answer."""
    from borderwatch.benchmark.measuring import InProcess

    site, turn, longest = InProcess(), 0, 0.0
    for path in ("/api/v1/incidents/", "/api/v1/actors/"):
        site.ask("site", path)
    print("ready", flush=True)  # noqa: T201
    while not is_over():
        turn += 1
        begun = time.perf_counter()
        assert site.ask("site", f"/api/v1/incidents/?utm_turn={turn}")[0] == 200
        longest = max(longest, time.perf_counter() - begun)
        time.sleep(PAUSE)
    return {"reads": turn, "longest_read": longest}


def edit():
    """Take the lock that publishing takes, again and again; the seconds of the longest wait."""
    from django.db import transaction

    from borderwatch.projection import lock

    turn, longest = 0, 0.0
    print("ready", flush=True)  # noqa: T201
    while not is_over():
        turn += 1
        begun = time.perf_counter()
        with transaction.atomic():
            lock()
        longest = max(longest, time.perf_counter() - begun)
        time.sleep(PAUSE)
    return {"edits": turn, "longest_edit": longest}


def is_over():
    return os.path.exists(os.environ["RENAMING_IS_OVER"])


def all_three(environment, over):
    """Run the three beside each other on the site of that environment; `over`: a path that ends them."""
    environment = environment | {"RENAMING_IS_OVER": str(over)}
    words = [sys.executable, "-m", "tests.stress.renaming"]
    others = [subprocess.Popen([*words, what], env=environment, stdout=subprocess.PIPE, text=True) for what in ("read", "edit")]
    for other in others:
        other.stdout.readline()
    quiet = time.monotonic() + 1
    time.sleep(max(0, quiet - time.monotonic()))
    found = json.loads(subprocess.run([*words, "rename"], env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout)
    over.touch()
    for other in others:
        found |= json.loads(other.communicate()[0])
    return found


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"rename": rename, "read": read, "edit": edit}[sys.argv[1]]()))  # noqa: T201
