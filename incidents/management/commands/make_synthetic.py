"""`manage.py make_synthetic N`: a made-up public record of N incidents, for trials of speed."""

import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from incidents.models import Place
from incidents.synthetic import record as synthetic


class Command(BaseCommand):
    help = (
        "Add N made-up incidents to the public record, for trials of speed. The ledger never forgets them: "
        "refused where it holds anything that was not made up. Nothing is written on the desk."
    )

    def add_arguments(self, parser):
        parser.add_argument("count", metavar="N", type=int, help="how many incidents to add")
        parser.add_argument("--seed", type=int, default=1, help="the same seed on an empty record makes the same records")

    def handle(self, *args, count, seed, **options):
        if count < 1:
            raise CommandError("Give a number of at least 1.")
        if synthetic.holds_more():
            raise CommandError("This record holds releases that were not made up: use a data folder or database of its own.")
        if not Place.objects.exists():
            call_command("load_gazetteer", stdout=self.stdout)
        started = time.monotonic()
        releases = synthetic.make(count, seed, self.progress)
        seconds = time.monotonic() - started
        self.stdout.write(f"{count} incidents in {releases} releases, {seconds:.1f} s ({count / seconds:.0f} incidents a second).")

    def progress(self, done, total):
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total} incidents", ending="\n" if done == total else "")
