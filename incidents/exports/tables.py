"""Incidents, statements, figures and participants as tables: the default layout, ACLED's, UCDP GED's, and the link tables."""

from borderwatch.files.exports import BATCH, Table
from borderwatch.lists import paging
from borderwatch.projection import in_batches
from incidents.exports.incident_rows import INCIDENT, id_of, in_columns, incident_rows, stamps
from incidents.exports.layouts import ACLED, UCDP_GED, acled_rows, ucdp_rows
from incidents.places import place_document

STATEMENT = {
    "id": "Our number, never reused.",
    "url": "Its page.",
    "incidents": "Ids of the incidents it is about.",
    "article": "Id of the article it stands in.",
    "source": "Id of the article's source.",
    "act": "What the speaker did: report, claim, denial and so on.",
    "denies": "What a denial denies.",
    "speaker": "Id of the speaker.",
    "speaker_name": "The speaker's name.",
    "speaker_as": "How the article names the speaker.",
    "on_behalf_of": "Id of the actor spoken for.",
    "attribution": "named, unnamed_official, unnamed, outlet or none.",
    "origin": "Id of the voice that it counts as; blank: nobody's.",
    "based_on": "Id of the actor whose figures these are.",
    "attributed_to": "Id of the actor said to have done it.",
    "said_on": "Day.",
    "said_precision": "UCDP date_prec.",
    "quote": "The speaker's words.",
    "text": "Our paraphrase.",
    "language": "Language of the quote.",
    "credibility": "Admiralty code, 1 to 6.",
    "supersedes": "Id of the statement it replaces.",
    "in_reply_to": "Id of the statement it answers.",
    "retracted_on": "Day on which it was taken back.",
    "edition": "Number of this edition.",
    "published_at": "When readers first saw it.",
    "updated_at": "When this edition appeared.",
}
FIGURE = {
    "id": "Our number, never reused.",
    "statement": "Id of the statement that gives it.",
    "incident": "Id of the incident it is about; blank: about several together, or a tally's.",
    "incidents": "Ids of all incidents it is about.",
    "measure": "killed, injured, missing or detained.",
    "group": "Who: all, state_forces, civilians, armed_group, status_unknown.",
    "nationality": "Two letters, ISO 3166-1; blank: any.",
    "low": "At least; blank with a wording: told without a number.",
    "best": "Most likely.",
    "high": "At most; blank: open ended.",
    "wording": "The words of the number.",
    "together": "Whether it is about several incidents at once.",
    "adds": "Whether these people are in no other origin's account.",
    "calculation": "How a derived number was found.",
    "derived_from": "Ids of the figures it was derived from.",
    "party": "Id of the actor whose people they were.",
    "verdict": "auto, preferred or excluded by the editors.",
    "verdict_reason": "Why.",
}
PARTICIPANT = {
    "incident": "Id of the incident.",
    "actor": "Id of the actor; blank: not a known actor.",
    "actor_name": "The actor's name.",
    "described_as": "The words for who is not named.",
    "role": "alleged_attacker, target, other_party or responder.",
    "according_to": "Id of the statement that says so.",
}
PLACE = {
    "id": "Address word, never changed.",
    "url": "Its page.",
    "name": "Its name.",
    "label": "Its name with province and country.",
    "kind": "country, province, district, settlement, crossing or feature.",
    "country": "Two letters, ISO 3166-1.",
    "code": "ISO 3166-2, of countries and provinces.",
    "parent": "Address word of what it lies in.",
    "province": "Address word of its province.",
    "latitude": "Degrees north.",
    "longitude": "Degrees east.",
}
ACTOR = {
    "id": "Our number, never reused.",
    "url": "Its page.",
    "name": "Its name.",
    "slug": "Its address word.",
    "kind": "Code of the kind of actor.",
    "country": "Two letters, ISO 3166-1.",
    "parent": "Id of the actor it belongs to.",
    "root": "Id of the actor that speaks with one voice for it.",
    "outlets": "Ids of the sources that speak for it.",
    "aliases": "Other names.",
    "description": "Who it is.",
}


# Rows


def statement_rows(documents, asked):
    plain = (
        "id url act denies speaker_as attribution said_on said_precision quote text language credibility "
        "supersedes in_reply_to retracted_on"
    ).split()
    for document in documents:
        article = document["article"] or {}
        stands_in = {"article": article.get("id"), "source": id_of(article.get("source"))}
        named = {name: id_of(document[name]) for name in ("speaker", "on_behalf_of", "origin", "based_on", "attributed_to")}
        found = {name: document[name] for name in plain} | named | stamps(document)
        found |= stands_in | {"speaker_name": (document["speaker"] or {}).get("name")}
        yield in_columns(STATEMENT, found | {"incidents": [incident["id"] for incident in document["incidents"]]})


def figure_rows(documents, asked):
    plain = (
        "id measure group nationality low best high wording incidents together adds calculation derived_from verdict verdict_reason".split()
    )
    for document in documents:
        for figure in document["figures"]:
            is_alone = not figure["together"] and len(figure["incidents"]) == 1
            about = {"statement": document["id"], "incident": figure["incidents"][0] if is_alone else None, "party": id_of(figure["party"])}
            yield in_columns(FIGURE, {name: figure[name] for name in plain} | about)


def participant_rows(documents, asked):
    for document in documents:
        for part in document["participants"]:
            found = {name: part[name] for name in ("described_as", "role", "according_to")}
            actor = {"actor": id_of(part["actor"]), "actor_name": (part["actor"] or {}).get("name")}
            yield in_columns(PARTICIPANT, found | actor | {"incident": document["id"]})


def actor_rows(documents, asked):
    for document in documents:
        named = {name: id_of(document[name]) for name in ("parent", "root")} | {
            "outlets": [id_of(source) for source in document["outlets"]]
        }
        yield in_columns(ACTOR, document | named)


def place_rows(documents, asked):
    for document in documents:
        yield in_columns(PLACE, document | {"parent": id_of(document["parent"])})


def place_batches(asked, site):
    """Places are no records of the ledger: their documents are made of the gazetteer."""
    for batch in in_batches(paging.in_order(asked.qs, asked).iterator(chunk_size=BATCH), BATCH):
        yield [document | {"url": site + document["url"]} for document in map(place_document, batch)]


# Tables


def elsewhere(columns, name):
    return dict.fromkeys(columns, f"As in {name}; docs/api.md tells how our codes become theirs.")


LAYOUTS = {
    "borderwatch": Table("incidents", INCIDENT, incident_rows, ready="csv_line"),
    "acled": Table("incidents", elsewhere(ACLED, "ACLED"), acled_rows),
    "ucdp-ged": Table("incidents", elsewhere(UCDP_GED, "UCDP GED"), ucdp_rows),
}
SPOKEN = dict.fromkeys(("speaker", "on_behalf_of", "based_on", "attributed_to"), "actors")
STATEMENTS = Table("statements", STATEMENT, statement_rows, links={"article": "articles", "source": "sources"} | SPOKEN)
FIGURES = Table("figures", FIGURE, figure_rows, links={"statement": "statements", "incident": "incidents", "party": "actors"})
TAKEN_PART = {"incident": "incidents", "actor": "actors", "according_to": "statements"}
PARTICIPANTS = Table("participants", PARTICIPANT, participant_rows, key=(), links=TAKEN_PART)
ACTORS = Table("actors", ACTOR, actor_rows, links={"parent": "actors"})
PLACES = Table("places", PLACE, place_rows, place_batches)
