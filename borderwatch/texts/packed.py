"""Long texts of the public tables, stored packed: a document takes a fifth of its length, and reading it back a few microseconds.

What packs is DEFLATE with a dictionary: the words that every document holds, in packed_1.txt. Never edit that file: whatever is stored
is read with it. A better dictionary is a packed_2.txt with a mark of its own.
"""

import zlib
from functools import cache
from pathlib import Path

from django.db import models
from django.db.migrations import AlterField

FIRST = b"\x01"
"""The first byte of what was packed with packed_1.txt; a document that an upgrade left as it was begins otherwise."""
LEVEL = 1
"""zlib's quickest: the next levels take a tenth off, for half as much time again."""
RAW = -15
"""No header and no checksum, which would take six bytes of each."""


@cache
def dictionary():
    return Path(__file__).with_name("packed_1.txt").read_bytes()


@cache
def packer():
    """A compressor that has read the dictionary; copies of it are quicker to make than new ones."""
    return zlib.compressobj(LEVEL, zlib.DEFLATED, RAW, zdict=dictionary())


def packed(text):
    """The bytes that are stored for a text; none for an empty one."""
    if not text:
        return b""
    packing = packer().copy()
    return b"".join((FIRST, packing.compress(text.encode()), packing.flush()))


def unpacked(stored):
    """The text again, of bytes as a database gives them."""
    stored = bytes(stored)
    if not stored.startswith(FIRST):
        return stored.decode()
    return zlib.decompressobj(RAW, zdict=dictionary()).decompress(stored[1:]).decode()


class PackedTextField(models.BinaryField):
    """A text that nobody asks the database about: it can be compared with an empty one, and nothing else."""

    description = "Packed text"
    empty_values = [None, ""]

    def _check_str_default_value(self):
        return []  # texts are what it holds

    def get_db_prep_value(self, value, connection, prepared=False):
        return super().get_db_prep_value(packed(value) if isinstance(value, str) else value, connection, prepared)

    def from_db_value(self, value, expression, connection):
        return value if value is None else unpacked(value)

    def value_to_string(self, record):
        return self.value_from_object(record)

    def to_python(self, value):
        return value


class PackColumn(AlterField):
    """For migrations: a TextField becomes packed. What stands there stays as it is until it is written anew; it is read all the same."""

    reversible = False

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        table = schema_editor.quote_name(to_state.apps.get_model(app_label, self.model_name)._meta.db_table)
        column = schema_editor.quote_name(self.name)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE bytea USING convert_to({column}, 'UTF8')")
            return
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        schema_editor.execute(f"UPDATE {table} SET {column} = CAST({column} AS BLOB)")  # noqa: S608 our own words
