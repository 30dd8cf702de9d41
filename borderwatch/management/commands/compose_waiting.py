"""`manage.py compose_waiting`: compose the documents that a large release left to be composed after it."""

import sys

from django.core.management.base import BaseCommand

from borderwatch.publishing.recomposing import compose_waiting, waiting


class Command(BaseCommand):
    help = (
        "Compose anew what shows a record that was changed, where that is too much for one release. publish_due does it too; any number "
        "of these may run at once, and one that was ended is taken up where it stopped."
    )

    def handle(self, *args, **options):
        total = waiting()
        done = compose_waiting(progress=lambda done: self.tell(f"\r{done} of {total} documents"))
        self.stdout.write(f"{done} documents composed anew." if done else "No document waits.")

    def tell(self, text):
        if sys.stderr.isatty():
            self.stderr.write(text, ending="")
