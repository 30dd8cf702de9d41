"""Four editors at work: run as `python -m tests.stress.desk_work SECONDS [SAVES]` on a site.

Each writes a draft with a statement, saves it SAVES times (once unless told otherwise) with a pause after each, publishes both, and
begins the next. Prints {"saved", "published", "slowest", "errors"}.
"""

import json
import os
import sys
import threading
import time

import django

EDITORS, PAUSE = 4, 2.0


def work(name, until, saves, done):
    from django.db import connection

    from tests.factories import make_actor, make_incident, make_statement, make_user

    turn = 0
    while time.monotonic() < until:
        turn += 1
        try:
            slug = f"desk-work-{os.getpid()}-{name}-{turn}"
            incident = make_incident(title=f"Clash {turn} of {name}", slug=slug, summary="A draft.")
            make_statement(incident, killed=2, speaker=make_actor(slug=f"{slug}-actor"))
            for save in range(saves):
                incident.summary = f"A draft, read again {save}."
                incident.save()
                done["saved"] += 1
                time.sleep(PAUSE)
            started = time.monotonic()
            incident.publish(by=make_user(name))
            done["published"] += 1
            done["slowest"] = max(done["slowest"], time.monotonic() - started)
        except Exception as error:
            done["errors"].append(f"{type(error).__name__}: {error}"[:200])
            time.sleep(PAUSE)
    connection.close()


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderwatch.settings")
    django.setup()
    import tests.factories

    tests.factories.number = iter(range(os.getpid() * 100_000, sys.maxsize))
    seconds, saves = float(sys.argv[1]), int((sys.argv[2:] or [1])[0])
    done, until = {"saved": 0, "published": 0, "slowest": 0, "errors": []}, time.monotonic() + seconds
    editors = [threading.Thread(target=work, args=[f"editor-{number}", until, saves, done]) for number in range(EDITORS)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    sys.stdout.write(json.dumps(done) + "\n")


if __name__ == "__main__":
    main()
