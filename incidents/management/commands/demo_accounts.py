"""`manage.py demo_accounts`: one account for each role, with passwords of their own in the data folder."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction

ROLES = ("contributor", "editor", "admin")


class Command(BaseCommand):
    help = "Make the accounts contributor, editor and admin, where they are missing, and write their passwords to demo-accounts.txt."

    def handle(self, *args, **options):
        path = settings.DATA_DIR / "demo-accounts.txt"
        passwords = kept_passwords(path)
        missing = [role for role in ROLES if role not in passwords or not get_user_model().objects.filter(username=role).exists()]
        if not missing:
            return
        with transaction.atomic():
            for role in missing:
                passwords[role] = secrets.token_urlsafe(12)
                make_account(role, passwords[role])
            write_passwords(path, passwords)
        self.stdout.write(f"Demo accounts {', '.join(missing)}: {path}")


def kept_passwords(path):
    """Passwords that an earlier run wrote, by role."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {role: password for role, _username, password in (line.split() for line in lines if line.strip())}


def make_account(role, password):
    """The account of that role; a known one gets the new password."""
    is_admin = role == "admin"
    user, _created = get_user_model().objects.get_or_create(username=role)
    user.is_staff, user.is_superuser = True, is_admin
    user.set_password(password)
    user.save()
    if not is_admin:
        user.groups.add(Group.objects.get(name=role))


def write_passwords(path, passwords):
    """`role username password` per line, readable by the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{role} {role} {passwords[role]}\n" for role in ROLES if role in passwords)
