"""Our own record, read back into an empty one: public documents become desk records again, and published they keep their ids."""

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _

from incidents.imports.documents import Documents
from incidents.imports.events import uid_of
from incidents.imports.remarks import Remark
from incidents.models import (
    Actor,
    Assertion,
    Figure,
    ImportBatch,
    Incident,
    Label,
    Office,
    Participation,
    Place,
    Statement,
    StatementIncident,
)
from sources.models import Article, Source

LAYOUT = "borderwatch"
MODELS = {"source": Source, "actor": Actor, "article": Article, "statement": Statement, "incident": Incident}
PLAIN = {
    "source": "name slug kind country languages ownership scale reliability reliability_reason reliability_assessed_on translations",
    "actor": "name slug kind country description aliases external_ids translations",
    "article": "headline archive_url byline language published_on published_precision summary retracted_on retraction_notice translations",
    "statement": "speaker_as speaker_title attribution attributed_to_as act denies said_on said_precision retracted_on quote text language "
    "original_text original_language translated_by credibility outcome outcome_reason translations",
    "incident": "title slug kind means summary content_warning external_ids translations",
}
"""Fields that a document holds under their own names."""
NAMED = {
    "source": {},
    "actor": {"parent": "actor"},
    "article": {"source": "source", "origin": "source", "duplicate_of": "article"},
    "statement": dict.fromkeys(("speaker", "on_behalf_of", "based_on", "attributed_to"), "actor")
    | {"released_through": "source", "article": "article"}
    | dict.fromkeys(("supersedes", "in_reply_to", "outcome_statement"), "statement"),
    "incident": {},
}
"""Fields that name another record: as a reference, or by its id alone."""
COUNTED = "id measure group nationality low best high wording adds calculation verdict verdict_reason".split()


@dataclass
class RecordPlan:
    """What reading documents back would write; with errors nothing. `records`: kind → public id → the unsaved desk record."""

    documents: Documents
    records: dict = field(default_factory=lambda: {kind: {} for kind in MODELS})
    parts: list = field(default_factory=list)
    many: list = field(default_factory=list)
    """(field, of record, its values) of lists of other records, set when all are saved."""
    errors: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    is_known: bool = False
    figures: dict = field(default_factory=dict)

    @property
    def total(self):
        """Documents told."""
        return self.documents.count

    @property
    def public_ids(self):
        """uid → the public id that a record had, figures' ids under themselves."""
        ids = {str(record.uid): public_id for found in self.records.values() for public_id, record in found.items()}
        return ids | {part.public_id: part.public_id for part in self.parts if isinstance(part, Figure)}


def plan_record(documents):
    """The RecordPlan of reading `documents` back; every value that cannot be is an error with its row."""
    plan = RecordPlan(documents)
    known = ImportBatch.objects.filter(layout=LAYOUT, sha256=documents.sha256, undone_at=None)
    plan.is_known = known.exists()
    if plan.is_known:
        return plan
    refuse_a_record_with_content(plan)
    for row, file, public_id, first in documents.repeated:
        plan.errors.append(Remark(row, place_in(file, "id"), _("%(key)s stands in row %(first)d too") % {"key": public_id, "first": first}))
    tell_what_is_only_named(plan)
    Reading(plan).all()
    return plan


def tell_what_is_only_named(plan):
    """Incidents alone name their sources and actors without saying what these are."""
    for kind in ("source", "actor", "article"):
        named = [told for told in plan.documents.of_kind(kind) if "edition" not in told.document]
        if named:
            ids = ", ".join(told.document["id"] for told in named)
            words = _("only named here, what else was public of them is in other files: %(ids)s") % {"ids": ids}
            plan.notices.append(Remark(named[0].row, place_in(named[0].file, f"{kind}s"), words))


def refuse_a_record_with_content(plan):
    """Ids can be kept in an empty record only; gazetteer and accounts do not count."""
    filled = [str(model._meta.verbose_name_plural) for model in MODELS.values() if model.objects.exists()]
    if filled:
        words = _("our own files are read into an empty record only; this one has %(kinds)s") % {"kinds": ", ".join(filled)}
        plan.errors.append(Remark(1, "", words))


def place_in(file, column):
    return f"{file}: {column}" if column else file


class Reading:
    """One reading: every document becomes an unsaved desk record, then its parts and what it names are joined."""

    def __init__(self, plan):
        self.plan, self.documents = plan, plan.documents
        self.places = {place.slug: place for place in Place.objects.all()}

    def all(self):
        for kind in MODELS:
            for told in self.documents.of_kind(kind):
                self.plan.records[kind][told.document["id"]] = self.record(kind, told)
        for kind in MODELS:
            for told in self.documents.of_kind(kind):
                self.told = told
                self.join(kind, self.plan.records[kind][told.document["id"]], told.document)
        self.link()
        for kind, found in self.plan.records.items():
            for public_id, record in found.items():
                self.check(record, self.documents.told[kind][public_id])

    def record(self, kind, told):
        self.told, document = told, told.document
        values = {name: document[name] for name in PLAIN[kind].split() if document.get(name) is not None}
        extra = getattr(self, f"{kind}_fields", lambda document: {})(document)
        record = MODELS[kind](uid=uid_of(LAYOUT, kind, document["id"]), **(values | extra))
        if hasattr(record, "slug") and not record.slug:
            record.slug = f"{slugify(document.get('name', ''))[:70]}-{document['id'].lower()}".strip("-")
        if document.get("image") or document.get("images") or document.get("logo"):
            self.notice("image", _("the picture itself is not in this file and was left out"))
        return record

    # What stands elsewhere in the document than in the record

    def source_fields(self, document):
        return {"url": document.get("website") or ""}

    def article_fields(self, document):
        return {"url": document.get("original_url") or None}

    def statement_fields(self, document):
        covers = document.get("covers") or {}
        return {
            "about_place": self.place("about_place", document.get("about_place")),
            "covers_start": covers.get("start"),
            "covers_end": covers.get("end"),
            "covers_place": self.place("covers", covers.get("place")),
            "incidents_low": covers.get("incidents_low"),
            "incidents_high": covers.get("incidents_high"),
            "covers_note": covers.get("note") or "",
        }

    def incident_fields(self, document):
        date, where = document.get("date") or {}, document.get("place") or {}
        place = self.place("place", where) if where.get("id") else None
        is_own_point = place is None or (where.get("latitude"), where.get("longitude")) != (place.latitude, place.longitude)
        return {
            "started_on": self.day("date", date.get("start")),
            "ended_on": self.day("date", date.get("end")) if date.get("end") != date.get("start") else None,
            "date_precision": date.get("precision"),
            "local_time": date.get("local_time"),
            "place": place,
            "latitude": where.get("latitude") if is_own_point else None,
            "longitude": where.get("longitude") if is_own_point else None,
            "place_precision": where.get("precision"),
            "where_description": where.get("description") or "",
            "launched_from": self.place("launched_from", document.get("launched_from")),
        }

    def day(self, column, text):
        try:
            return text and datetime.date.fromisoformat(text)
        except (TypeError, ValueError):
            return self.refuse(column, _("“%(text)s” is not a date such as 2025-12-24") % {"text": text})

    def place(self, column, reference):
        if not reference:
            return None
        if reference["id"] not in self.places:
            self.refuse(column, _("“%(place)s” is not in the gazetteer") % {"place": reference["id"]})
        return self.places.get(reference["id"])

    # Other records

    def join(self, kind, record, document):
        for name, of_kind in NAMED[kind].items():
            setattr(record, name, self.named(name, of_kind, document.get(name)))
        if kind == "article":
            self.plan.many.append((record, "cites", self.listed("source", document.get("cites"))))
        if kind == "actor":
            self.plan.many.append((record, "outlets", self.listed("source", document.get("outlets"))))
            self.plan.parts += [self.office(record, office) for office in document.get("offices", [])]
        if kind == "statement":
            self.join_words(record, document)
        if kind == "incident":
            self.plan.parts += [self.participation(record, part) for part in document.get("participants", [])]

    def named(self, column, kind, reference):
        """The record that a reference, or an id alone, names."""
        public_id = reference.get("id") if isinstance(reference, dict) else reference
        found = self.plan.records[kind].get(public_id)
        if public_id and found is None:
            self.refuse(column, _("%(id)s is in none of the files") % {"id": public_id})
        return found

    def listed(self, kind, references):
        return [self.named(kind, kind, reference) for reference in references or []]

    def office(self, actor, office):
        body = self.named("offices", "actor", office["body"])
        return Office(actor=actor, body=body, **{name: office[name] for name in ("title", "started_on", "ended_on")})

    def participation(self, incident, part):
        actor, said = self.named("participants", "actor", part["actor"]), self.named("participants", "statement", part["according_to"])
        return Participation(incident=incident, actor=actor, according_to=said, described_as=part["described_as"], role=part["role"])

    def join_words(self, statement, document):
        """Figures, labels and answers; a figure also about an incident that is not public cannot be told and is left out."""
        for figure in document.get("figures", []):
            if figure.get("about_others"):
                self.notice("figures", _("%(id)s is also about an incident that is not public: left out") % figure)
            else:
                self.plan.parts.append(self.figure(statement, figure))
        for label in document.get("labels", []):
            actor = self.named("labels", "actor", label["actor"])
            words = {name: label[name] for name in ("described", "words", "language")}
            self.plan.parts.append(Label(statement=statement, actor=actor, **words))
        for answer in document.get("assertions", []):
            plain = {name: answer[name] for name in ("about", "role", "starts_on", "ends_on", "wording")}
            about = self.named("assertions", "incident", answer["incident"])
            self.plan.parts.append(Assertion(statement=statement, incident=about, place=self.place("assertions", answer["place"]), **plain))

    def figure(self, statement, figure):
        about = None if figure.get("together") or not figure["incidents"] else self.named("figures", "incident", figure["incidents"][0])
        values = {name: figure[name] for name in COUNTED if name != "id"}
        party = self.named("figures", "actor", figure.get("party"))
        found = Figure(public_id=figure["id"], statement=statement, incident=about, party=party, **values)
        self.plan.many.append((found, "derived_from", figure["derived_from"]))
        return found

    def link(self):
        for said, about, certainty in self.documents.links_in_order():
            statement, incident = self.plan.records["statement"][said], self.plan.records["incident"].get(about)
            if incident is not None:
                self.plan.parts.append(StatementIncident(statement=statement, incident=incident, certainty=certainty))

    # What cannot be

    def check(self, record, told):
        """The values of one record, as a form would check them; a kind may be missing where a document only names the record."""
        self.told = told
        references = [one.name for one in record._meta.fields if isinstance(one, models.ForeignKey)]
        empty = ["kind"] if "edition" not in told.document else []
        try:
            # Not the record's own: letters that a name should not hide were public already, and are read back as they were.
            models.Model.clean_fields(record, exclude=[*references, *empty])
        except ValidationError as error:
            for name, reasons in error.message_dict.items():
                self.refuse(name, " ".join(reasons))

    def refuse(self, column, reason):
        self.plan.errors.append(Remark(self.told.row, place_in(self.told.file, column), reason))

    def notice(self, column, words):
        self.plan.notices.append(Remark(self.told.row, place_in(self.told.file, column), words))
