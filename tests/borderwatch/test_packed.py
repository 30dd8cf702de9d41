"""Documents are stored packed, and read as they were written."""

import hashlib

import pytest
from django.db import connection

from borderwatch.published import public_kinds
from borderwatch.texts.packed import dictionary, packed, unpacked
from incidents.published import PublishedIncident, PublishedStatement
from tests.factories import publish_incident


@pytest.mark.parametrize("text", ["", "{}", '{"title": "Ҳамла дар наздикии марз", "quote": "می‌گویند \\u0000 🙂"}' * 50])
def test_a_text_is_read_as_it_was_written(text):
    assert unpacked(packed(text)) == text
    assert unpacked(text.encode()) == text, "as an upgrade leaves it"


def test_the_dictionary_of_stored_documents_is_what_it_was_when_they_were_packed():
    assert hashlib.sha256(dictionary()).hexdigest() == "e0ef7092ab604218dabe24d4cd291bfb5cd51aca06a8449583106433c79dd1c0"


@pytest.mark.django_db
def test_a_document_takes_a_third_of_its_length_at_most():
    publish_incident()
    for model in (PublishedIncident, PublishedStatement):
        row = model.objects.current().first()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT document FROM {model._meta.db_table} WHERE edition_id = %s", [row.pk])
            (stored,) = cursor.fetchone()
        assert row.document.startswith('{"id": ') and len(bytes(stored)) < len(row.document.encode()) / 3


@pytest.mark.django_db
def test_only_incidents_have_list_items_of_their_own():
    publish_incident()
    assert PublishedIncident.objects.current().get().summary.startswith('{"id": "BW-')
    assert [model.record for model in public_kinds().values() if model.list_item == "summary"] == ["incident"]
