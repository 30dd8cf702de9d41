"""What the benchmark asks: the site's address, the hand-written answer beside it, and the target of their ratio."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db import connection

from borderwatch import search
from borderwatch.lists import paging
from borderwatch.published import public_kinds

PAGES_DEEP = 2000
DETAILS = 40
"""Incidents, spread over the record, whose details are asked for: one alone would say more of its length than of the record's.
No more, or they would push out the answers that the site keeps."""
FEW = 5
"""Incidents that hold a rare word, in a record of any size."""


@dataclass
class Question:
    """`path` is the site's address; `hand` the hand-written question with its values; `target` the largest ratio that is good.

    `others`: more of the kind, asked in the same turn, whose times are taken together; (path, hand) each.
    `is_fresh`: every request is a new address, so that no stored answer serves it; `is_conditional`: the reader holds the answer.
    """

    name: str
    path: str
    hand: dict
    target: float
    is_fresh: bool = True
    is_conditional: bool = False
    others: tuple = ()
    times: dict = field(default_factory=dict)
    failed: str = ""
    """Why it could not be measured."""

    def addresses(self, turn):
        """(the site's address, the hand-written one) of all that one turn asks; `utm_turn` is ignored by the site and makes it new."""
        for path, hand in ((self.path, self.hand), *self.others):
            fresh = f"{'&' if '?' in path else '?'}utm_turn={turn}" if self.is_fresh else ""
            yield f"{path}{fresh}", f"/?{urlencode(hand)}"


def questions(plain):
    """The questions with values out of this record: its busiest place and actor, a frequent and a rare word."""
    incidents = public_kinds()["incident"].objects.current()
    place, actor = busiest("place", plain), busiest("actor", plain)
    recent = "SELECT date_start FROM incident ORDER BY number DESC LIMIT 20000"
    since, until = plain.ask(f"SELECT min(date_start), max(date_start) FROM ({recent}) AS recent")[0]  # noqa: S608 our own words
    rare, count = rare_word(plain), plain.count()
    number = max(count - PAGES_DEEP * 50, min(200, count // 2))
    listing, newest_by_hand = "/api/v1/incidents/", {"question": "newest"}
    detail, *details = [(f"{listing}{known}/", {"question": "detail", "known": known}) for known in spread(incidents, count)]
    deep = f"page {(count - number) // 50:,} deep"
    asked = {"question": "place_and_dates", "slug": place, "since": since, "until": until}
    return [
        Question("API list, 50 newest, nothing cached", listing, newest_by_hand, 2.0),
        Question("the same again, unchanged", listing, newest_by_hand, 1.3, is_fresh=False),
        Question("the same as 304", listing, newest_by_hand, 0.9, is_fresh=False, is_conditional=True),
        Question("place + dates", f"{listing}?place={place}&since={since}&until={until}", asked, 3),
        Question("actor", f"{listing}?actor={actor}", {"question": "actor", "actor": actor}, 3),
        Question(
            deep,
            f"{listing}?cursor={cursor(plain, number)}",
            {"question": "deep", "number": number},
            2.5,
        ),
        Question("full text, common word", f"{listing}?q=border", {"question": "word", "text": beginning("border")}, 3),
        Question("full text, rare word", f"{listing}?q={rare}", {"question": "word", "text": beginning(rare)}, 3),
        Question("incident detail", *detail, 4, others=tuple(details)),
        Question("HTML list page", "/incidents/", newest_by_hand, 6),
        Question("HTML list page, unchanged", "/incidents/", newest_by_hand, 1.5, is_fresh=False),
    ]


def busiest(name, plain):
    """The value that most incidents have."""
    asked = {
        "place": "SELECT slug FROM within_place WHERE slug NOT IN ('tajikistan', 'afghanistan') "
        "GROUP BY slug ORDER BY count(*) DESC, slug LIMIT 1",
        "actor": "SELECT actor FROM participant GROUP BY actor ORDER BY count(*) DESC, actor LIMIT 1",
    }
    return plain.ask(asked[name])[0][0]


def rare_word(plain):
    """A word that few incidents hold, as many in a large record as in a small one: of the names of actors that few of them name."""
    few_name = (
        "SELECT a.name FROM participant p JOIN actor a ON a.id = p.actor GROUP BY a.id, a.name "
        "ORDER BY abs(count(DISTINCT p.incident) - %s), a.id LIMIT 20"
    )
    names = plain.ask(few_name, [FEW])
    words = {word for (name,) in names for word in search.tokens(name) if word.isalpha()}
    match = "word MATCH %s" if plain.is_sqlite else "words @@ to_tsquery('simple', %s)"
    count = f"SELECT count(*) FROM (SELECT 1 FROM word WHERE {match} LIMIT 1000) AS found"  # noqa: S608 our own words
    return min(words, key=lambda word: (abs(plain.ask(count, [beginning(word)])[0][0] - FEW), word))


def spread(incidents, count):
    """The ids of some incidents, from the newest to the oldest."""
    known = incidents.order_by("-date_start", "public_id").values_list("public_id", flat=True)
    return list(known[:: max(1, count // DETAILS)])[:DETAILS]


def beginning(word):
    """What a word is by hand: whatever begins so, and names that sound so."""
    written = search.fts5_expression if connection.vendor == "sqlite" else search.tsquery_expression
    return written(search.parse_query(word))


def cursor(plain, number):
    """The site's cursor of the page before which incident `number` stands, newest first."""
    date, known = plain.ask("SELECT date_start, id FROM incident WHERE number = %s", [number])[0]
    return str(paging.Position("-date", False, date, known))


def machine():
    """Database and its version, for the heading."""
    if connection.vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as found:
        found.execute("SHOW server_version")
        return f"PostgreSQL {found.fetchone()[0]}"
