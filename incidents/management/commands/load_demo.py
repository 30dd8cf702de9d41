"""`manage.py load_demo`: five articles about four incidents, published in the order in which things became known."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from borderwatch.models import Release
from incidents.demo import is_loaded, load


class Command(BaseCommand):
    help = "Load the demonstration data set into an empty record and replay how it became known. Done already: does nothing."

    def add_arguments(self, parser):
        parser.add_argument("--by", default="editor", help="user name of the account that publishes (default: editor)")

    def handle(self, *args, by, **options):
        if is_loaded():
            self.stdout.write("The demonstration data set is there already.")
            return
        if Release.objects.exists():
            raise CommandError("This record has releases of its own: the demonstration data set is for an empty record only.")
        user = get_user_model().objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no account “{by}”: run demo_accounts first, or name another account with --by.")
        is_terminal = self.stdout.isatty()
        load(user, progress=lambda done, total: self.stdout.write(f"\r{done} of {total} releases", ending="") if is_terminal else None)
        self.stdout.write("\nThe demonstration data set is published." if is_terminal else "The demonstration data set is published.")
