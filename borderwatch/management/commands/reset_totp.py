"""`manage.py reset_totp USERNAME`: forget the second factor of somebody who lost phone and recovery codes."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from borderwatch.second_factor import reset


class Command(BaseCommand):
    help = "Forget the second factor of an account; its owner sets up a new one at the next sign-in. Be sure who asks."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        if not reset(user):
            raise CommandError(f"{username} has no second factor: there is nothing to reset.")
        self.stdout.write(f"{username} sets up a new second factor at the next sign-in.")
