"""The public tables of actors, statements and incidents."""

from django.db import models

from borderwatch.files.cells import ready_line
from borderwatch.projection import as_text
from borderwatch.published import Facet, PublishedRow, now_index
from borderwatch.search import with_sounds
from incidents import documents
from incidents.exports.incident_rows import feature, incident_rows
from incidents.facets import incident_facets, incident_words, statement_facets, statement_words
from incidents.places import gazetteer
from incidents.rule.eligibility import MEASURES
from incidents.statement_documents import statement_document
from incidents.tallying import counted, past


class PublishedActor(PublishedRow):
    record = "actor"
    id_prefix = "AC"
    list_name = "actors"
    reference_kinds = {"parent": "actor", "outlets": "source", "bodies": "actor"}
    rule_fields = ("parent", "outlets")

    kind = models.CharField(max_length=20, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    parent_uid = models.UUIDField(null=True)

    class Meta(PublishedRow.Meta):
        abstract = False

    @classmethod
    def references(cls, content):
        yield from super().references(content)
        yield from (("bodies", office["body"]) for office in content.get("offices", []) if office["body"])

    @classmethod
    def compose(cls, public, state):
        return documents.actor_document(public, state)

    @classmethod
    def columns(cls, public, document):
        return super().columns(public, document) | {
            "kind": document["kind"],
            "country": document["country"],
            "parent_uid": public.content["parent"],
        }

    @classmethod
    def needed_by(cls, public, state):
        fields = [("actor", "parent"), ("actor", "bodies"), ("incident", "actors")]
        fields += [("statement", name) for name, kind in PublishedStatement.reference_kinds.items() if kind == "actor"]
        return [known.public_id for record, name in fields for known in state.referring(record, name, [public.uid])[public.uid]]

    @classmethod
    def words(cls, public, document, state):
        titles, names = [office["title"] for office in document["offices"]], [document["name"], *document["aliases"]]
        return with_sounds(" ".join([public.public_id, *names, *titles, document["description"]]), names)


class PublishedStatement(PublishedRow):
    record = "statement"
    id_prefix = "ST"
    list_name = "statements"
    reference_kinds = {
        "article": "article",
        "released_through": "source",
        "incidents": "incident",
        **dict.fromkeys(("speaker", "on_behalf_of", "based_on", "attributed_to", "party", "labels"), "actor"),
        **dict.fromkeys(("in_reply_to", "supersedes", "outcome_statement"), "statement"),
    }

    act = models.CharField(max_length=20, blank=True, default="")
    said_on = models.DateField(null=True)
    said_until = models.DateField(null=True)
    article_uid = models.UUIDField(null=True)
    speaker_uid = models.UUIDField(null=True)

    class Meta(PublishedRow.Meta):
        abstract = False
        indexes = [
            *PublishedRow.Meta.indexes,
            models.Index(fields=["said_on"], name="%(class)s_by_date"),
            now_index("now_by_date", "-said_on", "said_until"),
            now_index("now_by_act", "act", "-said_on", "said_until"),
            now_index("by_article", "article_uid"),
        ]

    facet_column = "said_on"

    @property
    def facet_date(self):
        return self.said_on

    @classmethod
    def references(cls, content):
        linked = [link["incident"] for link in content.get("incidents", [])]
        yield from super().references(content | {"incidents": linked, "labels": None, "party": None})
        yield from (("party", figure["party"]) for figure in content.get("figures", []) if figure["party"])
        yield from (("labels", label["actor"]) for label in content.get("labels", []) if label["actor"])

    @classmethod
    def prepare(cls, publics, state):
        super().prepare(publics, state)
        gazetteer(state).get_ready(publics)

    @classmethod
    def compose(cls, public, state):
        return statement_document(public, state)

    @classmethod
    def columns(cls, public, document):
        return {
            "title": document["quote"][:200] or document["text"][:200],
            "act": document["act"],
            "said_on": document["said_on"],
            "said_until": documents.last_day(document["said_on"], document["said_precision"]),
            "article_uid": public.content["article"],
            "speaker_uid": public.content["speaker"],
        }

    @classmethod
    def needed_by(cls, public, state):
        """Incidents of which this is the last public statement."""
        uids = [link["incident"] for link in public.content["incidents"]]
        others = state.referring("statement", "incidents", uids)
        return [
            known.public_id for known in state.load("incident", uids) if not [one for one in others[known.uid] if one.uid != public.uid]
        ]

    @classmethod
    def facet_values(cls, public, document):
        return statement_facets(public, document)

    @classmethod
    def words(cls, public, document, state):
        return f"{public.public_id} {statement_words(public, document, state)}"


class PublishedIncident(PublishedRow):
    record = "incident"
    id_prefix = "BW"
    list_name = "incidents"
    reference_kinds = {"actors": "actor", "according_to": "statement"}
    composed = (*PublishedRow.composed, "summary", "csv_line", "feature")
    list_item = "summary"

    kind = models.CharField(max_length=20, blank=True, default="")
    date_start = models.DateField(null=True)
    date_end = models.DateField(null=True)
    date_precision = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=100, blank=True, default="")
    province = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    place_precision = models.PositiveSmallIntegerField(null=True)
    killed_low = models.PositiveIntegerField(null=True)
    killed_best = models.PositiveIntegerField(null=True)
    killed_high = models.PositiveIntegerField(null=True)
    injured_low = models.PositiveIntegerField(null=True)
    injured_best = models.PositiveIntegerField(null=True)
    injured_high = models.PositiveIntegerField(null=True)
    evidence = models.CharField(max_length=20, blank=True, default="")
    is_acknowledged = models.BooleanField(default=False)
    is_disputed = models.BooleanField(default=False)
    has_together = models.BooleanField(default=False)
    summary = models.TextField(blank=True, default="", help_text="Its document as lists show it.")
    csv_line = models.TextField(blank=True, default="", help_text="Its line of incidents.csv, addresses without the site.")
    feature = models.TextField(blank=True, default="", help_text="Its GeoJSON feature, likewise.")

    class Meta(PublishedRow.Meta):
        abstract = False
        indexes = [
            *PublishedRow.Meta.indexes,
            models.Index(fields=["-date_start", "public_id"], name="%(class)s_by_date"),
            models.Index(fields=["-killed_best", "public_id"], name="%(class)s_by_killed"),
            now_index("now_by_date", "-date_start", "public_id", "date_end"),
            now_index("now_by_kind", "kind", "-date_start", "public_id", "date_end"),
        ]

    facet_column = "date_start"
    counted = None
    """What tallies count of it (counted.Counted), where it was composed."""

    @property
    def facet_date(self):
        return self.date_start

    @classmethod
    def prefix_for(cls, content):
        return f"BW-{content['started_on'][:4]}-"

    @classmethod
    def references(cls, content):
        parts = content.get("participations", [])
        yield from (("actors", part["actor"]) for part in parts if part["actor"])
        yield from (("according_to", part["according_to"]) for part in parts if part["according_to"])

    @classmethod
    def result(cls, public, state):
        """The computed part of an incident's content: toll and evidence."""
        return documents.incident_result(public, state)

    @classmethod
    def counted_together_with(cls, uids, state):
        """uids of incidents that share a together figure with one of `uids`: their `recorded` may change."""
        statements = [known for found in state.referring("statement", "incidents", uids).values() for known in found]
        together = [known for known in statements if any(figure["incident"] is None for figure in known.content["figures"])]
        return {link["incident"] for known in together for link in known.content["incidents"]}

    @classmethod
    def prepare(cls, publics, state):
        referring = state.referring("statement", "incidents", [public.uid for public in publics])
        shown = [*publics, *(statement for found in referring.values() for statement in found)]
        state.load_named(shown)
        gazetteer(state).get_ready(shown)

    @classmethod
    def compose(cls, public, state):
        return documents.incident_document(public, state)

    @classmethod
    def summarise(cls, document):
        return documents.incident_summary(document)

    @classmethod
    def ready(cls, document):
        summary = as_text(cls.summarise(document))
        return {"summary": summary, "csv_line": ready_line(incident_rows, document), "feature": as_text(feature(document))}

    @classmethod
    def beside(cls, document):
        return {"counted": counted.Counted(document)}

    @classmethod
    def write_facets(cls, rows, facets, is_new=False):
        """And count them."""
        super().write_facets(rows, facets, is_new)
        now, before = ([row for row in rows if (row.valid_to is None) == is_now] for is_now in (True, False))
        counted.keep(now, is_new)
        if before:
            past.keep(before)

    @classmethod
    def leave(cls, keys):
        past.take_over(keys)
        counted.leave_out(keys)

    @classmethod
    def forget(cls, keys):
        super().forget(keys)
        past.forget(keys)

    @classmethod
    def clear(cls):
        super().clear()
        counted.clear()
        past.clear()

    @classmethod
    def columns(cls, public, document):
        place = document["place"] or {}
        counts = {
            f"{measure}_{part}": (document["toll"][measure] or {}).get(part) for measure in MEASURES[:2] for part in ("low", "best", "high")
        }
        return (
            super().columns(public, document)
            | {
                name: document["date"][word]
                for name, word in (("date_start", "start"), ("date_end", "end"), ("date_precision", "precision"))
            }
            | {"place": place.get("id") or "", "province": place.get("province") or "", "country": place.get("country") or ""}
            | {"latitude": place.get("latitude"), "longitude": place.get("longitude"), "place_precision": place.get("precision")}
            | counts
            | {
                "kind": document["kind"],
                "evidence": document["evidence"]["status"],
                "is_acknowledged": bool(document["evidence"]["acknowledged_by"]),
                "is_disputed": bool(document["evidence"]["disputed_on"]),
                "has_together": bool(document["toll"]["together"]),
            }
        )

    @classmethod
    def facet_values(cls, public, document):
        return incident_facets(public, document)

    @classmethod
    def words(cls, public, document, state):
        return f"{public.public_id} {incident_words(public, document, state)}"


class IncidentFacet(Facet):
    row = models.ForeignKey(PublishedIncident, on_delete=models.DO_NOTHING, db_constraint=False, related_name="facets")


class StatementFacet(Facet):
    row = models.ForeignKey(PublishedStatement, on_delete=models.DO_NOTHING, db_constraint=False, related_name="facets")


PublishedIncident.facet_model = counted.IncidentNumbers.facet_model = IncidentFacet
PublishedStatement.facet_model = StatementFacet
