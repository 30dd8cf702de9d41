"""The same public record as plain normalised tables, made for the hand-written answers; beside the site's own, never in them.

On SQLite a file of its own in the data folder, on PostgreSQL a schema of its own.
"""

import json
import os
import sqlite3
from itertools import islice

from django.conf import settings
from django.db import connection

from borderwatch import search
from borderwatch.benchmark import details
from borderwatch.published import public_kinds

FILE = "benchmark.sqlite3"
SCHEMA = "benchmark"
CREATE = {
    "incident": "number bigint PRIMARY KEY, id text, url text, title text, slug text, summary text, kind text, means text, "
    "date_start text, date_end text, date_precision int, local_time text, place text, place_name text, place_kind text, "
    "province text, province_name text, country text, country_name text, latitude float, longitude float, place_precision int, "
    "description text, within_places text, toll text, status text, disputed_on text, reports int, external_ids text, translations text, "
    "content_warning text, edition text, first_published_at text, killed_low int, killed_best int, killed_high int, "
    "injured_low int, injured_best int, injured_high int, articles text",
    "participant": "incident bigint, place_in_row int, actor text, described_as text, role text, according_to text, date_start text",
    "actor": "id text PRIMARY KEY, name text",
    "origin": "incident bigint, list text, place_in_row int, type text, id text, name text",
    "within_place": "slug text, date_start text, incident bigint",
    **details.CREATE,
    "word": "",
}
ONCE = ("actor", *details.ONCE)
"""Tables whose rows many incidents share."""
INDEXES = (
    "incident (date_start, id)",
    "incident (id)",
    "participant (incident)",
    "participant (actor, date_start, incident)",
    "origin (incident)",
    "within_place (slug, date_start, incident)",
    *details.INDEXES,
)


def connect():
    """A connection to the plain tables: (connection, placeholder)."""
    if connection.vendor == "sqlite":
        return sqlite3.connect(os.path.join(settings.DATA_DIR, FILE), check_same_thread=False), "?"
    import psycopg

    chosen = settings.DATABASES["default"]
    plain = psycopg.connect(
        dbname=connection.settings_dict["NAME"], user=chosen["USER"], password=chosen["PASSWORD"], host=chosen["HOST"], port=chosen["PORT"]
    )
    plain.autocommit = True
    plain.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    plain.execute(f"SET search_path TO {SCHEMA}")
    return plain, "%s"


class Plain:
    """The plain tables, asked by SQL with %s for values."""

    def __init__(self):
        self.connection, self.placeholder = connect()
        self.is_sqlite = connection.vendor == "sqlite"

    def ask(self, sql, values=()):
        return self.connection.execute(sql.replace("%s", self.placeholder), values).fetchall()

    def write(self, table, rows):
        if rows:
            places = ", ".join([self.placeholder] * len(rows[0]))
            known = " ON CONFLICT (id) DO NOTHING" if table in ONCE else ""
            self.connection.cursor().executemany(f"INSERT INTO {table} VALUES ({places}){known}", rows)  # noqa: S608 our own names

    def count(self):
        """How many incidents the tables hold, None before they are made."""
        try:
            return self.ask("SELECT count(*) FROM computed")[0][0]  # what was made last: tables of an earlier version lack it
        except Exception:  # the two drivers' errors share no class
            return None

    # Making

    def make(self, progress=lambda done: None):
        """Copy the public record into the plain tables, oldest incident first: its number is its place in the order of dates."""
        for table, columns in CREATE.items():
            self.connection.execute(f"DROP TABLE IF EXISTS {table}")
            self.connection.execute(self.words_table() if table == "word" else f"CREATE TABLE {table} ({columns})")
        current = public_kinds()["incident"].objects.current().order_by("date_start", "-public_id")
        rows = current.values_list("document", "edition_id", "date_start").iterator(chunk_size=1000)
        number = 0
        while batch := list(islice(rows, 1000)):
            self.copy(batch, number)
            number += len(batch)
            progress(number)
        self.finish()

    def words_table(self):
        if self.is_sqlite:
            return 'CREATE VIRTUAL TABLE word USING fts5(words, content="", tokenize = "unicode61 remove_diacritics 0")'
        return "CREATE TABLE word (number bigint PRIMARY KEY, words tsvector)"

    def copy(self, rows, number):
        found = {table: [] for table in CREATE}
        for place, ((document, _sequence, _day), words) in enumerate(zip(rows, words_of(rows), strict=True), start=number + 1):
            spread(place, json.loads(document), found)
            found["word"].append((place, words))
        words = found.pop("word")
        for table, values in found.items():
            self.write(table, values)
        into = "word (rowid, words) VALUES (?, ?)" if self.is_sqlite else "word (number, words) VALUES (%s, %s::tsvector)"
        self.connection.cursor().executemany(f"INSERT INTO {into}", words)

    def finish(self):
        for index in INDEXES:
            self.connection.execute(
                f"CREATE INDEX ON {index}" if not self.is_sqlite else f"CREATE INDEX {index.translate(NAMES)} ON {index}"
            )
        if not self.is_sqlite:
            self.connection.execute("CREATE INDEX ON word USING gin (words)")
        self.connection.execute("ANALYZE")
        self.connection.commit()


NAMES = str.maketrans({" ": "_", "(": "", ")": "", ",": ""})


def words_of(rows):
    """Key → words of the search index, for some rows of the site."""
    keys = [search.key_of("incident", day, sequence) for _document, sequence, day in rows]
    places = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        key = search.KEY[connection.vendor]
        cursor.execute(f"SELECT {key}, words FROM {search.TABLE} WHERE {key} IN ({places})", keys)  # noqa: S608 our own names
        found = dict(cursor.fetchall())
    return [found[key] for key in keys]


def spread(number, document, found):
    """Put one incident's document into the rows of the plain tables."""
    place, date, evidence = document["place"] or {}, document["date"], document["evidence"]
    toll = {name: part for name, part in document["toll"].items() if name not in ("buckets", "set_aside", "together")}
    counts = [(toll[measure] or {}).get(part) for measure in ("killed", "injured") for part in ("low", "best", "high")]
    articles = ";".join(dict.fromkeys(statement["article"]["id"] for statement in document["statements"]))
    where = (
        "id",
        "name",
        "kind",
        "province",
        "province_name",
        "country",
        "country_name",
        "latitude",
        "longitude",
        "precision",
        "description",
    )
    found["incident"].append(
        (number, *(document[name] for name in ("id", "url", "title", "slug", "summary", "kind")), json.dumps(document["means"]))
        + tuple(date[name] for name in ("start", "end", "precision", "local_time"))
        + tuple(place.get(name) for name in where)
        + (json.dumps(place.get("within")), json.dumps(toll), evidence["status"], json.dumps(evidence["disputed_on"]), evidence["reports"])
        + (json.dumps(document.get("external_ids")), json.dumps(document["translations"]), document.get("content_warning", ""))
        + (json.dumps(document["edition"]), document["first_published_at"], *counts, articles)
    )
    for order, part in enumerate(document["participants"]):
        actor = part["actor"] or {"id": None, "name": None}
        found["actor"].append((actor["id"], actor["name"]))
        found["participant"].append(
            (number, order, actor["id"], part["described_as"], part["role"], part["according_to"], document["date"]["start"])
        )
    for name in ("origins", "acknowledged_by"):
        for order, origin in enumerate(evidence[name]):
            found["origin"].append((number, name, order, origin["type"], origin["id"], origin["name"]))
    for slug in [place.get("id"), *place.get("within", ())]:
        found["within_place"].append((slug, date["start"], number))
    details.spread(number, document, found)
