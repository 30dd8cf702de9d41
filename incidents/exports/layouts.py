"""Incidents in the layouts of ACLED (31 columns) and of UCDP GED (49 columns): their columns, our values, crosswalk.py's names."""

import math
from datetime import datetime

from incidents.exports.crosswalk import (
    ACLED_DATES,
    ACLED_EVENTS,
    ACLED_INTER,
    ACLED_PLACES,
    ACLED_REGION,
    CIVILIAN_KINDS,
    GLEDITSCH_WARD,
    ISO_NUMBERS,
    STATE_KINDS,
    UCDP_REGION,
    UCDP_VIOLENCE,
)
from incidents.exports.incident_rows import articles_of
from incidents.places import Place, gazetteer
from incidents.published import PublishedActor
from incidents.toll import people_total
from sources.published import PublishedSource

ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp"
).split()
UCDP_GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id "
    "dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt "
    "priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob"
).split()
ROLES = ("alleged_attacker", "target", "other_party")
UNKNOWN_SIDE = "Unidentified armed group"


class Around:
    """What a batch of incidents needs of other records: kinds and countries of actors, scales of sources, places."""

    def __init__(self, documents, asked):
        actors = {part["actor"]["id"] for document in documents for part in document["participants"] if part["actor"]}
        sources = {source["id"] for document in documents for source in sources_of(document)}
        rows = PublishedActor.objects.standing(asked.as_of).filter(public_id__in=actors)
        self.actors = {row.public_id: row for row in rows.only("public_id", "kind", "country")}
        rows = PublishedSource.objects.standing(asked.as_of).filter(public_id__in=sources).select_related("edition")
        self.scales = {row.public_id: row.content.get("scale", "") for row in rows}
        self.memo = {}

    def kind(self, part):
        row = self.actors.get(part["actor"]["id"]) if part["actor"] else None
        return row.kind if row else ""

    def country(self, part):
        row = self.actors.get(part["actor"]["id"]) if part["actor"] else None
        return row.country if row else ""

    def district(self, document):
        place = document["place"] and gazetteer(self).of_kind(document["place"]["id"], Place.Kind.DISTRICT)
        return place.name if place else ""


def sources_of(document):
    return list({article["source"]["id"]: article["source"] for article in articles_of(document) if article["source"]}.values())


def name_of(part):
    return part["actor"]["name"] if part["actor"] else part["described_as"]


def counted(document, measure="killed"):
    """The toll's measure, None where nothing is counted: a blank cell, not zero."""
    toll = document["toll"][measure]
    return toll if toll and toll["counted"] else None


# ACLED


def acled_rows(documents, asked):
    around = Around(documents, asked)
    for document in documents:
        found = acled_event(document) | acled_actors(document, around) | acled_place(document, around) | acled_sources(document, around)
        yield [found.get(column, "") for column in ACLED]


def acled_event(document):
    event_type, sub_event_type = ACLED_EVENTS[document["kind"]]
    killed = counted(document)
    return {
        "event_id_cnty": document["id"],
        "event_date": document["date"]["start"],
        "year": int(document["date"]["start"][:4]),
        "time_precision": ACLED_DATES[document["date"]["precision"]],
        "disorder_type": "Strategic developments" if event_type == "Strategic developments" else "Political violence",
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "notes": ". ".join(filter(None, [document["title"], document["summary"]])),
        "fatalities": killed["best"] if killed else None,
        "timestamp": int(datetime.fromisoformat(document["edition"]["valid_from"]).timestamp()),
    }


def acled_actors(document, around):
    """The first of one side stands against the first of the other; the rest of each side are associated."""
    attackers, targets = acled_sides(document)
    kinds = [ACLED_INTER.get(around.kind(side[0]), "") if side else "" for side in (attackers, targets)]
    is_against_civilians = bool(targets) and all(around.kind(part) in CIVILIAN_KINDS for part in targets)
    return {
        "actor1": name_of(attackers[0]) if attackers else "",
        "assoc_actor_1": "; ".join(name_of(part) for part in attackers[1:]),
        "inter1": kinds[0],
        "actor2": name_of(targets[0]) if targets else "",
        "assoc_actor_2": "; ".join(name_of(part) for part in targets[1:]),
        "inter2": kinds[1],
        "interaction": "-".join(kinds) if all(kinds) else "",
        "civilian_targeting": "Civilian targeting" if is_against_civilians or document["kind"] == "attack_on_civilians" else "",
    }


def acled_sides(document):
    """Alleged attackers and targets; other parties fill the side that nobody is named for."""
    by_role = {role: [part for part in document["participants"] if part["role"] == role] for role in ROLES}
    attackers, targets, others = (by_role[role] for role in ROLES)
    if not attackers and (len(others) > 1 or targets):
        attackers, others = others[:1], others[1:]
    return attackers, targets or others


def acled_place(document, around):
    place = document["place"] or {}
    return {
        "iso": ISO_NUMBERS.get(place.get("country")),
        "region": ACLED_REGION if place.get("country") in ("TJ", "AF", "UZ", "KG", "TM") else "",
        "country": place.get("country_name"),
        "admin1": place.get("province_name"),
        "admin2": around.district(document),
        "location": place.get("name"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "geo_precision": ACLED_PLACES.get(place.get("precision")),
    }


def acled_sources(document, around):
    sources = sources_of(document)
    scales = sorted({around.scales.get(source["id"], "") for source in sources} - {""})
    return {"source": "; ".join(source["name"] for source in sources), "source_scale": "-".join(scale.capitalize() for scale in scales)}


# UCDP GED


def ucdp_rows(documents, asked):
    around = Around(documents, asked)
    for document in documents:
        sides = ucdp_sides(document, around)
        found = ucdp_event(document) | sides_in_words(sides, document, around) | ucdp_sources(document) | ucdp_place(document, around)
        found |= ucdp_deaths(document, sides, around)
        yield [found.get(column, "") for column in UCDP_GED]


def ucdp_event(document):
    year, number = document["id"].split("-")[1:]
    return {
        "id": int(f"{year}{number}"),
        "relid": document["id"],
        "year": int(document["date"]["start"][:4]),
        "code_status": "Clear",
        "type_of_violence": UCDP_VIOLENCE[document["kind"]],
        "event_clarity": 1,
        "date_prec": document["date"]["precision"],
        "date_start": document["date"]["start"],
        "date_end": document["date"]["end"],
    }


def ucdp_sides(document, around):
    """Participants of side A and of side B: the state is side A of state-based violence, else whoever is said to have attacked."""
    parts = [part for part in document["participants"] if part["role"] != "responder"]
    first = [part for part in parts if part["role"] == "alleged_attacker"]
    if UCDP_VIOLENCE[document["kind"]] == 1:
        first = [part for part in parts if around.kind(part) in STATE_KINDS] or first or parts[:1]
    return first, [part for part in parts if part not in first]


def sides_in_words(sides, document, around):
    first, second = sides
    is_one_sided = UCDP_VIOLENCE[document["kind"]] == 3
    side_a = name_of(first[0]) if first else UNKNOWN_SIDE
    side_b = "Civilians" if is_one_sided else name_of(second[0]) if second else UNKNOWN_SIDE
    return {
        "dyad_name": f"{side_a} - {side_b}",
        "side_a": side_a,
        "side_b": side_b,
        "gwnoa": government(first, around),
        "gwnob": "" if is_one_sided else government(second, around),
    }


def government(side, around):
    """The country number of a state side, blank for others."""
    part = side[0] if side else None
    return GLEDITSCH_WARD.get(around.country(part), "") if part and around.kind(part) in STATE_KINDS else ""


def ucdp_sources(document):
    articles = articles_of(document)
    speakers = dict.fromkeys(statement["speaker"]["name"] for statement in document["statements"] if statement["speaker"])
    parts = [(article["source"] or {}).get("name", "") for article in articles]
    dates = [article["published_on"] or "" for article in articles]
    headlines = [article["headline"] for article in articles]
    told = zip(parts, dates, headlines, strict=True)
    return {
        "number_of_sources": document["evidence"]["reports"],
        "source_article": ";".join(f'"{source},{date},{headline}"' for source, date, headline in told),
        "source_office": ";".join(parts),
        "source_date": ";".join(dates),
        "source_headline": ";".join(headlines),
        "source_original": ";".join(speakers),
    }


def ucdp_place(document, around):
    place = document["place"] or {}
    latitude, longitude = place.get("latitude"), place.get("longitude")
    has_point = latitude is not None and longitude is not None
    return {
        "where_prec": place.get("precision"),
        "where_coordinates": place.get("name"),
        "where_description": place.get("description"),
        "adm_1": place.get("province_name"),
        "adm_2": around.district(document),
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})" if has_point else "",
        "priogrid_gid": priogrid(latitude, longitude) if has_point else None,
        "country": place.get("country_name"),
        "country_id": GLEDITSCH_WARD.get(place.get("country")),
        "region": UCDP_REGION,
    }


def priogrid(latitude, longitude):
    """The number of the half-degree cell, counted from the south-west corner of the world."""
    row = min(math.floor((latitude + 90) * 2), 359)
    return row * 720 + min(math.floor((longitude + 180) * 2), 719) + 1


def ucdp_deaths(document, sides, around):
    """deaths_a + deaths_b + deaths_civilians + deaths_unknown = best: what cannot be given to a side is unknown."""
    killed = counted(document)
    if killed is None:
        return {}
    left = killed["best"]
    found = {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0}
    for group in ("civilians", "state_forces", "armed_group"):
        column = "deaths_civilians" if group == "civilians" else column_of(group, sides, around)
        told = people_total(document["id"], document["statements"], "killed", group)
        if column and told and told["counted"]:
            given = min(left, told["best"])
            found[column] += given
            left -= given
    return found | {"deaths_unknown": left} | {name: killed[name] for name in ("best", "high", "low")}


def column_of(group, sides, around):
    """The side that the dead of a group belong to; None where none or both sides are of that group."""
    kinds = STATE_KINDS if group == "state_forces" else {"armed_group"}
    of_group = [any(around.kind(part) in kinds for part in side) for side in sides]
    return {(True, False): "deaths_a", (False, True): "deaths_b"}.get(tuple(of_group))
