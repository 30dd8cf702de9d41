"""`manage.py benchmark`: how fast this record is served, beside hand-written SQL on the same database, as Markdown."""

import os
import platform
import statistics
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from borderwatch.benchmark import by_hand, comparing
from borderwatch.benchmark import pages as every_page
from borderwatch.benchmark.measuring import InProcess, OverHTTP, differences, measure, rows_a_second, rows_a_second_by_hand, summed_up
from borderwatch.benchmark.questions import machine, questions
from borderwatch.benchmark.rows import Plain
from borderwatch.benchmark.writing import importing, one_by_one, publishing
from borderwatch.published import public_kinds

FILES = (("CSV export", "/incidents.csv", by_hand.csv_file, 0.8), ("GeoJSON export", "/incidents.geojson", by_hand.geojson_file, 0.6))


class Command(BaseCommand):
    help = "Measure the site beside hand-written SQL with the fastest JSON writer, in turns, and print a table in Markdown."

    def add_arguments(self, parser):
        parser.add_argument("--rounds", type=int, default=40, help="turns per question")
        parser.add_argument("--no-http", action="store_true", help="in process only")
        parser.add_argument("--no-files", action="store_true", help="leave exports out")
        parser.add_argument("--writing", action="store_true", help="measure publishing instead of reading; all of it is undone")
        parser.add_argument("--import", type=int, dest="rows", metavar="N", help="with --writing: an import of N rows too")
        parser.add_argument("--save", metavar="FILE", help="keep the figures of this run as JSON")
        parser.add_argument("--pages", action="store_true", help="what every kind of page costs when nothing is kept, instead")
        parser.add_argument("--against", metavar="FILE", help="compare with what a run on a record of another size saved")
        parser.add_argument("--copy", action="store_true", help="make the plain tables anew, though they are there")

    def handle(self, *args, rounds, no_http, no_files, copy, writing=False, rows=None, pages=False, save=None, against=None, **options):
        if writing:
            self.writing(rounds, rows)
        elif pages:
            self.pages(save, against)
        else:
            self.reading(rounds, no_http, no_files, copy, save, against)

    def reading(self, rounds, no_http, no_files, copy, save, against):
        if os.environ.get("BORDERWATCH_API_RATE") != "off":
            raise CommandError("Set BORDERWATCH_API_RATE=off: the throttle would answer most requests.")
        incidents = public_kinds()["incident"].objects.current().count()
        if not incidents:
            raise CommandError("The record is empty: `manage.py make_synthetic 1000` fills an empty one.")
        plain = Plain()
        if copy or plain.count() != incidents:
            plain.make(lambda done: self.tell(f"\r{done} of {incidents} copied"))
        by_hand._plain = plain
        asked = questions(plain)
        self.heading(incidents, rounds)
        ways = [InProcess] if no_http else [InProcess, OverHTTP]
        for way in ways:
            self.one_way(way(), asked, rounds)
        found = comparing.figures(incidents, self.title, asked)
        if save:
            comparing.save(save, found)
        if against:
            self.stdout.write("\n".join(comparing.table(found, comparing.read(against))))
        if not no_files:
            self.files(InProcess(), plain, incidents)
        by_hand._plain = None
        plain.connection.close()

    def heading(self, incidents, rounds):
        load = os.getloadavg()[0]
        self.title = (
            f"{timezone.now():%Y-%m-%d %H:%M} UTC, {incidents:,} incidents, {machine()}, Python {platform.python_version()}, "
            f"{os.cpu_count()} cores, load {load:.1f}, {rounds} turns, by hand with {by_hand.WRITER}"
        )
        self.stdout.write(self.title)

    def pages(self, save, against):
        incidents = public_kinds()["incident"].objects.current().count()
        self.heading(incidents, 3)
        found = every_page.costs(InProcess())
        if save:
            comparing.save(save, {"incidents": incidents, "pages": found})
        self.stdout.write("\n".join(every_page.table(found, against and comparing.read(against))))

    def writing(self, rounds, rows):
        self.heading(public_kinds()["incident"].objects.current().count(), rounds)
        wall, processor, questions = publishing(rounds)
        # SQLite's work is this process's own; of a busy machine's wall time a part is other people's.
        mark = "" if (processor if connection.vendor == "sqlite" else wall) <= 50 else " missed"
        self.stdout.write("\n| writing | median ms | CPU | questions | target |\n|---|---|---|---|---|")
        self.stdout.write(f"| publishing an incident with 20 statements | {wall:.1f} | {processor:.1f} | {questions} | ≤ 50 ms{mark} |")
        if rows:
            self.importing(rows)

    def importing(self, rows):
        alone = one_by_one(min(rows, 40))
        processor, wall, longest = importing(rows)
        marks = ["" if is_met else " missed" for is_met in (processor / alone >= 5, longest <= 2)]
        self.stdout.write("\n| import, published | rows a second | of CPU | one by one, of CPU | × | target | longest lock | target |")
        self.stdout.write("|---|---|---|---|---|---|---|---|")
        speed = f"{wall:.0f} | {processor:.0f} | {alone:.1f} | {processor / alone:.1f} | ≥ 5{marks[0]}"
        self.stdout.write(f"| {rows:,} rows | {speed} | {longest:.2f} s | ≤ 2 s{marks[1]} |")

    def one_way(self, way, asked, rounds):
        try:
            notes = list(differences(asked, way))
            measure(asked, way, rounds, lambda done, total: self.tell(f"\r{way.name}: {done} of {total} turns"))
        finally:
            way.close()
        self.stdout.write(f"\n| {way.name} | site median ms | p95 | CPU | by hand median ms | p95 | CPU | × by hand | target |")
        self.stdout.write("|---|---|---|---|---|---|---|---|---|")
        for question in asked:
            if not question.times[way.name]["site"]:
                notes.append(f"{question.name} could not be measured: {question.failed}")
                continue
            site, hand = (summed_up(question.times[way.name][who]) for who in ("site", "hand"))
            part = 1 if way.name == "in process" else 0
            ratio = statistics.median(times[part] for times in question.times[way.name]["site"]) / statistics.median(
                times[part] for times in question.times[way.name]["hand"]
            )
            numbers = " | ".join(self.milliseconds(part, way) for part in (site, hand))
            mark = "" if ratio <= question.target else " missed"
            self.stdout.write(f"| {question.name} | {numbers} | {ratio:.2f} | ≤ {question.target}{mark} |")
        for note in notes:
            self.stdout.write(f"\n{note}")

    def milliseconds(self, part, way):
        cpu = f"{part['cpu']:.2f}" if way.name == "in process" else "–"
        return f"{part['median']:.2f} | {part['p95']:.2f} | {cpu}"

    def files(self, way, plain, incidents):
        self.stdout.write("\n| file, rows a second | site | by hand | share | target |\n|---|---|---|---|---|")
        for name, address, write, target in FILES:
            turns = [(rows_a_second(way, address, incidents), rows_a_second_by_hand(write(plain), incidents)) for _turn in range(3)]
            site, hand = (statistics.median(found) for found in zip(*turns, strict=True))
            mark = "" if site / hand >= target else " missed"
            self.stdout.write(f"| {name} | {site:,.0f} | {hand:,.0f} | {site / hand:.2f} | ≥ {target}{mark} |")

    def tell(self, text):
        if sys.stderr.isatty():
            self.stderr.write(text, ending="")
