"""`manage.py release_dataset 2026-11`: freeze the whole data set under a name."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from borderwatch.files.data_releases import CannotRelease, make
from incidents.exports.dataset import RESOURCES


class Command(BaseCommand):
    help = (
        "Freeze the public data set as it stands under a name, to be cited: the data package with its checksums, the changes since the "
        "release before, DataCite metadata. A release never changes; only one that holds what was sealed since is made again."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="its month: 2026-11, or 2026-11-b for a second one")
        parser.add_argument("--doi", default="", help="the DOI it is registered under, such as 10.5281/zenodo.123")
        parser.add_argument("--site", default=settings.SITE_URL or "http://localhost", help="where the pages stand, for addresses")

    def handle(self, *args, name, doi, site, **options):
        try:
            release = make(name, RESOURCES, site.rstrip("/"), doi)
        except (CannotRelease, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(release['files'])} files, to be seen at {release['site']}/data/releases/{name}/")
