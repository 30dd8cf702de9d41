"""The ledger is append-only, and one altered byte is named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from borderwatch import triggers
from borderwatch.ledger import faults
from borderwatch.models import Edition, Release
from tests.factories import make_user, publish_incident

pytestmark = pytest.mark.django_db

REFUSED = [
    "UPDATE borderwatch_edition SET content = '{}' WHERE sequence = 1",
    "UPDATE borderwatch_edition SET content = '', salt = '', number = 7 WHERE sequence = 1",
    "UPDATE borderwatch_edition SET salt = '' WHERE sequence = 1",
    "UPDATE borderwatch_release SET note = 'another reason'",
    "DELETE FROM borderwatch_edition WHERE sequence = 1",
    "DELETE FROM borderwatch_release",
]


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", REFUSED)
def test_the_ledger_refuses_to_be_changed(sql):
    publish_incident()
    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)
    assert list(faults()) == []


def test_the_ledger_refuses_replace_and_truncate():
    publish_incident()
    sql = {  # PostgreSQL first asks what is pending, then the trigger
        "sqlite": "INSERT OR REPLACE INTO borderwatch_release SELECT * FROM borderwatch_release WHERE sequence = 1",
        "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE borderwatch_edition",
    }[connection.vendor]
    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)


def test_the_orm_is_refused_too():
    publish_incident()
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.update(note="")


def test_triggers_are_back_after_a_later_migrate():
    triggers.drop()
    assert triggers.missing()
    call_command("migrate", verbosity=0)
    assert triggers.missing() == []


def test_one_altered_byte_is_named(capsys):
    incident = publish_incident()
    edition = Edition.objects.get(uid=incident.uid)
    triggers.drop()
    Edition.objects.filter(pk=edition.pk).update(content=edition.content.replace("Panj", "Pang"))
    triggers.create()

    (fault,) = faults()

    assert incident.public_id in fault and "altered" in fault
    with pytest.raises((CommandError, SystemExit)):
        call_command("verify_ledger")


@pytest.mark.parametrize("column", ["number", "kind", "public_id"])
def test_the_chain_covers_every_column_of_an_edition(column):
    publish_incident()
    triggers.drop()
    Edition.objects.filter(pk=2).update(**{column: {"number": 9, "kind": "merge", "public_id": "XX-1"}[column]})
    triggers.create()
    assert any(fault.startswith("edition 2 ") for fault in faults())


def test_the_chain_covers_who_when_and_why(record_property):
    publish_incident()
    triggers.drop()
    Release.objects.update(by_name="somebody else")
    triggers.create()
    assert len(list(faults())) >= 1
    record_property("promise", "Q4: the ledger takes no UPDATE, DELETE, REPLACE or TRUNCATE; one altered byte, author or moment is named")


def test_erased_content_without_a_seal_is_named():
    publish_incident()
    run("UPDATE borderwatch_edition SET content = '', salt = '' WHERE sequence = 1")
    assert any("without a seal" in fault for fault in faults())


def test_the_log_outlives_the_user():
    user = make_user("someone")
    publish_incident(by=user)
    user.delete()
    assert Release.objects.get().by_name == "someone"
    assert list(faults()) == []


def test_sequences_have_no_gaps():
    for _each in range(3):
        publish_incident()
    assert list(Release.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    sequences = list(Edition.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(sequences) + 1))
