"""A protected source is known by its code name wherever the desk speaks of it; who it is, few see, and that they looked is kept."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from borderwatch.models import Identity
from borderwatch.protection import look, protect, unprotect
from incidents.models import Actor
from tests.desk import desk_url, list_url, make_colleague, opened, save, signed_in
from tests.factories import make_actor, make_article, make_source, make_statement

pytestmark = pytest.mark.django_db
TRUE_NAME = "Saidmurod Trueperson"


def protected_actor():
    """An actor that had its true name for a while, on the desk and in its log, and is protected now."""
    actor = make_actor(TRUE_NAME, kind="person", aliases=["Trueperson of Panj"], description="A Trueperson.")
    save(signed_in("editor"), desk_url(actor), country="TJ")
    make_statement(speaker=actor, article=make_article())
    actor.refresh_from_db()
    protect(actor, "Witness 3", make_colleague("admin"))
    return actor


def test_the_desk_knows_a_protected_actor_by_its_code_name_alone():
    actor = protected_actor()
    statement = actor.statements.get()
    pages = [desk_url(actor), desk_url(actor, "history"), desk_url(actor, "publish"), desk_url(actor, "preview"), list_url(Actor)]
    pages += [desk_url(statement), desk_url(statement, "publish"), desk_url(statement, "history"), "/admin/"]
    pages.append(f"{reverse('admin:autocomplete')}?app_label=incidents&model_name=statement&field_name=speaker&term=")
    for role in ("editor", "admin"):
        client = signed_in(role)
        for page in pages:
            body = client.get(page).content.decode()
            assert "Trueperson" not in body, page
    assert "Witness 3" in body
    assert opened(client, desk_url(actor))["name"] == "Witness 3"


def test_readers_know_the_code_name_alone():
    actor = protected_actor()
    actor.publish(by=make_colleague("editor"))
    for address in ("/actors/", "/actors.csv", "/api/v1/actors/", f"/api/v1/actors/{actor.public_id}/editions/1/"):
        answer = Client().get(address)
        assert b"Witness 3" in answer.getvalue() and b"Trueperson" not in answer.getvalue()


def test_who_it_is_is_seen_by_a_permission_of_its_own_and_that_is_kept():
    actor = protected_actor()
    assert signed_in("editor").get(desk_url(actor, "identity")).status_code == 403
    with pytest.raises(PermissionDenied):
        look(actor, make_colleague("editor"))
    client = signed_in("admin")
    assert TRUE_NAME not in client.get(desk_url(actor, "identity")).content.decode()
    assert TRUE_NAME in client.post(desk_url(actor, "identity"), {"look": "1"}).content.decode()
    assert [one.looked_by_name for one in Identity.objects.get().looks.all()] == ["some-admin"]


def test_what_was_public_cannot_be_protected_any_more():
    source = make_source()
    source.publish(by=make_colleague("editor"))
    with pytest.raises(ValidationError, match="Seal it instead"):
        protect(source, "Source 1", make_colleague("admin"))
    page = signed_in("admin").post(desk_url(source, "identity"), {"protect": "1", "code_name": "Source 1"})
    assert "Seal it instead" in page.content.decode()


def test_the_protection_can_be_ended():
    actor = protected_actor()
    unprotect(actor, make_colleague("admin"))
    actor.refresh_from_db()
    assert (actor.name, actor.aliases) == (TRUE_NAME, ["Trueperson of Panj"]) and not Identity.objects.exists()
