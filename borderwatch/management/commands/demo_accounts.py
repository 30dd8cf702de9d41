"""`manage.py demo_accounts`: somebody to sign in as, for each role, on a demo site."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

ROLES = ("contributor", "editor", "admin")
FILE_NAME = "demo-accounts.txt"


class Command(BaseCommand):
    help = f"Make the accounts {', '.join(ROLES)} with new passwords, written to {FILE_NAME} in the data folder."

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("Demo accounts are for a site of ./run: their passwords lie in a file.")
        accounts = [(role, role, secrets.token_urlsafe(12)) for role in ROLES]
        for role, username, password in accounts:
            make_account(role, username, password)
        write_accounts(settings.DATA_DIR / FILE_NAME, accounts)


def make_account(role, username, password):
    """A user of the desk with this role; one that is there already gets the new password."""
    is_admin = role == "admin"
    user, _created = get_user_model().objects.get_or_create(username=username)
    user.is_staff, user.is_superuser = True, is_admin
    user.set_password(password)
    user.save()
    user.groups.set([] if is_admin else [Group.objects.get(name=role)])


def write_accounts(path, accounts):
    """Lines `role username password`, for the owner of the folder alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{role} {username} {password}\n" for role, username, password in accounts)
