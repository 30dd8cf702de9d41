"""`manage.py set_up_site demo|site`: what ./run does between installing and serving, in one process because starting costs seconds."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from borderwatch.models import Release


class Command(BaseCommand):
    help = "Bring the database up to date, load the gazetteer, and give an empty record the demo data set or its first administrator."

    def add_arguments(self, parser):
        parser.add_argument("record", choices=["demo", "site"], help="demo: with the demo data set; site: a record of one's own")

    def handle(self, *args, record, **options):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_gazetteer")
        accounts = self.load_demo() if record == "demo" else self.make_administrator()
        if accounts.exists():
            self.stdout.write(f"Accounts and their passwords (role, user name, password): {accounts}")

    def load_demo(self):
        """Only on an empty record: what somebody has published, in the demo too, is never touched again."""
        if not Release.objects.exists():
            call_command("demo_accounts")
            call_command("load_demo")
        return settings.DATA_DIR / "demo-accounts.txt"

    def make_administrator(self):
        """One superuser, where nobody can sign in yet; the password lies in a file that its owner alone can read."""
        path = settings.DATA_DIR / "administrator.txt"
        if not get_user_model().objects.exists():
            password = secrets.token_urlsafe(12)
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(f"admin admin {password}\n")
            get_user_model().objects.create_superuser("admin", password=password)
        return path
