# ruff: noqa: S608 (no text of a reader stands in a statement)
"""The same answers by hand-written SQL: no framework, no checks, nested dicts out of plain rows, and the fastest JSON writer there is.

As a WSGI application it reads `?question=NAME` with the values that the benchmark gives: `gunicorn borderwatch.benchmark.by_hand`.
"""

import csv
import io
import json
import os
from itertools import groupby
from urllib.parse import parse_qs

from borderwatch.benchmark import details

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderwatch.settings")

try:
    import orjson

    dumps = orjson.dumps
    loads = orjson.loads
    WRITER = "orjson"
except ImportError:
    loads = json.loads
    WRITER = "json"

    def dumps(value):
        return json.dumps(value, ensure_ascii=False).encode()


LIMIT = 50
MOST = 10_000
COLUMNS = (
    "number, id, url, title, slug, summary, kind, means, date_start, date_end, date_precision, local_time, place, place_name, place_kind, "
    "province, province_name, country, country_name, latitude, longitude, place_precision, description, within_places, toll, status, "
    "disputed_on, reports, external_ids, translations, content_warning, edition, first_published_at"
)
PLACE = "id name kind province province_name country country_name latitude longitude precision description".split()


# Rows to nested dicts


def nested(row, participants, origins):
    """One incident as the API shows it in lists."""
    number, known, url, title, slug, summary, kind, means, start, end, precision, local_time, *rest = row
    place = dict(zip(PLACE, rest[:11], strict=True)) | {"within": loads(rest[11])}
    toll, status, disputed_on, reports, external_ids, translations, warning, edition, first = rest[12:]
    return {
        "id": known,
        "url": f"http://localhost{url}",
        "title": title,
        "slug": slug,
        "summary": summary,
        "kind": kind,
        "means": loads(means),
        "date": {"start": start, "end": end, "precision": precision, "local_time": local_time},
        "place": place,
        "launched_from": None,
        "toll": loads(toll),
        "evidence": {
            "status": status,
            "reports": reports,
            "disputed_on": loads(disputed_on),
            **{name: origins.get((number, name), []) for name in ("origins", "acknowledged_by")},
        },
        "participants": participants.get(number, []),
        "content_warning": warning,
        "external_ids": loads(external_ids),
        "translations": loads(translations),
        "edition": loads(edition),
        "first_published_at": first,
    }


def incidents(plain, rows):
    """Nested incidents of some rows: one question for their participants, one for their origins."""
    numbers = [row[0] for row in rows]
    places = ", ".join(["%s"] * len(numbers)) or "NULL"
    asked = f"SELECT p.incident, a.id, a.name, p.described_as, p.role, p.according_to FROM participant p LEFT JOIN actor a ON a.id = p.actor WHERE p.incident IN ({places}) ORDER BY p.incident, p.place_in_row"  # noqa: E501
    participants = {number: [participant(row) for row in found] for number, found in groupby(plain.ask(asked, numbers), lambda row: row[0])}
    asked = f"SELECT incident, list, type, id, name FROM origin WHERE incident IN ({places}) ORDER BY incident, list, place_in_row"
    origins = {
        key: [dict(zip(("type", "id", "name"), row[2:], strict=True)) for row in found]
        for key, found in groupby(plain.ask(asked, numbers), lambda row: (row[0], row[1]))
    }
    return [nested(row, participants, origins) for row in rows]


def participant(row):
    _incident, actor, name, described_as, role, according_to = row
    return {
        "actor": {"id": actor, "name": name} if actor else None,
        "described_as": described_as,
        "role": role,
        "according_to": according_to,
    }


def envelope(plain, rows, count):
    found = incidents(plain, rows[:LIMIT])
    return dumps(
        {
            "count": min(count, MOST),
            "count_is_exact": count <= MOST,
            "next": f"http://localhost/?after={rows[LIMIT - 1][0]}" if len(rows) > LIMIT else None,
            "previous": None,
            "as_of": None,
            "results": found,
        }
    )


def counted(plain, sql, values=()):
    return plain.ask(f"SELECT count(*) FROM (SELECT 1 FROM {sql} LIMIT {MOST + 1}) AS found", values)[0][0]


# The questions


def newest(plain):
    rows = plain.ask(f"SELECT {COLUMNS} FROM incident ORDER BY number DESC LIMIT {LIMIT + 1}")
    return envelope(plain, rows, counted(plain, "incident"))


def deep(plain, number):
    rows = plain.ask(f"SELECT {COLUMNS} FROM incident WHERE number < %s ORDER BY number DESC LIMIT {LIMIT + 1}", [int(number)])
    return envelope(plain, rows, counted(plain, "incident"))


def place_and_dates(plain, slug, since, until):
    within = "within_place w JOIN incident i ON i.number = w.incident WHERE w.slug = %s AND w.date_start >= %s AND w.date_start <= %s"
    rows = plain.ask(f"SELECT {columns_of('i')} FROM {within} ORDER BY w.date_start DESC, i.id LIMIT {LIMIT + 1}", [slug, since, until])
    count = counted(plain, "within_place WHERE slug = %s AND date_start >= %s AND date_start <= %s", [slug, since, until])
    return envelope(plain, rows, count)


def actor(plain, actor):
    who = "participant p JOIN incident i ON i.number = p.incident WHERE p.actor = %s"
    rows = plain.ask(f"SELECT {columns_of('i')} FROM {who} ORDER BY p.date_start DESC, i.id LIMIT {LIMIT + 1}", [actor])
    return envelope(plain, rows, counted(plain, "participant WHERE actor = %s", [actor]))


def word(plain, text):
    if plain.is_sqlite:
        numbers = f"SELECT rowid FROM word WHERE word MATCH %s ORDER BY rowid DESC LIMIT {LIMIT + 1}"
        counting = "word WHERE word MATCH %s"
    else:
        numbers = f"SELECT number FROM word WHERE words @@ to_tsquery('simple', %s) ORDER BY number DESC LIMIT {LIMIT + 1}"
        counting = "word WHERE words @@ to_tsquery('simple', %s)"
    rows = plain.ask(f"SELECT {COLUMNS} FROM incident WHERE number IN ({numbers}) ORDER BY number DESC", [text])
    return envelope(plain, rows, counted(plain, counting, [text]))


def detail(plain, known):
    row = plain.ask(f"SELECT {COLUMNS} FROM incident WHERE id = %s", [known])[0]
    return dumps(details.detail(plain, row[0], incidents(plain, [row])[0], loads))


def columns_of(alias):
    return ", ".join(f"{alias}.{name}" for name in COLUMNS.split(", "))


def csv_file(plain):
    """Every incident as CSV, row by row; the origins of an incident in one cell."""
    names = (
        "id, url, title, kind, date_start, date_end, date_precision, place, place_name, province, province_name, country, country_name, "
        "latitude, longitude, place_precision, killed_low, killed_best, killed_high, injured_low, injured_best, injured_high, status, "
        "disputed_on, articles, edition, first_published_at"
    )
    rows = plain.connection.execute(f"SELECT {names} FROM incident ORDER BY number DESC")
    file = io.StringIO()
    writer = csv.writer(file)
    while batch := rows.fetchmany(200):
        writer.writerows(batch)
        yield file.getvalue().encode()
        file.seek(0)
        file.truncate()


def geojson_file(plain):
    """Every incident as a GeoJSON feature."""
    names = (
        "id, url, title, summary, kind, date_start, date_end, date_precision, place, place_name, province, province_name, country, "
        "country_name, place_precision, description, killed_low, killed_best, killed_high, injured_low, injured_best, injured_high, status"
    )
    keys = names.split(", ")
    rows = plain.connection.execute(f"SELECT longitude, latitude, {names} FROM incident ORDER BY number DESC")
    yield b'{"type": "FeatureCollection", "features": ['
    while batch := rows.fetchmany(200):
        yield b",\n".join(
            dumps(
                {
                    "type": "Feature",
                    "id": row[2],
                    "geometry": {"type": "Point", "coordinates": row[:2]},
                    "properties": dict(zip(keys, row[2:], strict=True)),
                }
            )
            for row in batch
        )
    yield b"]}"


QUESTIONS = {question.__name__: question for question in (newest, deep, place_and_dates, actor, word, detail)}


# As a server

_plain = None


def application(environ, start_response):
    """WSGI: `?question=newest`, with the question's own values beside it."""
    global _plain
    if _plain is None:
        import django

        django.setup()
        from borderwatch.benchmark.rows import Plain

        _plain = Plain()
    asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    body = QUESTIONS[asked.pop("question")](_plain, **asked)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
