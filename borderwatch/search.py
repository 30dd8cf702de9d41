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
DAY_BITS, SEQUENCE_BITS = 22, 38
SEQUENCE = (1 << SEQUENCE_BITS) - 1


def key_of(record, day, sequence):
    """The key of an edition's words: `day` is a date, ISO text or None."""
    if isinstance(day, str):
        day = datetime.date.fromisoformat(day)
    return ((KINDS.index(record) << DAY_BITS | (day.toordinal() if day else 0)) << SEQUENCE_BITS) | sequence


def keys_of_kind(record):
    """(first, last) key that an edition of this kind of record can have."""
    kind = KINDS.index(record) << DAY_BITS + SEQUENCE_BITS
    return kind, kind + (1 << DAY_BITS + SEQUENCE_BITS) - 1


def matching(queryset, query):
    """Rows whose words contain every word and phrase of `query`; a word also matches as a beginning."""
    phrases = parse_query(query)
    if not phrases:
        return queryset.none()
    sql = f"SELECT {KEY[connection.vendor]} & {SEQUENCE} FROM {TABLE} WHERE {KEY[connection.vendor]} BETWEEN %s AND %s AND {MATCH[connection.vendor]}"  # noqa: E501, S608 no input
    values = [*keys_of_kind(queryset.model.record), expression(phrases)]
    return queryset.filter(pk__in=RawSQL(sql, values))  # noqa: S611 the values are parameters


def newest_days(record, query, count, enough, until=None):
    """Keys of the newest editions of this kind that match: about `count`, in whole days, and whether they are all there are.

    `enough`: where whole days hold so many, the rest of the last day is not read; `until`: only those of that day (date) or earlier.
    """
    phrases = parse_query(query)
    if not phrases:
        return [], True
    first, last = keys_of_kind(record)
    last = key_of(record, until, SEQUENCE) if until else last
    keys = newest(phrases, first, last, count)
    if len(keys) < count:
        return keys, True
    beginning = keys[-1] & ~SEQUENCE
    whole = [key for key in keys if key > beginning | SEQUENCE]
    if len(whole) >= enough:
        return whole, False
    return keys + newest(phrases, beginning, keys[-1] - 1, SEQUENCE), False


def newest(phrases, first, last, count):
    """At most `count` keys from `last` down to `first` whose words match, in the database that the request reads."""
    with connections[router.db_for_read(Edition)].cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(NEWEST["sqlite"], [first, last, expression(phrases), count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute(NEWEST["recent"], [first, last, RECENT, expression(phrases), count])
        found = [key for (key,) in cursor.fetchall()]
        if len(found) < count:
            cursor.execute(NEWEST["postgresql"], [first, last, expression(phrases), count])
            found = [key for (key,) in cursor.fetchall()]
        return found


KEY = {"sqlite": "rowid", "postgresql": "key"}
MATCH = {"sqlite": f"{TABLE} MATCH %s", "postgresql": "words @@ to_tsquery('simple', %s)"}
RECENT = 1000
"""How many of the newest PostgreSQL reads before it asks its index, whose answer it cannot order."""
NEWEST = {
    "sqlite": f"SELECT rowid FROM {TABLE} WHERE rowid BETWEEN %s AND %s AND {MATCH['sqlite']} ORDER BY rowid DESC LIMIT %s",  # noqa: S608
    "recent": f"SELECT key FROM (SELECT key, words FROM {TABLE} WHERE key BETWEEN %s AND %s ORDER BY key DESC LIMIT %s) AS recent "  # noqa: S608
    f"WHERE {MATCH['postgresql']} ORDER BY key DESC LIMIT %s",
    "postgresql": f"WITH found AS MATERIALIZED (SELECT key FROM {TABLE} WHERE key BETWEEN %s AND %s AND {MATCH['postgresql']}) "  # noqa: S608
    "SELECT key FROM found ORDER BY key DESC LIMIT %s",
}


def expression(phrases):
    return (fts5_expression if connection.vendor == "sqlite" else tsquery_expression)(phrases)


def fts5_expression(phrases):
    found = ([f'"{" ".join(words)}"' + ("" if quoted else "*"), *alike(words, quoted)] for words, quoted in phrases)
    return " AND ".join(f"({' OR '.join(ways)})" for ways in found)


def tsquery_expression(phrases):
    found = ([f"({' <-> '.join(words)}{'' if quoted else ':*'})", *alike(words, quoted)] for words, quoted in phrases)
    return " & ".join(f"({' | '.join(ways)})" for ways in found)


def alike(words, quoted):
    """The sounds by which a single word that is not quoted is found too."""
    return sounds(words[0]) if len(words) == 1 and not quoted else []


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


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")
