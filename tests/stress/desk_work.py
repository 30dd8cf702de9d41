"""Four editors at work: run as `python -m tests.stress.desk_work SECONDS` on a site.

Each saves a draft, gives it a statement, publishes both, and goes on after a pause. Prints {"drafts", "published", "slowest", "errors"}.
"""

import json
import os
import sys
import threading
import time

import django

EDITORS, PAUSE = 4, 2.0


def work(name, until, done):
    from django.db import connection

    from tests.factories import make_actor, make_incident, make_statement, make_user

    turn = 0
    while time.monotonic() < until:
        turn += 1
        try:
            slug = f"desk-work-{os.getpid()}-{name}-{turn}"
            incident = make_incident(title=f"Clash {turn} of {name}", slug=slug, summary="A draft.")
            incident.summary = "A draft, read again."
            incident.save()
            done["drafts"] += 1
            make_statement(incident, killed=2, speaker=make_actor(slug=f"{slug}-actor"))
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
    done, until = {"drafts": 0, "published": 0, "slowest": 0, "errors": []}, time.monotonic() + float(sys.argv[1])
    editors = [threading.Thread(target=work, args=[f"editor-{number}", until, done]) for number in range(EDITORS)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    sys.stdout.write(json.dumps(done) + "\n")


if __name__ == "__main__":
    main()
