"""Full text search over the public record, blind to case, accents and the variants of Tajik, Russian and Persian letters.

One index row per edition; its id is the edition's sequence. SQLite keeps it in FTS5, PostgreSQL as a tsvector.
"""

import re
import unicodedata

from django.db import connection
from django.db.models.expressions import RawSQL

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


def matching(queryset, query):
    """Rows whose words contain every word and phrase of `query`; a word also matches as a beginning."""
    phrases = parse_query(query)
    if not phrases:
        return queryset.none()
    expression, sql = (fts5_expression, FTS5_MATCH) if connection.vendor == "sqlite" else (tsquery_expression, TSVECTOR_MATCH)
    return queryset.filter(pk__in=RawSQL(sql, [expression(phrases)]))  # noqa: S611 the expression is a parameter


FTS5_MATCH = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608 no input
TSVECTOR_MATCH = f"SELECT sequence FROM {TABLE} WHERE words @@ to_tsquery('simple', %s)"  # noqa: S608 no input


def fts5_expression(phrases):
    return " ".join(f'"{" ".join(words)}"' + ("" if quoted else "*") for words, quoted in phrases)


def tsquery_expression(phrases):
    return " & ".join("(" + " <-> ".join(words) + ("" if quoted else ":*") + ")" for words, quoted in phrases)


def index(words, is_new=False):
    """Put `words` (edition sequence → text) in the index, in place of what stood there unless `is_new`."""
    rows = [(sequence, " ".join(tokens(text))) for sequence, text in words.items()]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if not is_new:
                cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(sequence,) for sequence, _text in rows])  # noqa: S608
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)", rows)  # noqa: S608
        else:
            cursor.executemany(
                f"INSERT INTO {TABLE} (sequence, words) VALUES (%s, to_tsvector('simple', %s)) "  # noqa: S608
                "ON CONFLICT (sequence) DO UPDATE SET words = EXCLUDED.words",
                rows,
            )


def remove(sequences):
    """Take editions out of the index."""
    key = "rowid" if connection.vendor == "sqlite" else "sequence"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE {key} = %s", [(sequence,) for sequence in sequences])  # noqa: S608


def clear():
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


CREATE = {
    "sqlite": [f'CREATE VIRTUAL TABLE {TABLE} USING fts5(words, tokenize = "unicode61 remove_diacritics 0")'],
    "postgresql": [
        f"CREATE TABLE {TABLE} (sequence bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    ],
}


def create_table(apps, schema_editor):
    """For the migration."""
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")
