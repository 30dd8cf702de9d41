"""What settings read from the environment, and what they refuse. Each case is a process of its own: settings are read once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "BORDERWATCH_SECRET_KEY": "k" * 60,
    "BORDERWATCH_ALLOWED_HOSTS": "borderwatch.example, www.borderwatch.example",
    "DATABASE_URL": "sqlite:////nowhere/record.sqlite3",
}


def read_setting(expression, folder, **environment):
    """What `expression` over the settings prints, or the last line of the refusal."""
    fixed = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "borderwatch.settings", "BORDERWATCH_DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; print({expression})"],
        cwd=ROOT,
        env=fixed | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("missing", PRODUCTION)
def test_half_a_production_configuration_is_refused_by_name(missing, tmp_path):
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = read_setting("settings.SECRET_KEY", tmp_path, **given)
    assert done.returncode != 0
    assert f"set {missing} too" in done.stderr


def test_nothing_configured_is_refused(tmp_path):
    done = read_setting("settings.SECRET_KEY", tmp_path)
    assert "Set BORDERWATCH_SECRET_KEY, BORDERWATCH_ALLOWED_HOSTS and DATABASE_URL" in done.stderr


def test_production_is_strict(tmp_path):
    done = read_setting(
        "settings.DEBUG, settings.DEVELOPMENT, settings.ALLOWED_HOSTS, settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT",
        tmp_path,
        **PRODUCTION,
    )
    assert done.stdout == "False False ['borderwatch.example', 'www.borderwatch.example'] True True\n"


def test_a_command_by_hand_finds_the_site_of_run_and_its_secret(tmp_path):
    site = tmp_path / "a%20b #c?"
    served = read_setting("settings.SECRET_KEY", site, BORDERWATCH_DEVELOPMENT="1").stdout
    by_hand = read_setting("settings.SECRET_KEY", site).stdout
    assert by_hand == served
    assert (site / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_data_folder_may_have_any_name(tmp_path):
    site = tmp_path / "a%20b #c?"
    done = read_setting("settings.DATABASES['default']['NAME']", site, BORDERWATCH_DEVELOPMENT="1")
    assert done.stdout.strip() == str(site / "borderwatch.sqlite3")


ON_POSTGRES = PRODUCTION | {"DATABASE_URL": "postgresql://border@primary/border"}
REPLICAS = "[settings.DATABASES[name]['HOST'] for name in settings.REPLICAS], settings.DATABASE_ROUTERS, settings.MIDDLEWARE[-1]"


def test_without_a_replica_nothing_stands_between_a_request_and_its_database(tmp_path):
    assert read_setting(REPLICAS, tmp_path, **ON_POSTGRES).stdout == "[] [] axes.middleware.AxesMiddleware\n"


def test_every_replica_named_is_known(tmp_path):
    named = {"DATABASE_REPLICA_URL": "postgresql://reader@one/border postgresql://reader@two/border"}
    reading = "borderwatch.operating.reading.Replica"
    expected = f"['one', 'two'] ['{reading}Router'] {reading}Middleware\n"
    assert read_setting(REPLICAS, tmp_path, **ON_POSTGRES, **named).stdout == expected


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"DATABASE_URL": "sqlite:////nowhere/record.sqlite3"}, "replicas are PostgreSQL's"),
        ({"BORDERWATCH_REPLICA_MAX_LAG": "60"}, "from 1 to 30 seconds"),
    ],
)
def test_a_replica_that_could_not_keep_the_promises_is_refused(asked, refusal, tmp_path):
    named = ON_POSTGRES | {"DATABASE_REPLICA_URL": "postgresql://reader@one/border"} | asked
    assert refusal in read_setting("settings.REPLICAS", tmp_path, **named).stderr
