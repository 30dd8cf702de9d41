"""`manage.py restore FILE [--check]`: make a backup this site's record, or only say whether it could be."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from borderwatch.operating.backup_keys import BadKey
from borderwatch.operating.backups import BadBackup
from borderwatch.operating.database_copies import CopyFailed
from borderwatch.operating.moving import CannotMove
from borderwatch.operating.restoring import SKIPPED, CannotRestore, checked, restore


class Command(BaseCommand):
    help = "Make a backup this site's record. It is checked first; with --check nothing else is done. Stop the site before."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="the file with the secret key, for an encrypted backup")
        parser.add_argument(
            "--through",
            metavar="URL",
            help="an empty PostgreSQL database, used for the moment: for a backup of PostgreSQL on a site with SQLite",
        )
        parser.add_argument("--check", action="store_true", help="only say whether the backup is whole")
        parser.add_argument("--force", action="store_true", help="replace the record that is here; it is kept beside")
        parser.add_argument(
            "--skip-ids",
            type=int,
            default=SKIPPED,
            help="public ids of each kind to leave out, because readers may know them from what was published after the backup; "
            "0 when nothing was (default: %(default)s)",
        )

    def handle(self, *args, file, key, check, force, skip_ids, through, **options):
        try:
            if check:
                self.check_only(file, key)
            else:
                restore(file, force=force, skip=skip_ids, tell=self.stdout.write, key_file=key, lent=through)
                self.stdout.write(f"{file} was restored. Start the site.")
        except (BadBackup, BadKey, CannotMove, CannotRestore, CopyFailed, OSError) as error:
            raise CommandError(str(error)) from error

    def check_only(self, file, key):
        with checked(file, key) as (backup, _database):
            self.stdout.write(f"{file} is whole: made {backup.manifest['made_at']}, {len(backup.manifest['files'])} files.")
