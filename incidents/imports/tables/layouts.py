"""The tables and their columns: the desk's own field names. Reader, templates and documentation all come from here."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from incidents.imports.tables import columns as c
from incidents.imports.tables.columns import Column, column_of
from incidents.models import Actor, Figure, Incident, Label, Participation, Statement, StatementIncident
from sources.models import Article, Source

WORKBOOK = "tables"
KEY = Column(
    "key",
    _("A word of your own for this record, for other rows to name it and for a corrected file to find it again; never public"),
    c.text,
    most=80,
)
ID = Column("id", _("The public id of a record that is there already, as SO-1; leave it empty for a new one"), c.text, most=20)
MEASURES = Figure.Measure.values
NUMBERS = ("low", "best", "high", "wording")


@dataclass(frozen=True)
class Layout:
    """The table of one kind of record. `examples`: column → an example; `natural`: what tells a record without key from others."""

    name: str
    kind: str
    model: type
    columns: dict
    natural: tuple

    @property
    def needed(self):
        """Columns that a new record needs."""
        return [column.name for column in self.columns.values() if column.is_required]


def layout(name, model, fields, examples, natural, more=()):
    found = [KEY, ID, *(column_of(model, field) for field in fields.split()), *more]
    columns = {column.name: replace(column, example=examples.get(column.name, "")) for column in found}
    for field in {"slug", "url", "archive_url"} & set(columns):
        reads = c.text if field == "slug" or model is Source else c.address
        columns[field] = replace(columns[field], is_required=False, read=reads)
    return Layout(name, model.record_kind, model, columns, natural)


# Parts of incidents and statements


def participant_columns():
    for role, word in Participation.Role.choices:
        about = _("Who took part: %(role)s") % {"role": word}
        yield Column(role, about, c.reference, names="actor", is_list=True, empty=[])
        about = _("The same where it is no actor, in words: %(role)s") % {"role": word}
        yield Column(f"{role}_as", about, c.several, empty=[])


def figure_columns():
    yield column_of(Figure, "group", is_part=True, about=_("Who is counted in this row’s numbers; empty: all people"))
    yield column_of(Figure, "nationality", is_part=True, about=_("Whose nationals this row’s numbers count, as in TJ; empty: any"))
    yield Column(
        "about_incident",
        _("Which of the statement’s incidents this row’s numbers are about; empty: the only one, or all of them together"),
        c.reference,
        names="incident",
        is_part=True,
    )
    for measure in Figure.Measure:
        for name in NUMBERS:
            own = column_of(Figure, name, is_part=True)
            about = _("%(measure)s: %(number)s") % {"measure": measure.label, "number": own.about}
            yield replace(own, name=f"{measure}_{name}", about=about)
    yield column_of(Figure, "adds", is_part=True)


def label_columns():
    for name in ("words", "actor", "described", "language"):
        yield replace(column_of(Label, name), name=f"label_{name}", is_required=False, is_part=True, can_be_emptied=True)


SOURCES = layout(
    "sources",
    Source,
    "name slug kind country languages url ownership scale reliability reliability_reason reliability_assessed_on note",
    {"key": "panj-daily", "name": "Panj Daily", "kind": "newspaper", "country": "TJ", "languages": "tg; ru", "url": "https://panj.example"},
    ("name",),
)
ACTORS = layout(
    "actors",
    Actor,
    "name slug kind country parent outlets description aliases external_ids note",
    {
        "key": "border-office",
        "name": "Office of the Border",
        "kind": "state_body",
        "country": "TJ",
        "outlets": "panj-daily",
        "aliases": "Border Office; Идораи сарҳад",
        "external_ids": "wikidata=Q1",
    },
    ("name",),
)
ARTICLES = layout(
    "articles",
    Article,
    "source headline url archive_url byline language published_on published_precision origin cites summary text duplicate_of "
    "retracted_on retraction_notice note",
    {
        "key": "panj-daily-1224",
        "source": "panj-daily",
        "headline": "Shots at the river",
        "url": "https://panj.example/2025/12/24/shots",
        "published_on": "2025-12-24",
    },
    ("source", "headline"),
)
INCIDENTS = layout(
    "incidents",
    Incident,
    "title slug kind means summary started_on ended_on date_precision local_time place latitude longitude place_precision "
    "where_description launched_from content_warning external_ids note",
    {
        "key": "river-1224",
        "title": "Exchange of fire at the river",
        "kind": "armed_clash",
        "started_on": "2025-12-24",
        "where_description": "Left bank, two kilometres upstream of the bridge",
        "target_as": "two border guards",
    },
    ("title", "started_on"),
    tuple(participant_columns()),
)
STATEMENTS = layout(
    "statements",
    Statement,
    "article incidents speaker speaker_as speaker_title on_behalf_of released_through based_on attribution act denies said_on "
    "said_precision quote text language original_text original_language translated_by in_reply_to supersedes credibility visibility "
    "is_ready attributed_to attributed_to_as about_place covers_start covers_end covers_place incidents_low incidents_high covers_note "
    "outcome outcome_reason outcome_statement retracted_on note",
    {
        "key": "river-1224-office",
        "article": "panj-daily-1224",
        "incidents": "river-1224",
        "speaker": "border-office",
        "act": "claim",
        "said_on": "2025-12-24",
        "quote": "Two of our men died.",
        "group": "state_forces",
        "nationality": "TJ",
        "killed_low": "2",
        "killed_best": "2",
        "killed_high": "2",
        "killed_wording": "two",
        "label_words": "intruders",
        "label_described": "those who fired",
    },
    ("article", "quote", "text"),
    (
        column_of(StatementIncident, "certainty"),
        *figure_columns(),
        *label_columns(),
    ),
)
LAYOUTS = {one.name: one for one in (SOURCES, ACTORS, ARTICLES, INCIDENTS, STATEMENTS)}
"""In the order in which records need each other."""
BY_KIND = {one.kind: one for one in LAYOUTS.values()}
