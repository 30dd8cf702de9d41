"""Nobody erases the public record alone: one person asks for a seal, another agrees."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from borderwatch.models import Edition, SealRequest
from borderwatch.publishing.asking_to_seal import agree_to_seal, ask_to_seal, open_request
from tests.desk import desk_url, make_colleague, signed_in
from tests.factories import publish_incident

pytestmark = pytest.mark.django_db
REASON = "It endangers a person."


def test_a_seal_needs_a_second_person():
    incident, first, second = publish_incident(), make_colleague("admin", "first"), make_colleague("admin", "second")
    ask_to_seal(incident, first, REASON)
    with pytest.raises(ValidationError, match="a second person must agree"):
        agree_to_seal(incident, first)
    assert Edition.objects.get(uid=incident.uid, number=1).content
    agree_to_seal(incident, second)
    assert not Edition.objects.get(uid=incident.uid, number=1).content
    assert open_request(incident) is None and SealRequest.objects.get().is_sealed


def test_a_request_is_forgotten_after_a_week():
    incident, first, second = publish_incident(), make_colleague("admin", "first"), make_colleague("admin", "second")
    ask_to_seal(incident, first, REASON)
    SealRequest.objects.update(asked_at=timezone.now() - datetime.timedelta(days=8))
    with pytest.raises(ValidationError, match="Nobody asks"):
        agree_to_seal(incident, second)
    ask_to_seal(incident, second, REASON)


def test_an_editor_has_no_such_permission():
    incident = publish_incident()
    with pytest.raises(PermissionDenied):
        ask_to_seal(incident, make_colleague("editor"), REASON)
    assert signed_in("editor", "another").get(desk_url(incident, "seal")).status_code == 403


def test_two_people_seal_a_record_on_the_desk(client):
    incident = publish_incident()
    address, first, second = desk_url(incident, "seal"), signed_in("admin", "first"), signed_in("admin", "second")
    assert first.post(address, {"reason": REASON}).status_code == 302
    assert "A second person must agree" in first.get(address).content.decode()
    assert "a second person must agree" in first.post(address, {"public_id": incident.public_id}).content.decode()
    assert "That is not the id" in second.post(address, {"public_id": "BW-1"}).content.decode()
    assert second.post(address, {"public_id": incident.public_id}).status_code == 302
    gone = client.get(f"/incidents/{incident.public_id}/", follow=True)
    assert gone.status_code == 410 and REASON in gone.content.decode()
    assert "was never public or is sealed already" in second.get(address).content.decode()


def test_a_request_can_be_taken_back():
    incident = publish_incident()
    address, first = desk_url(incident, "seal"), signed_in("admin", "first")
    first.post(address, {"reason": REASON})
    first.post(address, {"take_back": "1"})
    assert open_request(incident) is None and incident.edition
