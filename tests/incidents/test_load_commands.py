"""load_demo, load_gazetteer and demo_accounts: what they do the second time, and on a record that is not theirs."""

import stat

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from borderwatch.models import Release
from incidents import demo
from incidents.models import Place
from sources.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def accounts(folder):
    return [line.split() for line in (folder / "demo-accounts.txt").read_text().splitlines()]


def make_editor():
    return get_user_model().objects.create_user("editor")


def publish_something(editor):
    return Source.objects.create(name="Somebody else", slug="somebody-else", kind="unknown").publish(by=editor)


def test_a_second_load_changes_nothing(monkeypatch):
    publish_something(make_editor())
    monkeypatch.setattr("incidents.management.commands.load_demo.is_loaded", lambda: True)
    call_command("load_demo")
    assert Release.objects.count() == 1


def test_a_record_with_other_releases_is_refused():
    publish_something(make_editor())
    with pytest.raises(CommandError, match="releases of its own"):
        call_command("load_demo")


def test_an_unknown_account_is_named():
    with pytest.raises(CommandError, match="“nobody”"):
        call_command("load_demo", by="nobody")


def test_an_interrupted_load_leaves_nothing_behind(monkeypatch):
    call_command("load_gazetteer")
    monkeypatch.setattr(demo, "enter_exercise", lambda desk: 1 / 0)
    monkeypatch.setattr(demo, "replay", lambda step, desk, by: None)
    with pytest.raises(ZeroDivisionError):
        demo.load(make_editor())
    assert not Source.objects.exists()


def test_the_gazetteer_adds_what_is_missing_and_keeps_what_was_changed():
    call_command("load_gazetteer")
    count = Place.objects.count()
    Place.objects.filter(slug="khatlon").update(latitude=37.5)
    Place.objects.filter(slug="pamir").delete()
    call_command("load_gazetteer")
    assert Place.objects.count() == count
    assert Place.objects.get(slug="khatlon").latitude == 37.5
    assert Place.objects.get(slug="khatlon").parent.slug == "tajikistan"


def test_every_role_gets_an_account_that_can_sign_in(data_dir):
    call_command("demo_accounts")
    assert [role for role, _username, _password in accounts(data_dir)] == ["contributor", "editor", "admin"]
    users = {role: get_user_model().objects.get(username=username) for role, username, _password in accounts(data_dir)}
    assert all(users[role].check_password(password) and users[role].is_staff for role, _username, password in accounts(data_dir))
    assert {role for role, user in users.items() if user.is_superuser} == {"admin"}
    assert [group.name for role in ("contributor", "editor") for group in users[role].groups.all()] == ["contributor", "editor"]


def test_passwords_are_for_the_owner_alone_and_stay(data_dir):
    call_command("demo_accounts")
    before = accounts(data_dir)
    call_command("demo_accounts")
    assert accounts(data_dir) == before
    assert stat.S_IMODE((data_dir / "demo-accounts.txt").stat().st_mode) == 0o600


def test_a_lost_account_is_made_again_and_the_others_keep_their_passwords(data_dir):
    call_command("demo_accounts")
    before = {role: password for role, _username, password in accounts(data_dir)}
    get_user_model().objects.get(username="editor").delete()
    call_command("demo_accounts")
    after = {role: password for role, _username, password in accounts(data_dir)}
    assert {role for role in after if after[role] != before[role]} == {"editor"}
