"""The files to start from in docs/deploy are understood by the programs that read them, and name what there is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
EXPOSED_AT_MOST = 25
"""Of systemd's 100: what a service may do on the machine."""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_understands_the_units_and_finds_them_shut_in(tmp_path):
    for unit in UNITS:
        words = unit.read_text().replace("/srv/borderwatch/site/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(words)
    units = [str(tmp_path / unit.name) for unit in UNITS]
    assert run("systemd-analyze", "verify", "--man=no", *units).stderr == ""
    services = [unit for unit in units if unit.endswith(".service")]
    run("systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={EXPOSED_AT_MOST}", *services)


@pytest.mark.skipif(not shutil.which("nginx") or not shutil.which("openssl"), reason="nginx or openssl is not installed")
def test_nginx_understands_the_proxy_example(tmp_path):
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subject = ("-subj", "/CN=borderwatch.example", "-days", "2")
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate), *subject)
    words = (DEPLOY / "nginx.conf").read_text().replace("/etc/ssl/borderwatch", str(tmp_path))
    (tmp_path / "site.conf").write_text(words.replace("/var/cache/nginx", str(tmp_path)))
    main = tmp_path / "nginx.conf"
    main.write_text(f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ include site.conf; }}")
    run("nginx", "-t", "-c", str(main))


def test_the_container_holds_what_the_site_runs_on():
    words = (DEPLOY / "Containerfile").read_text()
    copied = {name for line in re.findall(r"^COPY (.+) \S+$", words, re.MULTILINE) for name in line.split()}
    assert copied <= {path.name for path in ROOT.iterdir()}
    let_through = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert set(let_through) == copied
    folders = [*settings.TEMPLATES[0]["DIRS"], *settings.LOCALE_PATHS, *settings.STATICFILES_DIRS]
    assert {Path(folder).relative_to(ROOT).parts[0] for folder in folders} <= copied
    assert copied.issuperset(("borderwatch", "sources", "incidents"))
    assert re.search(r"^USER borderwatch$", words, re.MULTILINE)
