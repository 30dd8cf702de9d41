"""Our own public documents, read back: a JSON Lines file of incidents, or a folder or ZIP file with one such file for each kind.

An incident's document holds its statements, and names their articles, sources and actors; the files of those kinds tell all of them.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from incidents.imports.reading import Unreadable, decoded

FILES = {f"{kind}s.jsonl": kind for kind in ("source", "actor", "article", "statement", "incident")}
ACTOR_REFERENCES = ("speaker", "on_behalf_of", "based_on", "attributed_to")


@dataclass
class Told:
    """A document as far as the files tell it; `row` and `file` say where it stands first."""

    document: dict
    row: int
    file: str


@dataclass
class Documents:
    """Kind → public id → Told; `links`: (statement, incident) → certainty."""

    name: str
    sha256: str = ""
    told: dict = field(default_factory=lambda: {kind: {} for kind in FILES.values()})
    links: dict = field(default_factory=dict)
    repeated: list = field(default_factory=list)
    """(row, file, id, first row) of documents that stand there twice."""

    @property
    def count(self):
        return sum(len(found) for found in self.told.values())

    def of_kind(self, kind):
        """Told documents in the order of their ids."""
        return [self.told[kind][public_id] for public_id in sorted(self.told[kind], key=in_order)]

    def links_in_order(self):
        """(statement, incident, certainty), as the statement's own document lists its incidents, else by their ids."""
        own = {said: list(told.document.get("incidents", [])) for said, told in self.told["statement"].items()}
        listed = {(said, one["id"]): place for said, found in own.items() for place, one in enumerate(found)}
        order = sorted(self.links, key=lambda pair: (in_order(pair[0]), listed.get(pair, 0), in_order(pair[1])))
        return [(*pair, self.links[pair]) for pair in order]


def in_order(public_id):
    return [(len(part), part) for part in str(public_id).split("-")]


def read_documents(path):
    """The Documents of a file, folder or ZIP file. Raises Unreadable."""
    path = Path(path)
    found, digest = Documents(path.name), hashlib.sha256()
    for file, content in contents(path):
        digest.update(content)
        for row, document in lines(file, content):
            tell(found, FILES.get(file, "incident"), document, row, file)
    found.sha256 = digest.hexdigest()
    for told in list(found.told["incident"].values()):
        tell_what_it_names(found, told)
    for told in list(found.told["statement"].values()):
        tell_what_is_said(found, told)
    for told in list(found.told["article"].values()):
        for source in [told.document.get("source"), told.document.get("origin"), *told.document.get("cites", [])]:
            mention(found, "source", source, told)
    return found


def contents(path):
    """(file name, bytes) of what is to be read, in the order of kinds."""
    try:
        if path.is_dir():
            found = {one.name: one.read_bytes() for one in path.rglob("*.jsonl") if one.name in FILES}
        elif path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as package:
                found = {Path(name).name: package.read(name) for name in package.namelist() if Path(name).name in FILES}
        else:
            return [(path.name, path.read_bytes())]
    except (OSError, zipfile.BadZipFile) as error:
        raise Unreadable(f"{path}: {error}") from error
    if not found:
        raise Unreadable(_("%(name)s holds none of %(files)s.") % {"name": path.name, "files": ", ".join(FILES)})
    return [(name, found[name]) for name in FILES if name in found]


def lines(file, content):
    for row, line in enumerate(decoded(Path(file), content).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except ValueError as error:
            raise Unreadable(_("%(name)s: line %(line)d is not JSON: %(error)s") % {"name": file, "line": row, "error": error}) from error
        if not isinstance(document, dict) or not isinstance(document.get("id"), str):
            raise Unreadable(_("%(name)s: line %(line)d is not a document with an id.") % {"name": file, "line": row})
        yield row, document


def tell(found, kind, document, row, file):
    first = found.told[kind].setdefault(document["id"], Told(document, row, file))
    if first.document is not document:
        found.repeated.append((row, file, document["id"], first.row))


def mention(found, kind, document, by):
    """A record that another document names: what is said of it there counts where no file tells it."""
    if document:
        found.told[kind].setdefault(document["id"], Told(document, by.row, by.file))


def tell_what_it_names(found, told):
    """An incident's statements and participants."""
    for statement in told.document.get("statements", []):
        found.links[statement["id"], told.document["id"]] = statement.get("certainty", "certain")
        mention(found, "statement", statement, told)
    for part in told.document.get("participants", []):
        mention(found, "actor", part["actor"], told)


def tell_what_is_said(found, told):
    """A statement's article, its source, and everyone it names."""
    said = told.document
    for incident in said.get("incidents", []):
        found.links.setdefault((said["id"], incident["id"]), incident.get("certainty", "certain"))
    mention(found, "article", said.get("article"), told)
    mention(found, "source", said.get("released_through"), told)
    named = [said.get(name) for name in ACTOR_REFERENCES] + [figure.get("party") for figure in said.get("figures", [])]
    for actor in [*named, *(label["actor"] for label in said.get("labels", []))]:
        mention(found, "actor", actor, told)
    remember_who_speaks_with_one_voice(found, told)


def remember_who_speaks_with_one_voice(found, told):
    """The origin of a statement says whose voice its speaker or its source is, where no file tells of them."""
    said, origin = told.document, told.document.get("origin")
    if not origin or origin["type"] != "actor":
        return
    mention(found, "actor", {"id": origin["id"], "name": origin["name"]}, told)
    speaker = said.get("based_on") or said.get("on_behalf_of") or said.get("speaker")
    article = said.get("article") or {}
    source = said.get("released_through") or (article.get("source") if said.get("attribution") == "outlet" else None)
    if speaker and speaker["id"] != origin["id"]:
        found.told["actor"][speaker["id"]].document.setdefault("parent", {"id": origin["id"]})
    elif source and not speaker:
        outlets = found.told["actor"][origin["id"]].document.setdefault("outlets", [])
        outlets += [] if source["id"] in {one["id"] for one in outlets} else [source]
