"""The index of words gives every row that matches, however it is read, and keeps its rows when their keys change."""

import datetime
import random
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from borderwatch import search

pytestmark = pytest.mark.django_db
ROWS = 2500
FIRST_DAY = datetime.date(2014, 1, 1)


@pytest.fixture
def words():
    """Key → words of a few thousand editions of every kind."""
    chance = random.Random(4)
    days = {"incident": 900, "statement": 1200}

    def key(sequence):
        record = chance.choice(search.KINDS)
        day = FIRST_DAY + datetime.timedelta(days=chance.randrange(days[record])) if record in days else None
        return search.key_of(record, day, sequence)

    found = {key(sequence): " ".join(chance.choices(("border", "guards", "river"), k=3)) for sequence in range(1, ROWS)}
    set_size_of_pages(64)
    search.index(found, is_new=True)
    yield found
    set_size_of_pages(4050)


def set_size_of_pages(size):
    """The index's own pages in bytes: of small ones few rows take as many as a large record takes of those it has."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {search.TABLE} ({search.TABLE}, rank) VALUES ('pgsz', {size})")


@pytest.mark.parametrize("query", ["border", "bor", "border river", '"guards border"', "guards bord"])
def test_newest_first_no_row_is_lost(words, query):
    asked = search.expression(query)
    matching = {key for key, text in words.items() if all(word in text for word in query.strip('"').split())}
    if query.startswith('"'):
        matching = {key for key in matching if query.strip('"') in words[key]}
    for record in search.KINDS:
        first, last = search.keys_of_kind(record)
        expected = sorted((key for key in matching if first <= key <= last), reverse=True)
        assert search.newest(asked, first, last, ROWS) == expected, record
        for start in expected[7::61]:
            assert search.newest(asked, first, start, 20) == expected[expected.index(start) :][:20], record


def test_keys_are_short_enough_for_the_index():
    _first, last = search.keys_of_kind(search.KINDS[-1])
    assert last < 1 << 56


def longer(record, day, sequence):
    """A key as it was before 2026-11-22."""
    return (search.KINDS.index(record) << 22 | (day.toordinal() if day else 0)) << 38 | sequence


def test_words_keep_their_rows_when_keys_become_shorter():
    day = datetime.date(2025, 12, 1)
    rows = [("incident", day, 700), ("incident", None, 701), ("statement", day, 702), ("source", None, 703), ("article", None, 2**31 - 1)]
    search.index({longer(*row): f"border {row[2]}" for row in rows}, is_new=True)
    search.index({search.key_of("actor", None, 9): "border 9"}, is_new=True)
    cursor = connection.cursor()
    shorten = import_module("borderwatch.migrations.0011_shorter_keys").shorten
    shorten(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    for row in [*rows, ("actor", None, 9)]:
        key = search.key_of(*row)
        assert search.all_between(search.expression(f"border {row[2]}"), key, key) == [key], row
    assert len(search.all_between(search.expression("bord"), 0, 1 << 62)) == len(rows) + 1
