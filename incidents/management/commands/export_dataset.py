"""`manage.py export_dataset DIR`: the whole data set as a Frictionless data package."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from borderwatch.files import packages
from borderwatch.lists.filters import RecordAsked
from borderwatch.models import Release
from incidents.exports.dataset import RESOURCES


class Command(BaseCommand):
    help = "Write the whole public data set into a folder: CSV tables with their schema, documents, README, checksums."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or new folder")
        parser.add_argument("--as-of", default="", help="a day (its end, UTC) or a moment: the record as readers saw it then")
        parser.add_argument("--site", default=settings.SITE_URL or "http://localhost", help="where the pages stand, for addresses")

    def handle(self, *args, folder, as_of, site, **options):
        asked = RecordAsked({"as_of": as_of}, queryset=Release.objects.none())
        if asked.problems:
            raise CommandError(f"--as-of: {asked.problems[0]['message']}")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not empty: name a new folder.")
        try:
            count = packages.write_folder(folder, RESOURCES, {"as_of": as_of} if as_of else {}, site.rstrip("/"))
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error}") from error
        self.stdout.write(f"{count} files written to {folder}.")
