"""What publishing asks of the database does not grow with the record, and a long import holds the lock for a part at a time."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderwatch.benchmark.writing import Transactions, a_long_incident, publishing
from borderwatch.models import Release
from borderwatch.projection import rebuild
from borderwatch.publishing import verbs
from incidents.imports import in_parts, publish
from incidents.imports.importing import carry_out_in_parts, check
from incidents.imports.write import prepare
from incidents.models import ImportBatch, Incident
from incidents.published import PublishedIncident
from sources.models import Article
from tests.borderwatch.test_projection import public_bytes
from tests.factories import make_incident, publish_incident
from tests.incidents.import_files import make_ged, write_csv

pytestmark = pytest.mark.django_db

QUESTIONS = 62
"""Statements of SQL, writing ones too, of a release with an incident, twenty statements and all that they name."""


def test_publishing_asks_the_same_of_a_larger_record():
    publish_incident()
    _wall, _processor, at_first = publishing(1)
    for number in range(5):
        publish_incident(title=f"Clash {number}")
    _wall, _processor, later = publishing(1)
    assert (later, later <= QUESTIONS) == (at_first, True), later
    assert a_long_incident().publish(by=None).editions.count() == 4 + 6 + 8 + 20 + 1


@pytest.fixture
def long_file(tmp_path, monkeypatch):
    """Eight events, published three at a time."""
    monkeypatch.setattr(publish, "PART", 3)
    return str(write_csv(tmp_path / "events.csv", [make_ged(f"k{key}") for key in range(8)]))


def test_a_long_import_is_published_in_several_releases(long_file, capsys):
    transactions = Transactions()
    with connection.execute_wrapper(transactions):
        call_command("import_events", "ucdp-ged", long_file, publish=True)
    assert [release.editions.filter(record="incident").count() for release in Release.objects.all()] == [3, 3, 2]
    assert len(transactions.seconds) == 5, "the keys, the desk, then release after release"
    before = public_bytes()
    rebuild()
    assert public_bytes() == before


def test_an_import_asks_as_little_under_the_lock_however_long_it_is(tmp_path):
    asked = []
    for number, total in enumerate((3, 30)):
        path = write_csv(tmp_path / f"{number}.csv", [make_ged(f"k{number}-{key}") for key in range(total)])
        writing = prepare(check("ucdp-ged", path))
        with CaptureQueriesContext(connection) as questions:
            writing.write()
        asked.append(len(questions))
        assert make_incident().pk > Incident.objects.filter(external_ids__has_key="ucdp_ged").last().pk, "a key is given once"
    assert asked[1] <= asked[0], "the first one brings its actors"


def test_a_later_release_asks_as_little_under_the_lock_however_much_it_changes(tmp_path):
    asked = []
    for number, total in enumerate((3, 30)):
        for best in (3, 4):
            path = write_csv(tmp_path / f"{number}-{best}.csv", [make_ged(f"k{number}-{key}", best=best) for key in range(total)])
            writing = prepare(check("ucdp-ged", path))
            with CaptureQueriesContext(connection) as questions:
                writing.write()
        asked.append(len(questions))
    assert asked[0] == asked[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="others wait on SQLite alone")
def test_a_file_that_would_keep_others_waiting_asks_whether_in_parts_or_at_once(long_file, monkeypatch):
    monkeypatch.setattr(in_parts, "AT_ONCE", 3)
    with pytest.raises(CommandError, match="--in-parts"):
        call_command("import_events", "ucdp-ged", long_file)
    assert not Incident.objects.exists()
    call_command("import_events", "ucdp-ged", long_file, at_once=True)
    assert [batch.events.count() for batch in ImportBatch.objects.all()] == [8]


def test_a_part_of_an_import_is_whole_and_the_same_command_takes_up_the_others(long_file, monkeypatch):
    monkeypatch.setattr(in_parts, "AT_ONCE", 3)
    imports = carry_out_in_parts(check("ucdp-ged", long_file), publish=True)
    next(imports)
    imports.close()
    assert (ImportBatch.objects.count(), Incident.objects.count(), PublishedIncident.objects.current().count()) == (1, 3, 3)
    call_command("import_events", "ucdp-ged", long_file, publish=True, in_parts=True)
    assert [batch.events.count() for batch in ImportBatch.objects.order_by("pk")] == [3, 3, 2]
    assert PublishedIncident.objects.current().count() == 8
    call_command("import_events", "ucdp-ged", long_file, publish=True, in_parts=True)
    assert ImportBatch.objects.count() == 3 and Article.objects.count() == 1


def test_another_import_between_two_parts_is_noticed(long_file, tmp_path, monkeypatch):
    monkeypatch.setattr(in_parts, "AT_ONCE", 3)
    imports = carry_out_in_parts(check("ucdp-ged", long_file))
    next(imports)
    call_command("import_events", "ucdp-ged", str(write_csv(tmp_path / "other.csv", [make_ged("other")])))
    with pytest.raises(ValidationError, match="Another import"):
        next(imports)


def test_an_import_that_was_killed_between_releases_is_taken_up(long_file, monkeypatch):
    done = []

    def killed(records, **told):
        if done:
            raise KeyboardInterrupt
        done.append(records)
        return verbs.publish_many(records, **told)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(publish, "publish_many", killed)
        call_command("import_events", "ucdp-ged", long_file, publish=True)
    assert PublishedIncident.objects.current().count() == 3
    call_command("import_events", "ucdp-ged", long_file, publish=True)
    assert PublishedIncident.objects.current().count() == 8
