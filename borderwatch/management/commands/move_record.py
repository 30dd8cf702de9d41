"""`manage.py move_record URL`: bring the whole record here from another database, of SQLite or PostgreSQL."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from borderwatch.operating.moving import CannotMove, move


class Command(BaseCommand):
    help = "Copy the record of another database into this site's empty one: desk, ledger, accounts. Stop both sites first."

    def add_arguments(self, parser):
        parser.add_argument("url", help="where it is now, like DATABASE_URL: sqlite:////srv/record.sqlite3 or postgresql://…")

    def handle(self, *args, url, **options):
        try:
            move(url, self.stdout.write)
        except (CannotMove, DatabaseError, ValueError) as error:
            raise CommandError(f"Nothing was moved: {error}") from error
        self.stdout.write("Moved. The public tables were made anew from the ledger, whose chain holds. Copy the folder media, too.")
