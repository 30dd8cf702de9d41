"""`manage.py invite EMAIL --role editor`: an account, and a link by which its owner sets the password. No mail is sent."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from borderwatch.desk.invitations import address_of, invite


class Command(BaseCommand):
    help = "Make an account and print the link by which its owner sets the password, once, within three days. No mail server is needed."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--role", required=True, help="contributor, editor or admin")
        parser.add_argument("--username", default="", help="otherwise what stands before the @")

    def handle(self, *args, email, role, username, **options):
        try:
            validate_email(email)
            user = invite(email, role, username)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.username} ({role}) sets the password here, once, within three days:\n{address_of(user)}")
        self.stdout.write("Send it by a way that you trust: whoever opens it first has the account.")
