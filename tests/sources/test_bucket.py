"""Stored files in an S3 bucket: the same rules as in a folder, and readers never see the bucket."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from borderwatch.files.data_releases import releases
from borderwatch.operating.backups import write_backup
from borderwatch.picture_names import sizes_of
from tests.factories import make_article, make_user, publish_incident
from tests.sources.pictures import painting, saved, upload

moto = pytest.importorskip("moto")
boto3 = pytest.importorskip("boto3")
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")]
BUCKET = "border-pictures"


@pytest.fixture(autouse=True)
def bucket(settings, monkeypatch):
    """The site's files in a bucket that only this process sees."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with moto.mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket=BUCKET)
        options = {"bucket_name": BUCKET, "file_overwrite": False, "max_memory_size": 1 << 20}
        settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}}
        yield client


@pytest.fixture
def article():
    return make_article(
        image=upload(saved(painting((600, 400)), "PNG")), image_alt="A burnt lorry", image_credit="A. Author", image_rights="CC BY 4.0"
    )


def names_in(bucket):
    return sorted(found["Key"] for found in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", []))


def test_readers_see_a_picture_while_a_public_record_shows_it(bucket, client, article):
    name = article.image.name
    assert names_in(bucket) == sorted([name, *(size.file for size in sizes_of(name))])
    assert client.get(f"/media/{name}").status_code == 404
    article.publish(by=make_user())
    answer = client.get(f"/media/{name}")
    with default_storage.open(name) as kept:
        assert b"".join(answer.streaming_content) == kept.read()
    assert answer["Content-Type"] == "image/png" and answer["Cache-Control"] == "public, max-age=60"
    article.withdraw(by=make_user(), reason="The wrong lorry.")
    assert client.get(f"/media/{name}").status_code == 404


def test_a_picture_that_the_bucket_has_not_is_not_found(bucket, client, article):
    article.publish(by=make_user())
    bucket.delete_object(Bucket=BUCKET, Key=article.image.name)
    assert client.get(f"/media/{article.image.name}").status_code == 404


def test_a_data_release_stands_in_the_bucket(bucket, client):
    publish_incident(title="Clash at the Panj")
    call_command("release_dataset", "2026-10", site="https://border.example", verbosity=0)
    assert [release["name"] for release in releases()] == ["2026-10"]
    packed = client.get("/data/releases/2026-10/borderwatch-2026-10.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))) as package:
        assert b"Clash at the Panj" in package.read("borderwatch/incidents.csv")


def test_a_backup_holds_the_bucket(bucket, article, tmp_path, monkeypatch):
    monkeypatch.setattr("borderwatch.operating.backups.copier", lambda: NoDatabase)
    files = write_backup(tmp_path / "site.backup")["files"]
    assert {f"media/{name}" for name in names_in(bucket)} <= set(files)


class NoDatabase:
    """In place of the copy of a database, which tests inside a transaction cannot make."""

    name = "database.none"
    make = staticmethod(lambda path: path.write_bytes(b""))
