"""`manage.py backup FILE`: database, pictures and secret in one file, while the site runs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from borderwatch.backups import write_backup
from borderwatch.database_copies import CopyFailed


class Command(BaseCommand):
    help = "Write database, pictures and secret to one file with a list of hashes. The site may go on. Keep it safe: it holds drafts."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a new file")

    def handle(self, *args, file, **options):
        if file.exists():
            raise CommandError(f"{file} exists already. Give each backup a name of its own.")
        try:
            manifest = write_backup(file)
        except (CopyFailed, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        last = manifest["holds_at_least"]
        pictures = sum(name.startswith("media/") for name in manifest["files"])
        holds = f"the record up to edition {last['edition']}" if last else "a record without editions"
        self.stdout.write(f"{file}: {holds}, {pictures} pictures, {file.stat().st_size} bytes.")
