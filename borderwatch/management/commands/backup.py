"""`manage.py backup FILE`: database, pictures and secret in one file, while the site runs."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from borderwatch.operating.backup_keys import BadKey, recipients_of
from borderwatch.operating.backups import write_backup
from borderwatch.operating.database_copies import CopyFailed


class Command(BaseCommand):
    help = "Write database, pictures and secret to one file with a list of hashes. The site may go on. Keep it safe: it holds drafts."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a new file")
        parser.add_argument(
            "--encrypt-to",
            default=os.environ.get("BORDERWATCH_BACKUP_KEY", ""),
            help="public keys of age (age1…), separated by commas; by default those of BORDERWATCH_BACKUP_KEY",
        )

    def handle(self, *args, file, encrypt_to, **options):
        if file.exists():
            raise CommandError(f"{file} exists already. Give each backup a name of its own.")
        try:
            recipients = recipients_of(encrypt_to)
            manifest = write_backup(file, recipients)
        except (BadKey, CopyFailed, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        last = manifest["holds_at_least"]
        pictures = sum(name.startswith("media/") for name in manifest["files"])
        holds = f"the record up to edition {last['edition']}" if last else "a record without editions"
        kept = "encrypted" if recipients else "not encrypted"
        self.stdout.write(f"{file}: {holds}, {pictures} pictures, {file.stat().st_size} bytes, {kept}.")
