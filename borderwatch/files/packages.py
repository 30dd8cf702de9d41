"""The whole data set as a Frictionless data package: CSV tables with their schema, whole documents as JSON Lines, README, checksums.

Every file is made of what readers see, by the same path as single files (exports.py); the same record gives the same bytes.
"""

import hashlib
import io
import json
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from borderwatch.documents import moment_text
from borderwatch.files import exports
from borderwatch.files.exports import Table
from borderwatch.models import DataVersion

LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}
TYPES = {
    "integer": "low best high edition credibility date_precision place_precision said_precision published_precision".split(),
    "number": "latitude longitude".split(),
    "boolean": "open_ended together adds".split(),
    "date": "date_start date_end said_on published_on retracted_on reliability_assessed_on".split(),
    "datetime": "published_at updated_at".split(),
}
MEASURES = ("killed_", "injured_")
SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the ZIP file: what it holds says when, its packing does not."""
README = """# {title}

Armed incidents along the Tajikistan-Afghanistan border, as published at {site}.

* As of: {as_of}; last change of the record: {changed}
* Licence: {licence} ({licence_path}); quoted words remain their speakers'.
* `datapackage.json` describes every table (Frictionless Data Package); `SHA256SUMS` holds the checksums.
* The tables join by id: figures to statements and incidents, statements to articles and actors, participants to incidents and actors.
* The `.jsonl` files hold whole documents, one a line, and are what the record can be read back from.

A blank number was not reported: it is not zero. Numbers of incidents are computed from attributed figures by rule BW-1. Places and
dates carry their precision. A text that a spreadsheet would run as a formula has a ' before it in the CSV files.
"""


@dataclass(frozen=True)
class Resource:
    """A table of the package; `is_whole`: its documents go into a JSON Lines file too."""

    table: Table
    filterset_class: type
    is_whole: bool = False


def files(resources, parameters, site):
    """(name, bytes in pieces) of every file but the descriptions; `parameters`: what readers may ask of all, such as as_of."""
    for resource in resources:
        name = resource.table.name
        asked = resource.filterset_class(parameters)
        yield f"{name}.csv", exports.csv_file(resource.table, asked, site)
        if resource.is_whole:
            yield f"{name}.jsonl", exports.json_lines(resource.table.batches(asked, site), site)


def write_folder(folder, resources, parameters, site, as_of=None):
    """Write the package into `folder` (a Path, made where it is missing). Returns the number of files.

    `as_of`: the moment that it is said to show, where `parameters` names none.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    sums = {}
    for name, pieces in files(resources, parameters, site):
        sums[name] = written(folder / name, pieces)
    for name, text in descriptions(resources, {"as_of": as_of} | parameters, site, sums):
        sums[name] = written(folder / name, [text.encode()])
    written(folder / "SHA256SUMS", [checksums(sums).encode()])
    return len(sums) + 1


def written(path, pieces):
    """Write one file; (SHA-256, bytes) of it."""
    with path.open("wb") as file:
        return copied(pieces, file)


def copied(pieces, file):
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        file.write(piece)
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def zip_file(resources, parameters, site):
    """The package as a ZIP file: an open temporary file, at its beginning."""
    packed = tempfile.TemporaryFile()  # noqa: SIM115 (whoever reads it closes it)
    sums = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, pieces in files(resources, parameters, site):
            sums[name] = added(package, name, pieces)
        for name, text in descriptions(resources, parameters, site, sums):
            sums[name] = added(package, name, [text.encode()])
        added(package, "SHA256SUMS", [checksums(sums).encode()])
    packed.seek(0, io.SEEK_SET)
    return packed


def added(package, name, pieces):
    entry = zipfile.ZipInfo(f"borderwatch/{name}", SAME_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with package.open(entry, "w", force_zip64=True) as file:
        return copied(pieces, file)


def checksums(sums):
    """As `sha256sum --check` reads it."""
    return "".join(f"{digest}  {name}\n" for name, (digest, _size) in sorted(sums.items()))


# Descriptions


def descriptions(resources, parameters, site, sums):
    """(name, text) of what describes the other files."""
    changed_at = DataVersion.objects.values_list("changed_at", flat=True).first()
    told = {
        "title": "BorderWatch data set",
        "site": site,
        "changed": moment_text(changed_at) or "never",
        "as_of": parameters.get("as_of") or "now",
    }
    yield "datapackage.json", json.dumps(described(resources, told, sums), ensure_ascii=False, indent=2) + "\n"
    yield "README.md", README.format(**told, licence=LICENCE["title"], licence_path=LICENCE["path"])


def described(resources, told, sums):
    tables = [tabular(resource.table, *sums[f"{resource.table.name}.csv"]) for resource in resources]
    whole = [documents(resource.table.name, *sums[f"{resource.table.name}.jsonl"]) for resource in resources if resource.is_whole]
    return {
        "profile": "data-package",
        "name": "borderwatch",
        "title": told["title"],
        "homepage": told["site"],
        "created": told["changed"],
        "as_of": told["as_of"],
        "licenses": [LICENCE],
        "resources": tables + whole,
    }


def tabular(table, digest, size):
    fields = [{"name": name, "type": type_of(name), "description": meaning} for name, meaning in table.columns.items()]
    schema = {"fields": fields, "missingValues": [""]} | ({"primaryKey": list(table.key)} if table.key else {})
    if table.links:
        schema["foreignKeys"] = [linked(column, other) for column, other in table.links.items()]
    return file_of(table.name, "csv", "text/csv", digest, size) | {
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": schema,
    }


def linked(column, other):
    return {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}


def documents(name, digest, size):
    """`type`: frictionless takes whole documents for a table otherwise."""
    told = {"name": f"{name}-documents", "profile": "data-resource", "type": "file"}
    return file_of(name, "jsonl", "application/x-ndjson", digest, size) | told


def file_of(name, form, media_type, digest, size):
    told = {"name": name, "path": f"{name}.{form}", "format": form, "mediatype": media_type}
    return told | {"bytes": size, "hash": f"sha256:{digest}"}


def type_of(column):
    """The Frictionless type of a column, by its name."""
    for measure in MEASURES:
        column = column.removeprefix(measure)
    return next((kind for kind, names in TYPES.items() if column in names), "string")
