"""What ./run does between installing and serving."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from borderwatch.models import Release

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch, settings, tmp_path):
    """Names of the commands that set_up_site calls; none of them runs."""
    settings.DATA_DIR = tmp_path
    names = []
    monkeypatch.setattr("borderwatch.management.commands.set_up_site.call_command", lambda name, **options: names.append(name))
    return names


def test_an_empty_record_gets_accounts_and_demo_data_set(called):
    call_command("set_up_site", "demo")
    assert called == ["migrate", "load_gazetteer", "demo_accounts", "load_demo"]


def test_a_record_with_a_release_is_left_alone(called):
    Release.objects.create(sequence=1, recorded_at=timezone.now(), valid_from=timezone.now())
    call_command("set_up_site", "demo")
    assert called == ["migrate", "load_gazetteer"]


def test_a_record_of_ones_own_gets_no_demo_but_an_administrator(called, tmp_path, capsys):
    call_command("set_up_site", "site")
    path = tmp_path / "administrator.txt"
    role, username, password = path.read_text().split()
    assert called == ["migrate", "load_gazetteer"]
    assert path.stat().st_mode & 0o777 == 0o600
    said = capsys.readouterr().out
    assert str(path) in said
    assert password not in said
    assert authenticate(RequestFactory().post("/"), username=username, password=password).is_superuser


def test_a_second_start_keeps_the_administrator_and_the_password(called, tmp_path):
    call_command("set_up_site", "site")
    before = (tmp_path / "administrator.txt").read_text()
    call_command("set_up_site", "site")
    assert (tmp_path / "administrator.txt").read_text() == before
    assert get_user_model().objects.count() == 1
