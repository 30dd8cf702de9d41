"""How long writing takes: publishing one incident, and an import with publication beside the same rows saved and published one by one.

All of it is undone: each measurement runs inside a transaction that is rolled back, so what is committed to the disk is not in it.
"""

import csv
import datetime
import io
import re
import statistics
import tempfile
import time
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, transaction

from borderwatch.records import record_models

STATEMENTS = 20
"""Statements of the incident that is published; eight articles of four sources, and six speakers go along."""
EVENT = {
    "type_of_violence": "1",
    "dyad_name": "Government - Front",
    "side_a": "Government of a country",
    "side_b": "Front of a country",
    "gwnoa": "999",
    "source_article": "Agency, two days later",
    "where_prec": "1",
    "where_coordinates": "Lower village",
    "country": "A country",
    "date_prec": "1",
    "latitude": "38.0",
    "longitude": "70.0",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "low": "3",
    "best": "3",
    "high": "4",
}
"""A made-up event in the columns of UCDP GED."""
OTHER_COLUMNS = (
    "relid year active_year code_status conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id side_a_dset_id "
    "side_b_dset_id number_of_sources source_office source_date source_headline source_original where_description adm_1 adm_2 "
    "priogrid_gid country_id region event_clarity gwnob"
).split()


LOCKING = re.compile("borderwatch_dataversion.* FOR UPDATE")


class Undone(Exception):
    """Ends a transaction that is not to be kept."""


@contextmanager
def undone():
    """Whatever is written inside is taken back."""
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


class Transactions:
    """How long each transaction would hold the lock that runs inside `undone`: the outermost savepoints, in seconds.

    SQLite's lock is held from its beginning, and what is done meanwhile is this process's own: of processor time. PostgreSQL's is held
    only from where it is taken.
    """

    def __init__(self):
        self.clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
        self.depth, self.begun, self.seconds = 0, None, []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT"):
            self.depth += 1
        if self.depth and self.begun is None and (connection.vendor == "sqlite" or LOCKING.search(sql)):
            self.begun = self.clock()
        found = execute(sql, params, many, context)
        if sql.startswith("RELEASE SAVEPOINT"):
            self.depth -= 1
            if self.depth == 0:
                self.seconds.append(self.clock() - self.begun if self.begun is not None else 0.0)
                self.begun = None
        return found


# Publishing one incident


def publishing(rounds):
    """(median of wall, median of processor time, number of questions), milliseconds, of publishing an incident with 20 statements."""
    times, counts = [], []
    for _turn in range(rounds + 1):
        with undone():
            incident, asked = a_long_incident(), []
            with connection.execute_wrapper(lambda execute, *told, asked=asked: asked.append(told[0]) or execute(*told)):
                wall, processor = time.perf_counter(), time.process_time()
                incident.publish(by=None)
                times.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)))
            counts.append(len(asked))
    walls, processors = zip(*times[1:], strict=True)
    return statistics.median(walls), statistics.median(processors), counts[-1]


def a_long_incident():
    """An incident on the desk, with 20 statements that were never public and all that they name."""
    models = {kind: model.objects for kind, model in record_models().items()}
    named = {"slug": "benchmark-{}-{}", "name": "{} {} of the benchmark"}
    sources = [models["source"].create(**{key: text.format("source", one) for key, text in named.items()}) for one in range(4)]
    actors = [models["actor"].create(**{key: text.format("actor", one) for key, text in named.items()}) for one in range(6)]
    articles = [models["article"].create(source=sources[one % 4], headline=f"Report {one} of the benchmark") for one in range(8)]
    incident = models["incident"].create(
        title="Clash of the benchmark", slug="clash-of-the-benchmark", started_on=datetime.date(2025, 12, 1), review_state="approved"
    )
    for one in range(STATEMENTS):
        said = {"article": articles[one % 8], "speaker": actors[one % 6], "act": "claim", "quote": "Shots were fired."}
        statement = models["statement"].create(**said, is_ready=True)
        statement.statement_incidents.create(incident=incident)
        statement.figures.create(incident=incident, measure="killed", low=one, best=one, high=one + 1)
    return incident


# Import


def importing(rows):
    """(rows a second of processor time, and of wall time, the longest transaction in seconds) of an import with publication."""
    transactions = Transactions()
    with undone(), tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["id", *EVENT, "date_start", "date_end", *OTHER_COLUMNS])
        writer.writeheader()
        writer.writerows(event(number) for number in range(rows))
        file.flush()
        wall, processor = time.perf_counter(), time.process_time()
        with connection.execute_wrapper(transactions):
            call_command("import_events", "ucdp-ged", file.name, publish=True, in_parts=True, stdout=io.StringIO())
        return rows / (time.process_time() - processor), rows / (time.perf_counter() - wall), max(transactions.seconds)


def event(number):
    day = (datetime.date(2015, 1, 1) + datetime.timedelta(days=number % 3000)).isoformat()
    return EVENT | {"id": f"benchmark-{number}", "side_a": f"Group {number % 40}", "date_start": day, "date_end": day}


def one_by_one(rows):
    """Rows a second of processor time where each event is saved by itself, with its history, and published by itself."""
    with undone():
        models = {kind: model.objects for kind, model in record_models().items()}
        source = models["source"].create(name="Data set of the benchmark", slug="data-set-of-the-benchmark")
        article = models["article"].create(source=source, headline="Release of the data set")
        actors = [models["actor"].create(name=f"Group {one} of the benchmark", slug=f"group-{one}-benchmark") for one in range(40)]
        processor = time.process_time()
        for number in range(rows):
            save_and_publish(models, event(number), article, actors[number % 40])
        return rows / (time.process_time() - processor)


def save_and_publish(models, told, article, actor):
    day = datetime.date.fromisoformat(told["date_start"])
    incident = models["incident"].create(
        title=f"Clash {told['id']}", slug=f"clash-{told['id']}", started_on=day, latitude=38.0, longitude=70.0, review_state="approved"
    )
    incident.participations.create(actor=actor, role="alleged_attacker")
    incident.participations.create(described_as=told["side_b"], role="target")
    statement = models["statement"].create(article=article, act="report", attribution="outlet", said_on=day, is_ready=True)
    statement.statement_incidents.create(incident=incident)
    for measure_of, best in (("all", 3), ("state_forces", 1), ("armed_group", 2), ("civilians", 0)):
        statement.figures.create(incident=incident, measure="killed", group=measure_of, low=best, best=best, high=best)
    incident.publish(by=None)
