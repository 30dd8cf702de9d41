"""Documents of incidents and actors: own content joined, in both directions, with what is public of the records around them."""

import datetime

from borderwatch.documents import common, image_in_document, public_id_of, reference, referenced
from incidents.evidence import differences, evidence
from incidents.places import Place, gazetteer
from incidents.rule.eligibility import MEASURES
from incidents.rule.origins import root_of
from incidents.statement_documents import certainties, statement_in_document
from incidents.toll import people_total, recorded, toll

REASONS = {
    "earlier": "earlier figure of the same origin",
    "superseded": "superseded",
    "retracted": "retracted",
    "uncertain": "uncertain link",
    "tally": "count of several incidents",
}
"""Words for the codes of toll.set_aside; an exclusion shows the editor's reason."""
DAYS_OF_PRECISION = {1: 1, 2: 6, 3: 7, 4: 31, 5: 365}
"""How many days a UCDP date_prec can span."""
NAMED = ("origins", "acknowledged_by")
"""Lists of origins in the evidence."""


# Actors


def actor_document(public, state):
    """The public document of an actor; `root` is the actor that speaks with one voice for it."""
    own = public.content
    return (
        {"id": public.public_id, "url": f"/actors/{public.public_id}/{own['slug']}/"}
        | {name: own[name] for name in ("name", "slug", "kind", "country")}
        | {
            "parent": referenced("actor", own["parent"], state),
            "root": reference(root_of(public.uid, state)),
            "outlets": [reference(source) for source in state.load("source", own["outlets"])],
            "description": own["description"],
            "aliases": own["aliases"],
            "offices": [
                {name: office[name] for name in ("title", "started_on", "ended_on")} | {"body": referenced("actor", office["body"], state)}
                for office in own["offices"]
            ],
            "image": image_in_document(own["image"]),
            "external_ids": own["external_ids"],
        }
        | common(public)
    )


# Incidents


def incident_result(public, state):
    """What is computed for an incident and stored in its edition: toll and evidence, as numbers, codes and ids."""
    statements = statements_of(public, state)
    result = toll(public.public_id, statements)
    for entry in result["together"]:
        entry["recorded"] = recorded_together(entry, state)
    return {"toll": result, "evidence": evidence(public.public_id, statements)}


def recorded_together(entry, state):
    """The record's own best for the people of a together figure, over its incidents; null where one of them counts none."""
    totals = []
    for public in together_incidents(entry["figure"], state):
        totals.append(
            public and people_total(public.public_id, statements_of(public, state), entry["measure"], entry["group"], entry["nationality"])
        )
    return recorded(totals)


def together_incidents(figure_id, state):
    """The incidents of a together figure, None for one that is not public."""
    own = state.memo["figures"][figure_id]
    return [state.get("incident", uid) for uid in certainties(own, state)]


def statements_of(public, state):
    """The public statements about an incident, as its document holds them, in ledger order; composed once per state."""
    known = state.memo.setdefault("statements", {})
    if public.uid not in known:
        statements = state.referring("statement", "incidents", [public.uid])[public.uid]
        state.load_named(statements)
        for statement in statements:
            state.memo.setdefault("figures", {}).update({figure["id"]: statement.content for figure in statement.content["figures"]})
        found = [statement_in_document(statement, state, public.uid) for statement in statements]
        known[public.uid] = sorted(found, key=lambda statement: (statement["said_on"] or "9999", int(statement["id"].removeprefix("ST-"))))
    return known[public.uid]


def incident_document(public, state):
    """The public document of an incident; the stored result is what readers saw, names and reasons are composed."""
    own, result = public.content, public.content["result"]
    statements = statements_of(public, state)
    return (
        {"id": public.public_id, "url": f"/incidents/{public.public_id}/{own['slug']}/"}
        | {name: own[name] for name in ("title", "slug", "summary", "kind", "means")}
        | {
            "date": {
                "start": own["started_on"],
                "end": own["ended_on"] or own["started_on"],
                "precision": own["date_precision"],
                "local_time": own["local_time"],
            },
            "place": place_of(own, state),
            "launched_from": gazetteer(state).reference(own["launched_from"]),
            "toll": toll_in_order(result["toll"]) | {"set_aside": [set_aside(entry, statements) for entry in result["toll"]["set_aside"]]},
            "evidence": named_evidence(result["evidence"], statements) | {"differences": differences(public.public_id, statements)},
            "participants": [participant(part, state) for part in own["participations"]],
            "statements": statements,
            "images": [image_in_document(own["image"], own["started_on"])] if own["image"] else [],
            "content_warning": own["content_warning"],
            "external_ids": own["external_ids"],
        }
        | common(public)
    )


def place_of(own, state):
    """Where it happened, with province and country; the incident's own point stands before the place's."""
    places = gazetteer(state)
    place, province, country = (
        places.get(own["place"]),
        *(places.of_kind(own["place"], kind) for kind in (Place.Kind.PROVINCE, Place.Kind.COUNTRY)),
    )
    if place is None and own["latitude"] is None:
        return None
    has_own_point = own["latitude"] is not None
    return {
        "id": place and place.slug,
        "name": place.name if place else own["where_description"],
        "kind": place and place.kind,
        "province": province and province.slug,
        "province_name": province and province.name,
        "country": place.country if place else "",
        "country_name": country and country.name,
        "latitude": own["latitude"] if has_own_point else place.latitude,
        "longitude": own["longitude"] if has_own_point else place.longitude,
        "precision": own["place_precision"],
        "description": own["where_description"],
        "within": [above.slug for above in places.chain(own["place"])[1:]],
    }


COUNT = ("low", "best", "high", "open_ended", "counted", "used", "best_from")
PEOPLE = ("measure", "group", "nationality")
"""Keys of counts in the order in which a reader expects them: canonical JSON sorts them by letter."""


def in_order(stored, names):
    """The keys of a stored dict in the order of `names`; None stays None."""
    return stored and {name: stored[name] for name in names if name in stored}


def toll_in_order(stored):
    """The stored toll in reading order."""
    return {
        "rule": stored["rule"],
        **{measure: in_order(stored[measure], COUNT) for measure in MEASURES},
        "buckets": [in_order(bucket, PEOPLE + COUNT) for bucket in stored["buckets"]],
        "set_aside": stored["set_aside"],
        "together": [in_order(entry, ("figure", *PEOPLE, "incidents", "low", "best", "high", "recorded")) for entry in stored["together"]],
    }


def set_aside(entry, statements):
    """A figure that moves nothing, with the reason in words and as a code."""
    code = entry["reason"]
    reason = REASONS.get(code, code)
    if code == "excluded":
        words = next(
            (figure["verdict_reason"] for statement in statements for figure in statement["figures"] if figure["id"] == entry["figure"]), ""
        )
        reason = f"excluded: {words}" if words else "excluded"
    return {"figure": entry["figure"], "reason": reason, "code": code}


def named_evidence(own, statements):
    """The stored evidence with the names of its origins."""
    names = {(origin["type"], origin["id"]): origin["name"] for statement in statements if (origin := statement["origin"])}
    named = {
        field: [origin | {"name": names.get((origin["type"], origin["id"]), origin["id"])} for origin in own[field]] for field in NAMED
    }
    return in_order(own, ("status", "reports")) | named | in_order(own, ("disputed_on",))


def participant(part, state):
    return {
        "actor": referenced("actor", part["actor"], state),
        "described_as": part["described_as"],
        "role": part["role"],
        "according_to": public_id_of("statement", part["according_to"], state),
    }


def last_day(first, precision):
    """The last day on which something said with this date (ISO text) and precision (UCDP date_prec) can have been said."""
    if first is None:
        return None
    day = datetime.date.fromisoformat(first)
    return day + datetime.timedelta(days=DAYS_OF_PRECISION[precision] - 1)


LEFT_OUT_OF_LISTS = ("statements", "images")
LEFT_OUT_OF_TOLLS = ("buckets", "set_aside", "together")


def incident_summary(document):
    """The list item: the same keys without statements, buckets, set_aside, together, differences and images."""
    summary = {name: value for name, value in document.items() if name not in LEFT_OUT_OF_LISTS}
    summary["toll"] = {name: value for name, value in document["toll"].items() if name not in LEFT_OUT_OF_TOLLS}
    summary["evidence"] = {name: value for name, value in document["evidence"].items() if name != "differences"}
    return summary
