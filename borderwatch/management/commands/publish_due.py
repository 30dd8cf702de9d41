"""`manage.py publish_due`: publish what was scheduled and whose hour has come."""

import os
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, connection

from borderwatch.models import ScheduledPublication
from borderwatch.publishing.recomposing import compose_waiting, waiting
from borderwatch.publishing.scheduling import publish_due, seconds_to_next


class Command(BaseCommand):
    help = (
        "Publish what was scheduled and is due, and compose what large releases left waiting. "
        "Any number of these may run at once: each publication is made once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--follow", action="store_true", help="Stay, and publish each to the second; ends on SIGTERM.")
        parser.add_argument(
            "--with-parent", type=int, metavar="PID", help="With --follow: end when this process, which started it, is gone."
        )

    def handle(self, *args, follow, with_parent, **options):
        if follow:
            self.follow(with_parent)
        else:
            self.tell(publish_due())
            compose_waiting()

    def follow(self, parent):
        """Look once a second, and exactly when the next one is due; `parent`: the process it ends with, None for none."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        pause, trouble = 0, ""
        while not stop.wait(pause) and parent in (None, os.getppid()):
            try:
                self.tell(publish_due())
                compose_waiting(seconds=1)
                pause, trouble = 0 if waiting() else min(1, seconds_to_next() or 1), ""
            except (DatabaseError, InterfaceError) as error:
                pause, trouble = 1, self.complain(str(error), trouble)
                connection.close()

    def complain(self, error, trouble):
        """Say once what keeps the database away."""
        if error != trouble:
            self.stderr.write(f"The database does not answer, trying again every second: {error}")
        return error

    def tell(self, ended):
        for scheduled in ended:
            is_published = scheduled.state == ScheduledPublication.State.PUBLISHED
            self.stdout.write(f"{scheduled}: " + (f"release {scheduled.release_id}" if is_published else f"refused. {scheduled.outcome}"))
            self.stdout.flush()
