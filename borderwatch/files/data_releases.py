"""Named data releases: the whole data set as it stood, frozen under a name such as 2026-11, to be cited and never changed.

A release is a folder among the stored files, so backups hold it. One that holds what was sealed since is not offered until it is
made again.
"""

import json
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from borderwatch.api.changes import entries
from borderwatch.batches import in_batches
from borderwatch.documents import moment_text
from borderwatch.files import packages
from borderwatch.files.exports import pieces
from borderwatch.models import Change, Edition
from borderwatch.projection import as_text, lock, public_data_changed

NAME = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-[a-z0-9]{1,12})?")
ABOUT = "release.json"
"""The file in a release's folder that tells of it; not offered itself."""
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/x-ndjson",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".zip": "application/zip",
}


class CannotRelease(Exception):
    """A sentence that says why nothing was made."""


def stored(name="", file=""):
    """The name of a release's folder, or of a file in it, among the stored files."""
    return "/".join(filter(None, ("data-releases", name, file)))


def listed(name=""):
    """(folders, files) in a release's folder, or in that of all."""
    try:
        return default_storage.listdir(stored(name))
    except FileNotFoundError:
        return [], []


def releases():
    """What is told of each release, newest first."""
    found = filter(None, map(release_named, listed()[0]))
    return sorted(found, key=lambda one: (one["last_sequence"], one["as_of"]), reverse=True)


def release_named(name):
    """What is told of one release; None where there is none."""
    if not NAME.fullmatch(name):
        return None
    try:
        with default_storage.open(stored(name, ABOUT)) as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def holds_sealed_words(release):
    """Whether something that was public when it was made, or before, was sealed since: its words may stand in the files."""
    known = Edition.objects.filter(sequence__lte=release["last_sequence"])
    return Edition.objects.filter(kind=Change.SEAL, sequence__gt=release["made_after"], uid__in=known.values("uid")).exists()


# Making one


def make(name, resources, site, doi=""):
    """Freeze the record as it stands under `name`; a release that holds sealed words is made again as of its own moment.

    Returns what is told of it. Raises CannotRelease.
    """
    if not NAME.fullmatch(name):
        raise CannotRelease(_("Name it by its month: 2026-11, or 2026-11-b for a second one."))
    before = release_named(name)
    if before and not holds_sealed_words(before):
        raise CannotRelease(_("%(name)s exists, and a release never changes: choose another name.") % {"name": name})
    told = again(before) if before else beginning(name, site, doi)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".release-") as scratch:
        folder = Path(scratch) / name
        fill(folder, told, resources)
        store(folder)
    with transaction.atomic():
        public_data_changed()
    return told


def store(folder):
    """Put a folder's files among the stored ones, in place of what stood there. What tells of the release goes first and comes last."""
    for file in sorted(listed(folder.name)[1], key=lambda file: file != ABOUT):
        default_storage.delete(stored(folder.name, file))
    for path in sorted(folder.iterdir(), key=lambda path: path.name == ABOUT):
        with path.open("rb") as file:
            default_storage.save(stored(folder.name, path.name), File(file))


def last_sequence():
    return Edition.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


@transaction.atomic
def beginning(name, site, doi):
    """What is told of a release before its files are written: under the lock, so that moment and sequence are one state."""
    lock()
    previous = next(iter(releases()), None)
    last = last_sequence()
    if not last:
        raise CannotRelease(_("Nothing is public yet."))
    told = {"name": name, "title": f"BorderWatch data set, release {name}", "site": site, "doi": doi, "as_of": moment_text(timezone.now())}
    since = {"previous": previous and previous["name"], "after_sequence": previous["last_sequence"] if previous else 0}
    return told | since | {"last_sequence": last, "made_after": last}


def again(before):
    """The same, for one that is made again without what was sealed since."""
    return {name: value for name, value in before.items() if name not in ("files", "counts", "changes")} | {"made_after": last_sequence()}


def fill(folder, told, resources):
    write_package(folder, told, resources)
    told["changes"] = write_changes(folder / "changes.jsonl", told)
    (folder / "datacite.json").write_text(json.dumps(citation(told), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    files = {path.name: measured(path) for path in sorted(folder.iterdir()) if path.name != "SHA256SUMS"}
    (folder / "SHA256SUMS").write_text("".join(f"{sum_}  {name}\n" for name, (sum_, _size) in files.items()), encoding="utf-8")
    packed = folder / f"borderwatch-{told['name']}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for file in [*files, "SHA256SUMS"]:
            packages.added(package, file, pieces((folder / file).open("rb")))
    files = {packed.name: measured(packed), **files, "SHA256SUMS": measured(folder / "SHA256SUMS")}
    told["files"] = [{"name": file, "sha256": digest, "bytes": size} for file, (digest, size) in files.items()]
    (folder / ABOUT).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def write_package(folder, told, resources):
    """The data package of the moment: as the record stands, which is quick; composed for its moment where anything was published since."""
    if last_sequence() == told["last_sequence"]:
        packages.write_folder(folder, resources, {}, told["site"], as_of=told["as_of"])
        if last_sequence() == told["last_sequence"]:
            return
        shutil.rmtree(folder)
    packages.write_folder(folder, resources, {"as_of": told["as_of"]}, told["site"])


def measured(path):
    """(SHA-256, bytes) of a file."""
    digest = sha256()
    for piece in pieces(path.open("rb")):
        digest.update(piece)
    return digest.hexdigest(), path.stat().st_size


def write_changes(path, told):
    """The change feed's entries since the release before; returns how many of each kind of record and of change there are."""
    counts = Counter()
    editions = Edition.objects.filter(sequence__gt=told["after_sequence"], sequence__lte=told["last_sequence"])
    with path.open("w", encoding="utf-8") as file:
        for batch in in_batches(editions.select_related("release").order_by("sequence").iterator(chunk_size=500), 500):
            for entry in entries(batch):
                counts[entry["record"], entry["kind"]] += 1
                file.write(as_text(entry) + "\n")
    return [{"record": record, "kind": kind, "count": count} for (record, kind), count in sorted(counts.items())]


def citation(told):
    """The metadata that DataCite takes (schema 4.5), as JSON."""
    address = f"{told['site']}/data/releases/{told['name']}/"
    day = told["as_of"][:10]
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "identifiers": [{"identifierType": "DOI", "identifier": told["doi"]}] if told["doi"] else [],
        "creators": [{"name": "BorderWatch", "nameType": "Organizational"}],
        "titles": [{"title": told["title"]}],
        "publisher": {"name": "BorderWatch"},
        "publicationYear": datetime.fromisoformat(told["as_of"]).year,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Event data"},
        "subjects": [{"subject": "armed conflict"}, {"subject": "Tajikistan"}, {"subject": "Afghanistan"}],
        "dates": [{"date": day, "dateType": "Issued"}, {"date": told["as_of"], "dateType": "Collected"}],
        "language": "en",
        "version": told["name"],
        "url": address,
        "formats": ["text/csv", "application/x-ndjson"],
        "relatedIdentifiers": previous_version(told),
        "rightsList": [{"rights": packages.LICENCE["title"], "rightsUri": packages.LICENCE["path"], "rightsIdentifier": "CC-BY-4.0"}],
        "descriptions": [{"descriptionType": "Abstract", "description": ABSTRACT}],
    }


ABSTRACT = (
    "Armed incidents along the Tajikistan-Afghanistan border, with every statement and figure on which the numbers rest. "
    "Numbers of incidents follow from attributed figures by rule BW-1."
)


def previous_version(told):
    if not told["previous"]:
        return []
    address = f"{told['site']}/data/releases/{told['previous']}/"
    return [{"relatedIdentifier": address, "relatedIdentifierType": "URL", "relationType": "IsNewVersionOf"}]


# Serving


@require_safe
def release_file(request, name, file):
    """One file of a release; 410 while it holds words that were sealed since."""
    release = release_named(name)
    known = {one["name"]: one for one in release["files"]} if release else {}
    if file not in known:
        raise Http404
    if holds_sealed_words(release):
        return HttpResponse(_("A record in this release was sealed. It is being made again without it."), status=410)
    headers = {"ETag": f'"{known[file]["sha256"]}"', "Cache-Control": "public, max-age=60", "Access-Control-Allow-Origin": "*"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    content_type = TYPES.get(Path(file).suffix, "text/plain; charset=utf-8")
    return FileResponse(default_storage.open(stored(name, file)), content_type=content_type, headers=headers)
