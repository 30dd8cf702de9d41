"""`manage.py unlock USERNAME`: let somebody sign in again who failed too often."""

from axes.utils import reset
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Forget the failed sign-ins of an account, so that it can sign in again at once."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        count = reset(username=username)
        self.stdout.write(f"{username} can sign in again: {count} failed sign-ins forgotten.")
