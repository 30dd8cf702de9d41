"""Backups restore: what comes back is what was there, a damaged one is named, and nothing is overwritten unasked."""

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest

from borderwatch.operating.backups import Backup
from tests.site_copies import Demo, SiteCopy, make_site_copy  # noqa: F401

on_sqlite = pytest.mark.skipif(bool(os.environ.get("TEST_DATABASE_URL")), reason="about SQLite's files")

PUBLISH_ONE = """
import io
from django.core.files.base import ContentFile
from PIL import Image
from sources.models import Source
out = io.BytesIO()
Image.new("RGB", (4, 4), "navy").save(out, "PNG")
source = Source.objects.create(name="{0}", slug="{0}", kind="ngo", logo=ContentFile(out.getvalue(), name="logo.png"))
source.publish(by=None)
print(source.public_id, source.logo.name, source.edition.chain)
"""


def number(public_id):
    return int(public_id.rpartition("-")[2])


@dataclass
class BackedUp:
    """A site and its backup; tests change copies of them."""

    site: SiteCopy
    backup: Path
    picture: str
    last: int
    chain: str

    @property
    def whole(self):
        return self.backup.read_bytes()


@pytest.fixture(scope="module")
def monday(make_site_copy, tmp_path_factory):  # noqa: F811
    site, backup = make_site_copy(like=Demo()), tmp_path_factory.mktemp("backups") / "monday.backup"
    public_id, picture, chain = site.tell(PUBLISH_ONE.format("before")).split()
    done = site.manage("backup", str(backup))
    assert done.returncode == 0 and "3 pictures" in done.stdout, done.stderr  # its own format, WebP and AVIF
    return BackedUp(site, backup, picture, number(public_id), chain)


AFTERWARDS = """
import json
from django.core.management import call_command
from django.test import Client
from borderwatch.models import Edition
call_command("rebuild_public")
call_command("verify_ledger")
before, told, again = Edition.objects.order_by("-sequence").values_list("chain", "kind", "public_id")[:3][::-1]
changes = Client(headers={{"host": "localhost"}}).get("/api/v1/changes/?after={0}").json()
print(json.dumps([before[0], again[2], [entry["kind"] for entry in changes["results"]]]))
"""
"""After the ledger was found whole: the last chain value of the backup, the next public id, and what a mirror at {0} is told."""


def test_what_comes_back_is_what_was_there_no_id_is_given_twice_and_mirrors_are_told(monday, make_site_copy, record_property):  # noqa: F811
    site = make_site_copy(like=monday.site)
    seen = int(site.tell(PUBLISH_ONE.format("lost") + "print(source.edition.sequence)"))
    (site.folder / "media" / monday.picture).write_bytes(b"damaged")
    refused = site.manage("restore", str(monday.backup))
    assert refused.returncode == 1 and "--force" in refused.stderr
    done = site.manage("restore", str(monday.backup), "--force")
    assert done.returncode == 0, done.stderr
    chain, next_id, told = json.loads(site.tell(PUBLISH_ONE.format("again") + AFTERWARDS.format(seen)))
    assert chain == monday.chain and number(next_id) > monday.last + 100 and told == ["restored_backup", "new"]
    assert (site.folder / "media" / monday.picture).read_bytes().startswith(b"\x89PNG")
    told = f"restored over a later record: {number(next_id) - monday.last - 1} ids skipped, mirrors told restored_backup"
    record_property("promise", f"Q12: {told}")


def test_a_new_machine_takes_over_the_record_its_secret_and_its_triggers(monday, make_site_copy):  # noqa: F811
    other = make_site_copy()
    done = other.manage("restore", str(monday.backup), "--skip-ids", "0")
    assert done.returncode == 0, done.stderr
    assert (other.folder / "secret-key").read_text() == (monday.site.folder / "secret-key").read_text()
    assert (other.folder / "media" / monday.picture).exists() and monday.chain in other.manage("verify_ledger").stdout
    assert other.tell("from borderwatch import triggers; print(triggers.missing())") == "[]"
    assert number(other.tell(PUBLISH_ONE.format("next")).split()[0]) == monday.last + 1


def test_a_backup_is_for_its_owner_alone_and_never_overwritten(monday):
    assert monday.backup.stat().st_mode & 0o077 == 0 and [path.name for path in monday.backup.parent.iterdir()] == ["monday.backup"]
    again = monday.site.manage("backup", str(monday.backup))
    assert again.returncode == 1 and "exists already" in again.stderr


# Damaged backups


def damage(backup, name):
    """Change one byte in the middle of a file in the backup."""
    with zipfile.ZipFile(backup) as archive:
        place = archive.getinfo(name)
    content = bytearray(backup.read_bytes())
    content[place.header_offset + 30 + len(name) + place.compress_size // 2] ^= 0xFF
    backup.write_bytes(content)


def leave_out(backup, name):
    with zipfile.ZipFile(backup) as archive:
        kept = {one: archive.read(one) for one in archive.namelist() if one != name}
    with zipfile.ZipFile(backup, "w") as archive:
        for one, content in kept.items():
            archive.writestr(one, content)


def exchange(backup, name, content=b"another"):
    """Replace a file in the backup by another one; the archive itself is whole."""
    with zipfile.ZipFile(backup) as archive:
        kept = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(backup, "w") as archive:
        for one in kept:
            archive.writestr(one, content if one == name else kept[one])


@pytest.mark.parametrize(("spoil", "what"), [(damage, "is damaged"), (exchange, "is damaged"), (leave_out, "is missing")])
def test_a_damaged_backup_is_named_with_what_is_damaged_in_it(monday, tmp_path, spoil, what):
    copy = tmp_path / "monday.backup"
    for name in json.loads(zipfile.ZipFile(monday.backup).read("manifest.json"))["files"]:
        copy.write_bytes(monday.whole)
        spoil(copy, name)
        with Backup(copy) as backup:
            assert list(backup.faults()) == [f"{copy}: {name} {what}."]


def test_a_backup_that_does_not_hold_changes_nothing(monday, tmp_path):
    cut, damaged = tmp_path / "cut.backup", tmp_path / "damaged.backup"
    cut.write_bytes(monday.whole[: len(monday.whole) // 2])
    damaged.write_bytes(monday.whole)
    damage(damaged, "secret-key")
    for backup in (cut, damaged):
        refused = monday.site.manage("restore", str(backup), "--force")
        assert refused.returncode == 1 and str(backup) in refused.stderr
    assert monday.chain in monday.site.manage("verify_ledger").stdout
    assert "is whole" in monday.site.manage("restore", str(monday.backup), "--check").stdout


def test_a_backup_of_a_later_version_is_refused(monday, tmp_path):
    copy = tmp_path / "later.backup"
    copy.write_bytes(monday.whole)
    manifest = json.loads(zipfile.ZipFile(copy).read("manifest.json"))
    manifest["migrations"].append(["sources", "9999_not_yet_written"])
    exchange(copy, "manifest.json", json.dumps(manifest).encode())
    refused = monday.site.manage("restore", str(copy), "--force")
    assert refused.returncode == 1 and "sources.9999_not_yet_written" in refused.stderr


# What SQLite leaves beside its file


@on_sqlite
def test_a_write_ahead_log_of_another_moment_is_not_played_into_the_restored_record(monday, make_site_copy):  # noqa: F811
    overwritten, other = make_site_copy(like=monday.site), make_site_copy()
    with closing(sqlite3.connect(overwritten.database)) as old:
        old.execute("UPDATE sources_source SET name = 'overwritten'")
        old.commit()
        shutil.copy(f"{overwritten.database}-wal", other.folder)
    done = other.manage("restore", str(monday.backup))
    assert done.returncode == 0 and "borderwatch.sqlite3-wal was kept as" in done.stdout, done.stderr
    with closing(sqlite3.connect(other.database)) as restored:
        assert restored.execute("SELECT count(*) FROM sources_source WHERE name = 'overwritten'").fetchone() == (0,)


@on_sqlite
def test_a_site_in_use_is_not_replaced_and_a_damaged_one_can_be(monday, make_site_copy):  # noqa: F811
    site = make_site_copy(like=monday.site)
    with closing(sqlite3.connect(site.database)) as reader:
        reader.execute("SELECT count(*) FROM sources_source").fetchone()
        refused = site.manage("restore", str(monday.backup), "--force")
    assert refused.returncode == 1 and "Stop the site" in refused.stderr
    site.database.write_bytes(b"not a database any more" * 1000)
    unasked = site.manage("restore", str(monday.backup))
    assert unasked.returncode == 1 and "--force" in unasked.stderr
    done = site.manage("restore", str(monday.backup), "--force", "--skip-ids", "0")
    assert done.returncode == 0 and "cannot be read any more" in done.stdout, done.stderr
    assert monday.chain in site.manage("verify_ledger").stdout


# Encrypted


def test_an_encrypted_backup_tells_nothing_and_opens_with_its_key_alone(monday, tmp_path):
    keys = [pyrage.x25519.Identity.generate() for _number in range(2)]
    mine, theirs = tmp_path / "mine.txt", tmp_path / "theirs.txt"
    for path, key in zip((mine, theirs), keys, strict=True):
        path.write_text(f"# public key: {key.to_public()}\n{key}\n")
    backup = tmp_path / "locked.backup"
    made = monday.site.manage("backup", str(backup), "--encrypt-to", str(keys[0].to_public()))
    assert made.returncode == 0 and "encrypted" in made.stdout, made.stderr
    assert backup.read_bytes().startswith(b"age-encryption.org/") and b"SQLite format" not in backup.read_bytes()
    assert [path.name for path in tmp_path.glob("locked*")] == ["locked.backup"] and backup.stat().st_mode & 0o077 == 0
    assert "is encrypted: give --key" in monday.site.manage("restore", str(backup), "--check").stderr
    assert "cannot be read with this key" in monday.site.manage("restore", str(backup), "--check", "--key", str(theirs)).stderr
    assert "is whole" in monday.site.manage("restore", str(backup), "--check", "--key", str(mine)).stdout


def test_a_word_that_is_no_key_is_refused(monday, tmp_path):
    done = monday.site.manage("backup", str(tmp_path / "b.backup"), "--encrypt-to", "secret")
    assert done.returncode == 1 and "is no public key of age" in done.stderr and list(tmp_path.iterdir()) == []
