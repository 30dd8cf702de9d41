"""`manage.py undo_import NUMBER`: take an import back, all or nothing."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from incidents.imports.undo import undo
from incidents.models import ImportBatch


class Command(BaseCommand):
    help = "Undo an import: remove what it brought, put back what it changed. Refused where something of it is public or was edited since."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="the number of the import, as import_events told it")
        parser.add_argument("--by", metavar="USERNAME", help="the account in whose name it is done")

    def handle(self, *args, number, by, **options):
        batch = ImportBatch.objects.filter(pk=number).first()
        user = get_user_model().objects.filter(username=by).first() if by else None
        if batch is None:
            raise CommandError(f"There is no import {number}.")
        if by and user is None:
            raise CommandError(f"There is no account “{by}”.")
        try:
            undo(batch, user)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"Undone: {batch}.")
