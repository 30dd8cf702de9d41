"""The whole record, exported, read into an empty record and exported again, is the same record."""

import csv
import json
import random

import pytest
from django.core.management import call_command
from django.db import transaction

from borderwatch.batches import in_batches
from borderwatch.publishing.verbs import publish_many
from incidents.demo import load
from tests.factories import make_actor, make_article, make_figure, make_incident, make_place, make_source, make_statement, make_user

pytestmark = pytest.mark.django_db
OF_THIS_RECORD = ("edition", "first_published_at", "published_at", "updated_at")
"""What tells of releases, and differs in another record."""
BEGINNINGS = ("", "", "=", "-", "'", "'=", "''", "+", "@", "\t", "\n", " ", "\r\n")
WORDS = (
    "Clash at the river",
    "Стычка у реки",
    "درگیری در کنار رودخانه",
    "د سيند پر غاړه نښته",
    "Задухӯрд дар назди дарё",
    'Two\nlines, "quoted"; and more',
    "0",
    "null",
)


def exported(folder):
    """File name → its documents or rows, without what tells of releases."""
    call_command("export_dataset", folder, site="https://border.example", verbosity=0)
    found = {}
    for path in sorted(folder.glob("*.jsonl")):
        found[path.name] = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.name] = list(csv.DictReader(file))
    for rows in found.values():
        for row in rows:
            for name in OF_THIS_RECORD:
                row.pop(name, None)
    return found


def assert_reads_back(make, folder):
    outer = transaction.savepoint()
    make()
    before = exported(folder / "before")
    transaction.savepoint_rollback(outer)
    call_command("load_gazetteer", verbosity=0)
    call_command("import_events", "borderwatch", str(folder / "before"), "--publish")
    after = exported(folder / "after")
    assert before.keys() == after.keys()
    for name, rows in before.items():
        assert after[name] == rows, name


def test_the_demo_record_is_the_same_after_a_round_trip(tmp_path):
    def make():
        call_command("load_gazetteer", verbosity=0)
        load(make_user())

    assert_reads_back(make, tmp_path)


def test_difficult_texts_in_four_scripts_are_the_same_after_a_round_trip(tmp_path, is_long):
    def make():
        call_command("load_gazetteer", verbosity=0)
        difficult = Difficult(seed=3)
        for batch in in_batches([difficult.incident() for _one in range(2000 if is_long else 50)], 200):
            publish_many(batch, by=make_user())

    assert_reads_back(make, tmp_path)


class Difficult:
    """Records whose texts begin as formulas do, and whose empty values are empty in every way."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.speakers = [make_actor(self.line(), aliases=[self.line(), "a;b"], external_ids={"wikidata": "Q1"}) for _one in range(9)]
        self.sources = [make_source(self.line(), ownership=self.maybe(self.line())) for _one in range(5)]
        self.places = [make_place("Khatlon"), make_place("Badakhshan", slug="gorno-badakhshan"), None]

    def text(self):
        return f"{self.chance.choice(BEGINNINGS)}{self.chance.choice(WORDS)} {self.chance.randint(1, 999)}"

    def line(self):
        """The same without what no name or title may hold: it stands in one line."""
        return "".join(letter for letter in self.text() if letter not in "\t\r\n")

    def maybe(self, value, empty=""):
        return value if self.chance.random() < 0.5 else empty

    def incident(self):
        latitude, longitude = self.maybe((37.25, 69.5), (None, None))
        incident = make_incident(
            self.line(),
            summary=self.maybe(self.text()),
            place=self.chance.choice(self.places),
            where_description=self.maybe(self.line()),
            latitude=latitude,
            longitude=longitude,
            external_ids=self.maybe({"acled": self.text()}, {}),
        )
        said = [self.statement(incident) for _one in range(self.chance.choice((1, 2, 3)))]
        incident.participations.create(described_as=self.line(), role="alleged_attacker", according_to=self.maybe(said[0], None))
        return incident

    def statement(self, incident):
        said = make_statement(
            incident,
            article=make_article(self.line(), source=self.chance.choice(self.sources), byline=self.maybe(self.line())),
            speaker=self.maybe(self.chance.choice(self.speakers), None),
            text=self.text(),
            quote=self.maybe(self.text()),
            said_on=self.maybe("2025-12-24", None),
            credibility=self.maybe(2, None),
        )
        low = self.maybe(self.chance.randint(0, 3), None)
        make_figure(said, low=low, best=None, high=self.maybe(low, None), wording=self.line())
        said.labels.create(described=self.line(), words=self.line(), language="ru")
        said.assertions.create(about="place", place=self.chance.choice(self.places[:2]), wording=self.maybe(self.line()))
        return said
