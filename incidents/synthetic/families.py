"""Families: a made-up incident with all that is said about it, as the rows that publishing wrote, with slots for what tells copies apart.

A slot stands for an id, a day, a moment, a sequence, a checksum or a rare word; two equal ones are one slot.
"""

import datetime
import re
from collections import defaultdict
from functools import cache
from itertools import chain

from django.db import connection, models

from borderwatch import search
from borderwatch.batches import in_batches, prepared
from borderwatch.documents import moment_text
from borderwatch.models import Edition, Reference
from borderwatch.projection import fill, references_of
from borderwatch.published import public_kinds
from borderwatch.state import PublicState
from borderwatch.texts.packed import PackedTextField, packed
from incidents.models import Place
from incidents.synthetic.contents import vocabulary

SLOT = re.compile(
    r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|(?:BW-\d{4}|ST|AR|FG)-\d+"
    r"|\d{4}-\d\d-\d\dT[\d:.]+Z|\d{4}-\d\d-\d\d|\b[A-Za-z]+\b)"
)
"""Where a slot may stand in a text: uid, checksum, public id, moment, day or word."""
REFERENCE, FACET = ("edition", "record", "field", "target"), ("row", "name", "value", "date")
FREQUENT = 64
"""Words of a higher rank stay what they are in every copy; copies give the others a word that is about as rare."""


@cache
def ranks():
    """Word → rank of those that copies replace; words in the names of places stay."""
    names = set(re.findall("[a-z]+", str(list(Place.objects.values_list("slug", "name", "names"))).lower()))
    return {word: rank for rank, word in enumerate(vocabulary()) if rank >= FREQUENT and word not in names}


def families(releases):
    """Every complete Family of new incidents in `releases` (sequences, one after another): its later editions stand in the next one."""
    found = []
    for first, second in zip(releases, releases[1:], strict=False):
        rows = rows_of(first, second)
        at, later = (next(iter(rows_in)).edition.release for rows_in in (of_release(rows, first), of_release(rows, second)))
        if at.valid_from != later.valid_from:  # a moment says of which release it is
            words, facets = filled(rows)
            found += [Family(own, (at, later), words, facets) for own in by_incident(rows, first)]
    return found


def rows_of(first, second):
    """The public rows, with their editions, that two releases wrote."""
    kinds = [model.objects.filter(release__in=(first, second)).with_text() for model in public_kinds().values()]
    return list(chain(*(rows.order_by("pk") for rows in kinds)))


def of_release(rows, release):
    return [row for row in rows if row.release == release]


def by_incident(rows, release):
    """Lists of rows: each incident that was new in the release, its statements and their articles."""
    statements = [row for row in rows if row.record == "statement"]
    incident_of = {str(row.uid): row.content["incidents"][0]["incident"] for row in statements}
    incident_of |= {row.content["article"]: incident_of[str(row.uid)] for row in statements}
    found = defaultdict(list)
    for row in rows:
        uid = str(row.uid)
        found[uid if row.record == "incident" else incident_of.get(uid)].append(row)
    new = {str(row.uid) for row in rows if row.record == "incident" and row.number == 1 and row.release == release}
    return [found[uid] for uid in sorted(new)]


def filled(rows):
    """Compose the rows as they stand. Returns words by search key and facets by edition, as projection.fill does."""
    words, facets = {}, {}
    grouped = defaultdict(list)
    for row in rows:
        grouped[type(row), row.release_to].append(row)
    for (model, until), standing in grouped.items():
        state = PublicState.after_release(until - 1) if until else PublicState.current()
        for batch in in_batches(standing):
            _columns, more_words, more_facets = fill(model, batch, [state.add(row) for row in batch], state, is_current=not until)
            words |= more_words
            facets |= more_facets
    return words, facets


def written_fields(model):
    """The fields of the model that an insert gives values to."""
    return [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]


def named(names, links):
    return [dict(zip(names, link, strict=True)) for link in links]


class Row:
    """One row's values as the database takes them: `plain` ones, and slots and texts to be filled in by place."""

    def __init__(self, plain, slots, texts):
        self.plain, self.slots, self.texts = plain, slots, texts

    def filled(self, values):
        row = self.plain.copy()
        for place, slot in self.slots:
            row[place] = values[slot]
        for place, text in self.texts:
            row[place] = text.filled(values)
        return row


class Text:
    """A text whose every second part is a slot."""

    def __init__(self, parts, slots):
        self.parts, self.slots = parts, slots

    def filled(self, values):
        parts = self.parts.copy()
        parts[1::2] = [values[slot] for slot in self.slots]
        return "".join(parts)


class Packed:
    """A Text that is stored packed."""

    def __init__(self, text):
        self.text = text

    def filled(self, values):
        return packed(self.text.filled(values))


class Family:
    """`slots`: key → place in the values of a copy. A key begins with what it is: uid, id, day, word, moment, sequence and so on."""

    def __init__(self, rows, releases, words, facets):
        self.releases = [release.sequence for release in releases]
        self.rows, self.slots = rows, {}
        self.day = next(datetime.date.fromisoformat(row.content["started_on"]) for row in rows if row.record == "incident")
        self.uids = {str(row.uid) for row in rows}
        for uid in self.uids:
            self.slot("uid", uid)
        self.ids = {row.public_id for row in rows} | {figure["id"] for row in rows for figure in row.content.get("figures", ())}
        self.moments = {}
        for place, release in enumerate(releases):
            self.moments |= {release.valid_from: (place, "valid"), release.recorded_at: (place, "recorded")}
        self.moment_texts = {moment_text(moment): key for moment, key in self.moments.items()}
        self.sums = {getattr(row.edition, name): (name, row.pk) for row in rows for name in ("digest", "chain")}
        self.editions = [(row, self.row(Edition, row.edition, row), self.text(row.edition.content)) for row in rows]
        self.public = [(type(row), self.row(type(row), row, row)) for row in rows]
        self.links = [self.link(Reference, link) for row in rows for link in named(REFERENCE, references_of(row))]
        for row in rows:
            links = [(row.pk, name, value, row.facet_date) for name, value in facets.get(row.pk, ())]
            self.links += [self.link(row.facet_model, link) for link in named(FACET, links)]
        self.words = [(self.searched(words[row.search_key]), row, self.days_after(row.facet_date)) for row in rows]

    def slot(self, *key):
        return self.slots.setdefault(key, len(self.slots))

    # Values to slots

    def row(self, model, values, public):
        """The Row of an edition or a public row; `public` is the public row of both."""
        fields = written_fields(model)
        return self.made(fields, [getattr(values, field.attname) for field in fields], public)

    def link(self, model, values):
        """The model and Row of a link; `values` by the names of its fields."""
        fields = written_fields(model)
        return model, self.made(fields, [values[field.name] for field in fields], None)

    def made(self, fields, values, public):
        row = Row(prepared(fields, values, connection), [], [])
        for place, (field, value) in enumerate(zip(fields, values, strict=True)):
            known = value if value is None else self.known(field, value, public)
            if isinstance(known, Text):
                row.texts.append((place, Packed(known) if isinstance(field, PackedTextField) else known))
            elif known is not None:
                row.slots.append((place, self.slot(*known)))
        return row

    def known(self, field, value, public):
        """A slot's key or a Text; None where the value is the same in every copy."""
        if field.attname in ("sequence", "edition_id", "row_id"):
            return "sequence", value
        if field.attname in ("release", "release_id", "release_to"):
            return "release", self.releases.index(value)
        if field.attname == "salt":
            return "salt", public.pk
        if isinstance(field, models.DateTimeField):
            return "moment in database", *self.moments[value]
        if isinstance(field, models.DateField):
            return self.key_of_day(str(value))
        if isinstance(field, models.UUIDField):
            return ("uid in database", str(value)) if str(value) in self.uids else None
        return self.text(value) if isinstance(value, str) else None

    def text(self, value):
        """A Text, or None where nothing in it is a slot."""
        parts, slots = [""], []
        for place, found in enumerate(SLOT.split(value)):
            key = self.key(found) if place % 2 else None
            if key:
                parts += ["", ""]
                slots.append(self.slot(*key))
            else:
                parts[-1] += found
        return Text(parts, slots) if slots else None

    def key(self, found):
        """The key of what a text holds; None where it is the same in every copy."""
        if found in self.uids:
            return "uid", found
        if found in self.ids:
            return "id", found
        if found in self.sums:
            return self.sums[found]
        if found in self.moment_texts:
            return "moment", *self.moment_texts[found]
        if found.lower() in ranks():
            return "word", ranks()[found.lower()], found[0].isupper()
        return self.key_of_day(found) if re.fullmatch(r"\d{4}-\d\d-\d\d", found) else None

    def key_of_day(self, day):
        return "day", self.days_after(day)

    def days_after(self, day):
        """Days, ISO text, are counted from the day of the incident; None stays None."""
        return day and (datetime.date.fromisoformat(str(day)) - self.day).days

    def searched(self, words):
        """The Text of an edition's words in the index, whose slots hold what search makes of them."""
        text = self.text(words)
        keys = list(self.slots)
        slots = [self.slot("searched", slot, *keys[slot]) for slot in text.slots]
        parts = [" ".join(["", *search.tokens(part), ""]) or " " for part in text.parts]
        parts[0], parts[-1] = parts[0].lstrip(), parts[-1].rstrip()
        return Text(parts, slots)
