"""Families: a made-up incident with all that is said about it, as the rows that publishing wrote, with slots for what tells copies apart.

A slot stands for an id, a day, a moment, a sequence, a checksum or a rare word; two equal ones are one slot.
"""

import datetime
import re
from collections import defaultdict
from functools import cache
from itertools import chain
from operator import itemgetter

from django.db import connection, models

from borderwatch import search
from borderwatch.batches import in_batches, prepared
from borderwatch.documents import moment_text
from borderwatch.models import Edition, Reference
from borderwatch.projection import fill, references_of
from borderwatch.published import public_kinds
from borderwatch.state import PublicState
from borderwatch.texts.packed import PackedTextField
from incidents.models import Place
from incidents.synthetic.contents import vocabulary
from incidents.tallying import past
from incidents.tallying.counted import ADDED, PEOPLE, Added, CountedIncident, CountedPeople
from incidents.tallying.past import PastIncident, PastPeople

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


class Text:
    """A text whose parts and slots are places in the values of a copy."""

    def __init__(self, places):
        self.read = itemgetter(*places)

    def filled(self, values):
        return "".join(self.read(values))


class WrittenEdition:
    """One edition of a family: in which of its two releases, what is numbered in it, and where its values stand."""

    def __init__(self, family, row):
        self.record, self.number, self.kind, self.prefix = row.record, row.number, row.change, row.id_prefix
        self.turn = family.releases.index(row.release)
        figures = row.content.get("figures", ()) if row.number == 1 else ()
        self.figures = [family.slot("id", figure["id"]) for figure in figures]
        self.public_id, self.uid = family.slot("id", row.public_id), family.slot("uid", str(row.uid))
        self.stamps = [family.slot(name, row.pk) for name in ("sequence", "salt", "digest", "chain")]
        self.content = family.text(row.edition.content)
        self.content_place = family.text_place(self.content, is_early=True)
        self.read = family.row(Edition, row.edition, row)


class Family:
    """The values of a copy, `template`: constants, and slots to be filled in; what reads rows and texts out of them.

    `slots`: key → place. A key begins with what it is: uid, id, day, word, moment, sequence and so on.
    """

    def __init__(self, rows, releases, words, facets):
        self.releases = [release.sequence for release in releases]
        self.rows, self.slots, self.template, self.constants = rows, {}, [], {}
        self.texts, self.text_places = [], {}
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
        self.read_rows(rows, words, facets)
        self.read_slots()

    def read_rows(self, rows, words, facets):
        """What reads the values of a copy: its editions, its public and link rows, its words."""
        self.editions = [WrittenEdition(self, row) for row in rows]
        self.public = [(type(row), self.row(type(row), row, row)) for row in rows]
        self.public += [self.link(Reference, link) for row in rows for link in named(REFERENCE, references_of(row))]
        for row in rows:
            links = [(row.pk, name, value, row.facet_date) for name, value in facets.get(row.pk, ())]
            self.public += [self.link(row.facet_model, link) for link in named(FACET, links)]
            self.public += self.counted(row) if getattr(row, "counted", None) else []
        self.words = [
            (self.searched(words[row.search_key]), row.record, self.slot("sequence", row.pk), self.days_after(row.facet_date))
            for row in rows
        ]

    def counted(self, row):
        """What reads what tallies count of a row."""
        is_past = row.valid_to is not None
        people = [self.link(PastPeople if is_past else CountedPeople, values) for values in named(PEOPLE, row.counted.people(row))]
        if is_past:
            return [self.link(PastIncident, past.columns(row)), *people]
        added = [self.link(Added, values) for values in named(ADDED, [row.counted.added(row)])]
        return [self.link(CountedIncident, row.counted.columns(row)), *added, *people]

    def read_slots(self):
        """The slots by what fills them."""
        by_kind = defaultdict(list)
        for (kind, *key), place in self.slots.items():
            by_kind[kind].append((place, *key))
        self.word_places = [place for place, _rank, _is_capital in by_kind["word"]]
        self.read_words = itemgetter(*(2 * rank + is_capital for _place, rank, is_capital in by_kind["word"]))
        self.days, self.searched_places = by_kind["day"], by_kind["searched"]
        self.uid_places = [(self.slots.get(("uid", uid)), self.slots.get(("uid in database", uid))) for uid in self.uids]

    def slot(self, *key):
        if key not in self.slots:
            self.slots[key] = self.place()
        return self.slots[key]

    def place(self, value=None):
        """A new place in the values."""
        self.template.append(value)
        return len(self.template) - 1

    def constant(self, value):
        """The place of a value that is the same in every copy."""
        key = (type(value), bytes(value) if isinstance(value, memoryview) else value)
        if key not in self.constants:
            self.constants[key] = self.place(value)
        return self.constants[key]

    def text_place(self, text, is_packed=False, is_early=False):
        """The place of a filled text; early ones are filled when the ledger is written, the others after it."""
        if len(text.key) == 3 and not "".join(text.key[::2]) and not is_packed:
            return text.key[1]  # a slot and nothing else
        key = (text.key, is_packed)
        if key not in self.text_places:
            self.text_places[key] = self.place()
            if not is_early:
                self.texts.append((self.text_places[key], text, is_packed))
        return self.text_places[key]

    # Values to slots

    def row(self, model, values, public):
        """What reads an edition or a public row; `public` is the public row of both."""
        fields = written_fields(model)
        return self.reading(fields, [getattr(values, field.attname) for field in fields], public)

    def link(self, model, values):
        """The model of a link and what reads it; `values` by the names of its fields."""
        fields = written_fields(model)
        return model, self.reading(fields, [values[field.name] for field in fields], None)

    def reading(self, fields, values, public):
        plain = prepared(fields, values, connection)
        return itemgetter(*(self.place_of(*one, public) for one in zip(fields, values, plain, strict=True)))

    def place_of(self, field, value, plain, public):
        """Where a copy has the value of a field: in a slot, in a text or, where every copy has the same, as a constant."""
        known = None if value is None else self.known(field, value, public)
        if known is None:
            return self.constant(plain)
        if isinstance(known, Text):
            return self.text_place(known, isinstance(field, PackedTextField))
        return self.slot(*known)

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
        pieces = self.pieces(value)
        return self.made(pieces) if any(isinstance(piece, int) for piece in pieces) else None

    def pieces(self, value):
        """A text in turn as it stands (str) and as slots (their places)."""
        pieces = [""]
        for place, found in enumerate(SLOT.split(value)):
            key = self.key(found) if place % 2 else None
            if key:
                pieces += [self.slot(*key), ""]
            else:
                pieces[-1] += found
        return pieces

    def made(self, pieces):
        """The Text of pieces."""
        text = Text([piece if isinstance(piece, int) else self.constant(piece) for piece in pieces if piece != ""])
        text.key = tuple(pieces)
        return text

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
        keys = {place: key for key, place in self.slots.items()}
        pieces = [self.searched_slot(piece, keys) if isinstance(piece, int) else self.folded(piece) for piece in self.pieces(words)]
        pieces[0], pieces[-1] = pieces[0].lstrip(), pieces[-1].rstrip()
        return self.made(pieces)

    def searched_slot(self, place, keys):
        key = keys.get(place) or next(key for key, known in self.slots.items() if known == place)
        return self.slot("word", key[1], False) if key[0] == "word" else self.slot("searched", place)

    def folded(self, piece):
        return " ".join(["", *search.tokens(piece), ""]) or " "
