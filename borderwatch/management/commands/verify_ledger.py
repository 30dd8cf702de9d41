"""`manage.py verify_ledger`: recompute every digest and the chain, and name what does not hold."""

from django.core.management.base import BaseCommand, CommandError

from borderwatch.ledger import faults
from borderwatch.models import Edition, Release


class Command(BaseCommand):
    help = "Prove that nobody altered the ledger: recompute every digest and the chain. Names each row that does not hold."

    def handle(self, *args, **options):
        found = list(faults())
        if found:
            raise CommandError("\n".join([*found, f"The ledger does not hold: {len(found)} faults."]))
        last = Edition.objects.order_by("-sequence").first()
        if last is None:
            self.stdout.write("The ledger is empty.")
            return
        counts = f"{Edition.objects.count()} editions, {Release.objects.count()} releases"
        self.stdout.write(f"The ledger holds: {counts}, chain sha256:{last.chain}")
