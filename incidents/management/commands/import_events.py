"""`manage.py import_events LAYOUT FILE`: editors' own tables, events of another data set, or our record, onto the desk; all or nothing."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from incidents.imports.importing import LAYOUTS, carry_out, carry_out_in_parts, check, is_redistributable, summary
from incidents.imports.reading import Unreadable
from incidents.imports.tables.plan import TablesPlan
from incidents.imports.tables.told import Told

FILE = (
    "a CSV, XLSX or JSON Lines file; for tables an XLSX file with a sheet for each kind of record; "
    "for borderwatch incidents.jsonl, or a folder or ZIP file with one for each kind"
)


class Command(BaseCommand):
    help = (
        "Read a whole file, check every row, and put its events on the desk in one step, or nothing at all. "
        "Errors name the row as a spreadsheet counts: the header is row 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("layout", choices=sorted(LAYOUTS), help="whose columns the file has")
        parser.add_argument("file", help=FILE)
        parser.add_argument("--dry-run", action="store_true", help="check and report; write nothing")
        parser.add_argument("--publish", action="store_true", help="approve and publish what the file brings; not for acled")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--in-parts", action="store_true", help="several imports, each all or nothing, that keep nobody else waiting")
        how.add_argument("--at-once", action="store_true", help="one import, all or nothing, however long nobody else can save")
        parser.add_argument("--by", metavar="USERNAME", help="the account in whose name it is done")

    def handle(self, *args, layout, file, dry_run, publish, by, in_parts, at_once, **options):
        if publish and not is_redistributable(layout):
            raise CommandError(
                f"The licence of {layout} forbids redistribution: its events go to the desk and are never published by an import."
            )
        user = self.account(by, publish)
        plan = self.checked_plan(layout, file)
        self.stdout.write(summary(plan))
        self.tell_changes(plan)
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
            return
        try:
            written = carry_out_in_parts(plan, user, publish) if in_parts else [carry_out(plan, user, publish, at_once)]
            for batch, release in written:
                self.tell(batch, release, publish)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error

    def account(self, name, publish):
        if name is None:
            return None
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”.")
        if publish and not user.has_perm("incidents.publish_incident"):
            raise CommandError(f"The account “{name}” may not publish.")
        return user

    def checked_plan(self, layout, file):
        """The plan of the file; refuses a file with errors, naming every bad row."""
        try:
            plan = check(layout, file, self.progress("rows checked"))
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for notice in plan.notices:
            self.stdout.write(f"note: {notice}")
        for error in plan.errors:
            self.stderr.write(str(error))
        if plan.errors:
            rows = len({(error.row, error.column.partition(": ")[1] and error.column.partition(": ")[0]) for error in plan.errors})
            raise CommandError(f"{rows} of {plan.total} rows have errors: nothing was written.")
        return plan

    def tell_changes(self, plan):
        """Of changed records, what was before."""
        if isinstance(plan, TablesPlan):
            for row, table, record, column, before, after in Told(plan).changes:
                self.stdout.write(f"row {row}: {table}: {record}: {column}: {before} → {after}")

    def tell(self, batch, release, publish):
        self.stdout.write(f"Written as import {batch.pk}." if batch else "Nothing to write: the desk has it all.")
        if publish:
            self.stdout.write(f"Published in release {release.sequence}." if release else "Nothing to publish.")

    def progress(self, words):
        """Shows how far it is, on a terminal only."""
        if not self.stdout.isatty():
            return lambda done, total: None

        def show(done, total):
            if done == total or done % 100 == 0:
                self.stdout.write(f"\r{done} of {total} {words}", ending="\n" if done == total else "")

        return show
