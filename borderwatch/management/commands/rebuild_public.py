"""`manage.py rebuild_public`: recreate every public table from the ledger and the places alone."""

from django.core.management.base import BaseCommand

from borderwatch.projection import rebuild


class Command(BaseCommand):
    help = "Recreate the public tables from the ledger and the places, in one transaction: readers see the old ones until it is done."

    def handle(self, *args, **options):
        is_terminal = self.stdout.isatty()
        total = rebuild(lambda done, total: self.stdout.write(f"\r{done} of {total} editions", ending="") if is_terminal else None)
        self.stdout.write(f"\n{total} editions rebuilt." if is_terminal else f"{total} editions rebuilt.")
