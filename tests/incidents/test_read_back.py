"""Our own documents, read back into an empty record, say the same under the same ids."""

import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from borderwatch.ledger import faults
from borderwatch.models import Release
from borderwatch.published import public_kinds
from incidents.demo import load
from incidents.models import Incident, Statement
from tests.factories import (
    make_actor,
    make_article,
    make_figure,
    make_incident,
    make_place,
    make_source,
    make_statement,
    make_user,
    publish_incident,
)

pytestmark = pytest.mark.django_db
OF_THIS_RECORD = ("edition", "first_published_at")
"""What tells of releases, and differs in another record."""


def documents():
    """Kind → id → public document."""
    return {
        kind: {row.public_id: json.loads(row.document) for row in model.objects.current().order_by("public_id")}
        for kind, model in public_kinds().items()
    }


def without_releases(found):
    for by_id in found.values():
        for document in by_id.values():
            for name in OF_THIS_RECORD:
                document.pop(name)
    return found


def exported(make, folder, kinds=None):
    """The documents of a record that `make` publishes and that is gone afterwards; as files too, one for each kind."""
    folder.mkdir(exist_ok=True)
    outer = transaction.savepoint()
    make()
    found = documents()
    for kind in kinds or found:
        lines = [json.dumps(document, ensure_ascii=False) for document in found[kind].values()]
        (folder / f"{kind}s.jsonl").write_text("".join(f"{line}\n" for line in reversed(lines)), encoding="utf-8")
    transaction.savepoint_rollback(outer)
    return found


def read_back(path):
    call_command("import_events", "borderwatch", str(path), "--publish")


def make_difficult_record():
    """Everything a document can hold, in four scripts, with texts that a spreadsheet would run."""
    country = make_place("Tajikistan", kind="country")
    place = make_place("Khatlon", parent=country, latitude=37.5, longitude=69.0)
    agency = make_source("=Ховар", languages=["tg", "ru"], url="https://example.org/", translations={"ru": {"name": "Ховар"}})
    government = make_actor("Ҳукумати Тоҷикистон", aliases=["'quoted", "-5"], country="TJ")
    government.outlets.add(agency)
    ministry = make_actor("وزارت امور خارجه", parent=government)
    ministry.offices.create(title="@minister", body=government, started_on="2020-01-01")
    article = make_article("Two\nlines", source=agency, url="https://example.org/1", byline="+A", published_on="2025-12-25")
    article.cites.add(make_source("د ننګرهار راډیو"))
    first = make_incident(
        "= Стычка", place=place, latitude=37.1, longitude=69.2, where_description="near the \t river", ended_on="2025-12-25"
    )
    second = make_incident("Second", place=place, launched_from=country, means=["drone"], external_ids={"acled": "TAJ1"})
    claim = make_statement(first, second, article=article, speaker=ministry, quote="'=1+1", said_on="2025-12-24", credibility=2)
    make_figure(claim, low=5, best=None, high=None, wording="more than four")
    make_figure(claim, low=2, best=2, high=2, incident=first, group="civilians", nationality="CN", party=government)
    total = make_figure(claim, low=None, measure="injured", wording="several", incident=second)
    total.derived_from.set(claim.figures.all()[:1])
    claim.labels.create(actor=ministry, words="террористы", language="ru")
    claim.assertions.create(about="place", place=place, incident=first, wording="-ba Khatlon")
    denial = make_statement(second, article=article, act="denial", denies="occurrence", in_reply_to=claim, speaker=None, speaker_as="They")
    make_statement(first, article=article, act="report", attribution="outlet", killed=3, supersedes=denial, retracted_on="2025-12-30")
    tally = make_statement(article=article, act="tally", covers_start="2025-11-01", covers_end="2025-12-31", incidents_low=2, killed=9)
    first.participations.create(actor=ministry, role="responder", according_to=claim)
    first.participations.create(described_as="three men", role="alleged_attacker")
    for record in (claim, denial, first, second, tally):
        record.publish(by=make_user())


def test_a_whole_record_reads_back_as_the_same_documents_under_the_same_ids(tmp_path):
    found = exported(make_difficult_record, tmp_path / "files")
    make_place("Khatlon", parent=make_place("Tajikistan", kind="country"), latitude=37.5, longitude=69.0)

    read_back(tmp_path / "files")

    assert without_releases(documents()) == without_releases(found)
    assert Release.objects.count() == 1 and not list(faults())
    assert publish_incident().public_id == "BW-2025-0003", "ids go on after the highest"


def test_the_demo_record_reads_back_from_a_zip_file(tmp_path):
    call_command("load_gazetteer")
    found = exported(lambda: load(make_user()), tmp_path / "files")
    with zipfile.ZipFile(tmp_path / "record.zip", "w") as package:
        for path in (tmp_path / "files").iterdir():
            package.write(path, f"data/{path.name}")

    read_back(tmp_path / "record.zip")

    assert without_releases(documents()) == without_releases(found)


def test_incidents_alone_read_back_as_the_same_incidents(tmp_path, capsys):
    found = exported(make_difficult_record, tmp_path / "files", kinds=["incident"])
    make_place("Khatlon", parent=make_place("Tajikistan", kind="country"), latitude=37.5, longitude=69.0)

    read_back(tmp_path / "files" / "incidents.jsonl")

    assert without_releases(documents())["incident"] == without_releases(found)["incident"]
    assert "actors: only named here" in capsys.readouterr().out


def test_the_same_file_again_changes_nothing(tmp_path):
    exported(publish_incident, tmp_path / "files")
    read_back(tmp_path / "files")
    read_back(tmp_path / "files")
    assert Release.objects.count() == Incident.objects.count() == 1


def test_unpublished_it_waits_on_the_desk_without_ids(tmp_path):
    exported(publish_incident, tmp_path / "files")
    call_command("import_events", "borderwatch", str(tmp_path / "files"))
    incident = Incident.objects.get()
    assert (incident.review_state, incident.public_id) == ("draft", None)
    assert Statement.objects.get().figures.get().public_id is None


def test_a_record_with_content_is_refused(tmp_path, capsys):
    exported(publish_incident, tmp_path / "files")
    make_source()
    with pytest.raises(CommandError):
        read_back(tmp_path / "files")
    assert "empty record only; this one has sources" in capsys.readouterr().err


def test_every_bad_value_is_named_with_its_row_and_nothing_is_written(tmp_path, capsys):
    exported(publish_incident, tmp_path / "files", kinds=["incident"])
    path = tmp_path / "files" / "incidents.jsonl"
    good = path.read_text()
    bad = json.loads(good) | {"id": "BW-2025-0002", "kind": "party", "place": {"id": "atlantis"}}
    bad["date"] = {"start": "yesterday", "end": "yesterday", "precision": 9}
    path.write_text(good + json.dumps(bad) + "\n" + good)
    with pytest.raises(CommandError):
        read_back(path)
    errors = capsys.readouterr().err
    for words in (
        "row 2: incidents.jsonl: kind: ",
        "place: “atlantis”",
        "date: “yesterday”",
        "date_precision: ",
        "row 3: incidents.jsonl: id: ",
    ):
        assert words in errors
    assert not Incident.objects.exists()
