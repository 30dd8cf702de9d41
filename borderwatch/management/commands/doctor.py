"""`manage.py doctor`: what is wrong with this site and what to do about it."""

from django.core.management.base import BaseCommand, CommandError

from borderwatch.operating.doctor import findings


class Command(BaseCommand):
    help = "Say what is wrong with this site and what to do about it. manage.py verify_ledger proves the ledger itself."
    requires_system_checks = []

    def handle(self, *args, **options):
        found = list(findings())
        for wrong, remedy in found:
            self.stdout.write(f"{wrong}\n    {remedy}")
        if found:
            raise CommandError(f"{len(found)} {'thing is' if len(found) == 1 else 'things are'} wrong.")
        self.stdout.write("Nothing is wrong.")
