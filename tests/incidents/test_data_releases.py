"""Named data releases: frozen, checked, listed, with what changed since; nothing sealed is handed out."""

import hashlib
import io
import json
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command

from borderwatch.files import packages
from borderwatch.files.data_releases import release_named
from borderwatch.models import Change
from incidents.imports.documents import read_documents
from incidents.models import Statement
from tests.factories import make_user, publish_incident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def release(name, **options):
    call_command("release_dataset", name, site="https://border.example", verbosity=0, **options)


def content(client, name, file):
    return b"".join(client.get(f"/data/releases/{name}/{file}").streaming_content)


def correct(incident):
    figure = Statement.objects.get(incidents=incident).figures.get()
    figure.low = figure.best = figure.high = 7
    figure.save()
    figure.statement.publish(by=make_user(), kind=Change.CORRECTION, note="Miscounted.")


def test_a_release_is_listed_and_every_file_has_its_checksum(client):
    publish_incident()
    release("2026-10", doi="10.5281/zenodo.1")
    page = client.get("/data/releases/2026-10/").text
    assert "/data/releases/2026-10/" in client.get("/data/").text and "https://doi.org/10.5281/zenodo.1" in page
    sums = dict(reversed(line.split("  ")) for line in content(client, "2026-10", "SHA256SUMS").decode().splitlines())
    assert {"incidents.csv", "incidents.jsonl", "datapackage.json", "changes.jsonl", "datacite.json"} <= sums.keys()
    with zipfile.ZipFile(io.BytesIO(content(client, "2026-10", "borderwatch-2026-10.zip"))) as package:
        for file, digest in sums.items():
            told = content(client, "2026-10", file)
            assert hashlib.sha256(told).hexdigest() == digest and digest in page
            assert package.read(f"borderwatch/{file}") == told


def test_a_release_stays_what_it_was_and_the_next_one_lists_what_changed(client):
    incident = publish_incident()
    release("2026-10")
    before = content(client, "2026-10", "incidents.jsonl")
    correct(incident)
    release("2026-11")

    assert content(client, "2026-10", "incidents.jsonl") == before
    assert json.loads(content(client, "2026-10", "datapackage.json"))["as_of"] == release_named("2026-10")["as_of"]
    assert json.loads(content(client, "2026-11", "incidents.jsonl"))["toll"]["killed"]["best"] == 7
    changes = [json.loads(line) for line in content(client, "2026-11", "changes.jsonl").splitlines()]
    assert [(one["record"], one["kind"]) for one in changes] == [("statement", "correction"), ("incident", "figures")]
    citation = json.loads(content(client, "2026-11", "datacite.json"))
    assert citation["relatedIdentifiers"][0]["relatedIdentifier"] == "https://border.example/data/releases/2026-10/"
    assert citation["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0" and citation["version"] == "2026-11"


def test_what_is_published_while_a_release_is_made_stays_out_of_it(client, monkeypatch):
    incident = publish_incident()
    write, written = packages.write_folder, []

    def write_slowly(folder, resources, parameters, site, **kwargs):
        if not written:
            correct(incident)
        written.append(parameters)
        return write(folder, resources, parameters, site, **kwargs)

    monkeypatch.setattr(packages, "write_folder", write_slowly)
    release("2026-11")

    assert len(written) == 2
    assert json.loads(content(client, "2026-11", "incidents.jsonl"))["toll"]["killed"]["best"] == 5
    assert json.loads(content(client, "2026-11", "datapackage.json"))["as_of"] == release_named("2026-11")["as_of"]


def test_a_release_can_be_read_back(client, settings):
    incident = publish_incident()
    release("2026-11")
    documents = read_documents(settings.MEDIA_ROOT / "data-releases" / "2026-11" / "borderwatch-2026-11.zip")
    assert list(documents.told["incident"]) == [incident.public_id]


def test_a_sealed_record_takes_its_words_out_of_releases(client):
    incident, kept = publish_incident(title="Endangers somebody"), publish_incident(title="Endangers nobody")
    release("2026-11")
    incident.seal(by=make_user(), reason="It endangers a person.")

    assert client.get("/data/releases/2026-11/incidents.jsonl").status_code == 410
    assert "was sealed" in client.get("/data/releases/2026-11/").text
    release("2026-11")

    told = content(client, "2026-11", "incidents.jsonl").decode()
    assert kept.title in told and incident.title not in told + content(client, "2026-11", "changes.jsonl").decode()


def test_what_cannot_be_released_is_refused_in_words(client):
    with pytest.raises(CommandError, match="Nothing is public"):
        release("2026-11")
    publish_incident()
    with pytest.raises(CommandError, match="by its month"):
        release("../../etc")
    release("2026-11")
    with pytest.raises(CommandError, match="never changes"):
        release("2026-11")


def test_only_the_files_of_a_release_are_served(client):
    publish_incident()
    release("2026-11")
    for address in ("2026-11/release.json", "2026-11/..", "2026-12/incidents.csv", "nonsense/incidents.csv"):
        assert client.get(f"/data/releases/{address}").status_code == 404
    assert client.get("/data/releases/2026-12/").status_code == 404


def test_the_sitemap_lists_releases_with_their_pages(client):
    publish_incident()
    release("2026-11")
    listed = re.findall("<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert "/data/releases/2026-11/" in listed and client.get("/data/releases/2026-11/").status_code == 200
