"""Full text search over the public record, blind to case, accents and the variants of Tajik, Russian and Persian letters; names are
found by their sound too, however they are transliterated (transliteration.py).

One index row per edition; its key sorts as lists do: kind of record, then day, then the edition's sequence, so that the newest that
hold a word are found without reading the others. SQLite keeps it in FTS5, PostgreSQL as a tsvector.
"""

import datetime
import re
import unicodedata

from django.db import connection, connections, router
from django.db.models.expressions import RawSQL

from borderwatch.models import Edition
from borderwatch.texts.transliteration import sound_keys

TABLE = "borderwatch_search"
TERMS = "borderwatch_search_terms"
"""SQLite's view of the index: its words one by one."""

VARIANTS = str.maketrans(
    {"ҳ": "х", "қ": "к", "ҷ": "ч", "ғ": "г", "ӯ": "у", "ӣ": "и", "ё": "е"}
    | {"ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "\u200c": " ", "ـ": ""}
    | {"’": "'", "ʻ": "'", "ʼ": "'"}
)
"""Letters that one name is written with in different scripts and keyboards."""


def fold(text):
    """`text` as the index knows it: lower case, no accents, one form for each letter."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFC", text).casefold().translate(VARIANTS)
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text):
    return re.findall(r"\w+", fold(text).replace("'", ""))


def parse_query(query):
    """Phrases (lists of tokens): words each for themselves, quoted words and hyphenated ones in order."""
    parts = re.findall(r'"([^"]*)"|(\S+)', query)
    return [(found, bool(quoted)) for quoted, word in parts if (found := tokens(quoted or word))]


SOUND = "qzq"
"""Stands before the sound of a name in the index; no word of any language begins so."""
SHORTEST_SOUND = 3
"""Consonants of a sound that a word is also found by; shorter ones are those of too many words."""


def sounds(text):
    """How the words of a name sound, as the index knows them: "Rahmon", "Рахмон" and "رحمان" give the same."""
    return [SOUND + key for key in sound_keys(text) if len(key) >= SHORTEST_SOUND]


def with_sounds(words, names):
    """The text to index of a record with these words, and these names to be found in any transliteration."""
    return " ".join([words, *sorted({sound for name in set(names) if name for sound in sounds(name)})])


KINDS = ("source", "actor", "article", "statement", "incident")
DAY_BITS, SEQUENCE_BITS = 22, 31
"""Keys stay below 2 to the power of 56: where FTS5 reads newest first it goes back over numbers that it wrote down, and loses rows
behind one of nine bytes (measured with SQLite 3.40)."""
SEQUENCE = (1 << SEQUENCE_BITS) - 1


def key_of(record, day, sequence):
    """The key of an edition's words: `day` is a date, ISO text or None."""
    if isinstance(day, str):
        day = datetime.date.fromisoformat(day)
    return ((KINDS.index(record) << DAY_BITS | (day.toordinal() if day else 0)) << SEQUENCE_BITS) | sequence


def day_of(key):
    """The day of a key as an ordinal, 0 where it is not known."""
    return key >> SEQUENCE_BITS & (1 << DAY_BITS) - 1


def keys_of_kind(record):
    """(first, last) key that an edition of this kind of record can have."""
    kind = KINDS.index(record) << DAY_BITS + SEQUENCE_BITS
    return kind, kind + (1 << DAY_BITS + SEQUENCE_BITS) - 1


def matching(queryset, query, asked=None):
    """Rows whose words contain every word and phrase of `query`; a word also matches as a beginning. `asked`: its expression if known."""
    asked = expression(query) if asked is None else asked
    if not asked:
        return queryset.none()
    sql = f"SELECT {KEY[connection.vendor]} & {SEQUENCE} FROM {TABLE} WHERE {KEY[connection.vendor]} BETWEEN %s AND %s AND {MATCH[connection.vendor]}"  # noqa: E501, S608 no input
    values = [*keys_of_kind(queryset.model.record), asked]
    return queryset.filter(pk__in=RawSQL(sql, values))  # noqa: S611 the values are parameters


def newest_days(record, asked, count, enough, until=None):
    """Keys of the newest editions of this kind that match: about `count`, in whole days, and whether they are all there are.

    `asked`: an expression; `enough`: where whole days hold so many, the rest of the last day is not read; `until`: only those of that
    day (date) or earlier.
    """
    if not asked:
        return [], True
    first, last = keys_of_kind(record)
    last = key_of(record, until, SEQUENCE) if until else last
    keys = newest(asked, first, last, count)
    if len(keys) < count:
        return keys, True
    beginning = keys[-1] & ~SEQUENCE
    whole = [key for key in keys if key > beginning | SEQUENCE]
    if len(whole) >= enough:
        return whole, False
    return keys + all_between(asked, beginning, keys[-1] - 1), False


def newest(asked, first, last, count):
    """At most `count` keys from `last` down to `first` whose words match, in the database that the request reads."""
    if connection.vendor == "sqlite":
        return [key for (key,) in read(NEWEST["sqlite"], [first, last, asked, count])]
    for most, more in zip(RECENT, (*RECENT[1:], 0), strict=True):
        values = {"first": first, "last": last, "asked": asked, "count": count, "most": most, "more": more}
        found = read(NEWEST["postgresql"], values)
        if len(found) >= count or all(is_all for _key, is_all in found):
            break
    return [key for key, _is_all in found]


def all_between(asked, first, last):
    """All keys of a few days, from `last` down to `first`, whose words match."""
    values = {"first": first, "last": last, "asked": asked, "count": SEQUENCE, "most": SEQUENCE}
    sqlite = connection.vendor == "sqlite"
    found = read(NEWEST["sqlite"], [first, last, asked, SEQUENCE]) if sqlite else read(RECENT_ROWS, values)
    return [key for (key,) in found]


def read(sql, values):
    """What the database that the request reads answers."""
    with connections[router.db_for_read(Edition)].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


KEY = {"sqlite": "rowid", "postgresql": "key"}
MATCH = {"sqlite": f"{TABLE} MATCH %s", "postgresql": "words @@ to_tsquery('simple', %s)"}
RECENT = (200, 2_000, 10_000)
"""How many of the newest PostgreSQL reads before it asks its index, whose answer it cannot order: more only where as many as are
wanted are to be expected among them."""
HOLDS = MATCH["postgresql"] % "%(asked)s"
RECENT_ROWS = (
    f"SELECT key FROM (SELECT key, words FROM {TABLE} WHERE key BETWEEN %(first)s AND %(last)s ORDER BY key DESC LIMIT %(most)s) AS recent "  # noqa: S608
    f"WHERE {HOLDS} ORDER BY key DESC LIMIT %(count)s"
)
NEWEST = {
    "sqlite": f"SELECT rowid FROM {TABLE} WHERE rowid BETWEEN %s AND %s AND {MATCH['sqlite']} ORDER BY rowid DESC LIMIT %s",  # noqa: S608
    # The index is read where the newest neither fill a page nor promise one. The sum keeps that of keys out of it: half lie between.
    "postgresql": f"WITH recent AS MATERIALIZED ({RECENT_ROWS}), found AS MATERIALIZED "  # noqa: S608
    f"(SELECT key FROM {TABLE} WHERE key + 0 BETWEEN %(first)s AND %(last)s AND {HOLDS}), chosen AS MATERIALIZED "
    "(SELECT count(*) >= %(count)s OR count(*) * %(more)s >= %(count)s * %(most)s AS is_recent FROM recent) "
    "SELECT key, FALSE FROM recent WHERE (SELECT is_recent FROM chosen) UNION ALL "
    "(SELECT key, TRUE FROM found WHERE NOT (SELECT is_recent FROM chosen) ORDER BY key DESC LIMIT %(count)s)",
}


# What is asked of the index


def expression(query):
    """What the database's index is asked for the words of `query`; "" where it has none."""
    phrases = parse_query(query)
    return fts5_expression(phrases, words_that_begin) if connection.vendor == "sqlite" else tsquery_expression(phrases)


def fts5_expression(phrases, beginnings=lambda word: []):
    """`beginnings`: the words that begin like a word, which FTS5 reads newest first each; of a beginning it merges all rows at first."""
    found = ([*spelled(words, quoted, beginnings), *alike(words, quoted)] for words, quoted in phrases)
    return " AND ".join(f"({' OR '.join(ways)})" for ways in found)


def spelled(words, quoted, beginnings):
    *before, last = words
    known = [] if quoted else beginnings(last)
    return [f'"{" ".join([*before, word])}"' for word in known] or [f'"{" ".join(words)}"' + ("" if quoted else "*")]


def tsquery_expression(phrases):
    found = ([f"({' <-> '.join(words)}{'' if quoted else ':*'})", *alike(words, quoted)] for words, quoted in phrases)
    return " & ".join(f"({' | '.join(ways)})" for ways in found)


def alike(words, quoted):
    """The sounds by which a single word that is not quoted is found too."""
    return sounds(words[0]) if len(words) == 1 and not quoted else []


MOST_BEGINNINGS = 250
"""A beginning of more words than these is asked as a beginning."""
AFTER = "\x01"
"""Sorts before whatever can follow in a word."""
BEGINNINGS = (
    f"WITH RECURSIVE found (term) AS (SELECT (SELECT term FROM {TERMS} WHERE term >= %s LIMIT 1) UNION ALL "  # noqa: S608 our own names
    f"SELECT (SELECT term FROM {TERMS} WHERE term >= found.term || %s LIMIT 1) FROM found WHERE substr(term, 1, %s) = %s LIMIT %s) "
    "SELECT term FROM found WHERE substr(term, 1, %s) = %s"
)


def words_that_begin(text):
    """The words of SQLite's index that begin so; none where they are more than a question should name."""
    begins = [len(text), text]
    found = [term for (term,) in read(BEGINNINGS, [text, AFTER, *begins, MOST_BEGINNINGS + 1, *begins])]
    return found if len(found) <= MOST_BEGINNINGS else []


def index(words, is_new=False):
    """Put `words` (key → text) in the index, in place of what stood there unless `is_new`."""
    if not is_new:
        remove(words)
    insert([(key, " ".join(tokens(text))) for key, text in words.items()])


def insert(rows):
    """Add (key, words) to the index; the words are folded already. In the order of keys: FTS5 writes out what it holds at any other."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)", sorted(rows))  # noqa: S608
        elif rows:
            given = "unnest(%s::bigint[], %s::text[]) AS given (key, words)"
            insert = f"INSERT INTO {TABLE} (key, words) SELECT key, to_tsvector('simple', words) FROM {given}"  # noqa: S608
            cursor.execute(insert, [list(values) for values in zip(*rows, strict=True)])


def remove(keys):
    """Take editions out of the index."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE {KEY[connection.vendor]} = %s", [(key,) for key in sorted(keys)])  # noqa: S608


def clear():
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


CREATE = {
    "sqlite": [f'CREATE VIRTUAL TABLE {TABLE} USING fts5(words, tokenize = "unicode61 remove_diacritics 0")'],
    "postgresql": [
        f"CREATE TABLE {TABLE} (key bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    ],
}


def create_table(apps, schema_editor):
    """For the migration."""
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def create_terms(apps, schema_editor):
    """For the migration that added them."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TERMS} USING fts5vocab({TABLE}, instance)")


def drop_terms(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TABLE {TERMS}")


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")
