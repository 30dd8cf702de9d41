"""What a rename costs others: one process renames the actor that most incidents show, one asks the site, one edits.

test_renaming.py runs the three as `python -m tests.stress.renaming rename`, `read URL` and `edit`; each prints what it found as JSON.
Instead of `rename`, `compute` takes the processor in the same rhythm and touches no database: what a reader waits beside that is the
machine's doing.
"""

import http.client
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
    documents, done, longest = recomposing.waiting(), 0, 0.0
    begun, most = time.monotonic(), float(os.environ.get("RENAMING_SECONDS", "inf"))
    for count, held in recomposing.batches():
        done, longest = done + count, max(longest, held)
        if time.monotonic() - begun > most:
            break
    rate = done / (time.monotonic() - begun)
    told = {"documents": documents, "composed": done, "rate": rate, "release": release, "longest_batch": longest}
    return told | {"actor": public.public_id, "editions": editions}


def compute():
    """Nothing but work for the processor, in the rhythm of batches."""
    from borderwatch.publishing import recomposing

    until = time.monotonic() + float(os.environ.get("COMPUTING_SECONDS", "20"))
    while (now := time.monotonic()) < until:
        while time.monotonic() < now + recomposing.HELD:
            sum(range(1000))
        time.sleep(recomposing.BREATH)
    return {}


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
    """Ask the site for a list that nobody asked for before, until told to end; the seconds of the longest answer."""
    site, turn, longest = http.client.HTTPConnection(sys.argv[2].removeprefix("http://"), timeout=60), 0, 0.0
    for number in range(20):
        ask(site, f"/api/v1/incidents/?utm_first={number}")
    print("ready", flush=True)  # noqa: T201
    while not is_over():
        turn += 1
        seconds, status = timed_call(lambda turn=turn: ask(site, f"/api/v1/incidents/?utm_turn={turn}"))
        assert status == 200
        longest = max(longest, seconds)
        time.sleep(PAUSE)
    return {"reads": turn, "longest_read": longest}


def ask(site, path):
    site.request("GET", path)
    answer = site.getresponse()
    answer.read()
    return answer.status


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


def all_three(site, over, first="rename"):
    """Run the three beside each other on that running site; `over`: a path that ends them, `first`: what is done beside two of them."""
    environment = site.environment | {"RENAMING_IS_OVER": str(over)}
    words = [sys.executable, "-m", "tests.stress.renaming"]
    others = [
        subprocess.Popen([*words, *what], env=environment, stdout=subprocess.PIPE, text=True) for what in (("read", site.url), ("edit",))
    ]
    for other in others:
        other.stdout.readline()
    quiet = time.monotonic() + 1
    time.sleep(max(0, quiet - time.monotonic()))
    found = json.loads(subprocess.run([*words, first], env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout)
    over.touch()
    for other in others:
        found |= json.loads(other.communicate()[0])
    return found


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"rename": rename, "compute": compute, "read": read, "edit": edit}[sys.argv[1]]()))  # noqa: T201
