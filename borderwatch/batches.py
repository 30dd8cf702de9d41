"""Many rows, a bounded number at a time: databases limit how many values one question may hold."""

from itertools import islice

BATCH = 200
"""Rows composed at a time: bounds memory and the length of one write."""
ASKED = 5000
"""Values in one question to the database; SQLite allows 32,766."""


def in_batches(values, size=BATCH):
    values = iter(values)
    while batch := list(islice(values, size)):
        yield batch
