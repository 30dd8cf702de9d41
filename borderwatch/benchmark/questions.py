"""What the benchmark asks: the site's address, the hand-written answer beside it, and the target of their ratio."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db import connection

from borderwatch import search
from borderwatch.lists import paging
from borderwatch.published import public_kinds

PAGES_DEEP = 2000


@dataclass
class Question:
    """`path` is the site's address; `hand` the hand-written question with its values; `target` the largest ratio that is good.

    `is_fresh`: every request is a new address, so that no stored answer serves it; `is_conditional`: the reader holds the answer.
    """

    name: str
    path: str
    hand: dict
    target: float
    is_fresh: bool = True
    is_conditional: bool = False
    times: dict = field(default_factory=dict)
    failed: str = ""
    """Why it could not be measured."""

    def address(self, turn):
        """The address of one turn; `utm_turn` is ignored by the site and makes it new."""
        if not self.is_fresh:
            return self.path
        return f"{self.path}{'&' if '?' in self.path else '?'}utm_turn={turn}"

    def by_hand(self):
        return f"/?{urlencode(self.hand)}"


def questions(plain):
    """The questions with values out of this record: its busiest place and actor, a frequent and a rare word."""
    incidents = public_kinds()["incident"].objects.current()
    place, actor = busiest("place", plain), busiest("actor", plain)
    recent = "SELECT date_start FROM incident ORDER BY number DESC LIMIT 20000"
    since, until = plain.ask(f"SELECT min(date_start), max(date_start) FROM ({recent}) AS recent")[0]  # noqa: S608 our own words
    rare, count = rare_word(plain), plain.count()
    number = max(count - PAGES_DEEP * 50, min(200, count // 2))
    newest = incidents.order_by("-date_start", "public_id").values_list("public_id", flat=True)[10]
    deep = f"page {(count - number) // 50:,} deep"
    listing, newest_by_hand = "/api/v1/incidents/", {"question": "newest"}
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
        Question("incident detail", f"{listing}{newest}/", {"question": "detail", "known": newest}, 4),
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
    """The word of the newest incidents that the fewest hold."""
    summaries = plain.ask("SELECT summary FROM incident ORDER BY number DESC LIMIT 5")
    words = {word for (summary,) in summaries for word in summary.lower().replace(".", "").split() if len(word) > 4}
    match = "word MATCH %s" if plain.is_sqlite else "words @@ to_tsquery('simple', %s)"
    count = f"SELECT count(*) FROM (SELECT 1 FROM word WHERE {match} LIMIT 1000) AS found"  # noqa: S608 our own words
    return min(words, key=lambda word: (plain.ask(count, [beginning(word)])[0][0], word))


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
