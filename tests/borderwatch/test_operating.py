"""One person can run it: invitations without a mail server, unlocking, and a doctor who says what to do."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from borderwatch import triggers
from borderwatch.operating import doctor
from tests.factories import make_source, make_user


@pytest.fixture
def roles(db):
    for name in ("contributor", "editor"):
        Group.objects.get_or_create(name=name)


# Invitations


def invited(capsys, *args):
    """The path of the link that `invite` prints."""
    call_command("invite", *args)
    return re.search(r"https?://[^/]+(/\S+)", capsys.readouterr().out)[1]


def set_password(client, path, password="a long enough phrase"):
    """What happens when somebody opens the link and sets a password."""
    page = client.get(path, follow=True)
    form = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(form, {"new_password1": password, "new_password2": password})


def test_an_invited_editor_sets_the_password_once_and_signs_in(client, roles, capsys):
    path = invited(capsys, "Farida@example.org", "--role", "editor")
    page = client.get(path, follow=True)
    assert "farida" in page.content.decode() and path not in page.content.decode()
    assert set_password(client, path)["Location"] == "/admin/login/"
    user = User.objects.get(email="Farida@example.org")
    assert user.is_staff and not user.is_superuser and [group.name for group in user.groups.all()] == ["editor"]
    signed_in = client.post("/admin/login/", {"username": user.username, "password": "a long enough phrase"})
    assert signed_in.status_code == 302
    client.logout()
    assert "was used already" in client.get(path, follow=True).content.decode()


def test_a_new_invitation_ends_the_one_before(client, roles, capsys):
    first, second = (invited(capsys, "farida@example.org", "--role", "contributor") for _again in range(2))
    assert "was used already" in client.get(first, follow=True).content.decode()
    assert set_password(client, second).status_code == 302
    assert User.objects.count() == 1


def test_a_weak_password_is_refused(client, roles, capsys):
    page = set_password(client, invited(capsys, "farida@example.org", "--role", "editor"), "farida1")
    assert page.status_code == 200 and not User.objects.get().has_usable_password()


@override_settings(SITE_URL="https://record.example.org")
def test_the_link_stands_on_the_public_address(roles, capsys):
    call_command("invite", "a@example.org", "--role", "admin")
    assert "https://record.example.org/admin/invitation/" in capsys.readouterr().out
    assert User.objects.get().is_superuser


@pytest.mark.parametrize(("email", "role", "why"), [("a@example.org", "editr", "contributor, editor, admin"), ("a", "editor", "email")])
def test_a_wrong_invitation_says_what_is_wrong(roles, email, role, why):
    with pytest.raises(CommandError, match=why):
        call_command("invite", email, "--role", role)


def test_who_has_an_account_is_not_invited_again(roles):
    User.objects.create_user("farida", email="farida@example.org", password="a long enough phrase")
    with pytest.raises(CommandError, match="has an account already: farida"):
        call_command("invite", "FARIDA@example.org", "--role", "editor")


def test_a_user_name_is_given_once(roles, capsys):
    User.objects.create_user("farida")
    invited(capsys, "farida@example.org", "--role", "editor")
    assert User.objects.get(email="farida@example.org").username == "farida2"


# Locked out


@pytest.mark.django_db
def test_who_failed_five_times_can_be_unlocked(client, capsys):
    User.objects.create_user("farida", password="a long enough phrase", is_staff=True)
    for _time in range(5):
        client.post("/admin/login/", {"username": "farida", "password": "wrong"})
    right = {"username": "farida", "password": "a long enough phrase"}
    assert client.post("/admin/login/", right).status_code == 429
    call_command("unlock", "farida")
    assert "can sign in again" in capsys.readouterr().out
    assert client.post("/admin/login/", right).status_code == 302


# The doctor


@pytest.fixture
def healthy(db, settings):
    """A site with an administrator, in a folder of its owner's."""
    User.objects.create_superuser("admin", password="a long enough phrase")
    settings.DATA_DIR.chmod(0o700)


def wrong():
    return [sentence for sentence, _remedy in doctor.findings()]


def test_nothing_is_wrong_with_a_healthy_site(healthy, capsys):
    make_source().publish(by=make_user())
    call_command("doctor")
    assert "Nothing is wrong." in capsys.readouterr().out


def test_the_doctor_sees_a_missing_trigger_and_says_what_to_do(healthy, capsys):
    with connection.cursor() as cursor:
        table, name, _body = next(iter(triggers.statements()))
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
    with pytest.raises(CommandError, match="1 thing is wrong"):
        call_command("doctor")
    told = capsys.readouterr().out
    assert name in told and "manage.py migrate" in told


def test_the_doctor_sees_missing_rows_pictures_and_administrators(healthy):
    source = make_source()
    source.publish(by=make_user())
    source.edition.references.all().delete()
    type(source).objects.filter(pk=source.pk).update(logo=f"images/{'a' * 32}.png")
    User.objects.update(is_superuser=False)
    connection.cursor().execute("DELETE FROM sources_publishedsource")
    told = " ".join(wrong())
    assert "Readers see 0 editions, the ledger holds 1" in told and "1 pictures are missing" in told and "Nobody can sign in" in told


def test_the_doctor_sees_an_open_folder_and_little_space(healthy, settings, monkeypatch):
    settings.DATA_DIR.chmod(0o755)
    monkeypatch.setattr(doctor, "LITTLE_SPACE", 1 << 60)
    told = " ".join(wrong())
    settings.DATA_DIR.chmod(0o700)
    assert "can look into" in told and "Less than 1 GB" in told


def test_the_doctor_says_when_the_database_does_not_answer(monkeypatch):
    monkeypatch.setattr(doctor, "has_database", lambda: False)
    assert wrong() == ["The database does not answer."]
