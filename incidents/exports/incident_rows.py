"""An incident as a row of our own layout and as a GeoJSON feature: made of its document, the same for every file."""

INCIDENT = {
    "id": "Our number, never reused.",
    "url": "Its page.",
    "title": "Neutral title.",
    "kind": "Code of the kind of incident.",
    "date_start": "First day on which it can have happened.",
    "date_end": "Last day on which it can have happened.",
    "date_precision": "UCDP date_prec: 1 day, 2 two to six days, 3 week, 4 month, 5 more.",
    "place": "Address word of the place.",
    "place_name": "Its name.",
    "province": "Address word of the province.",
    "province_name": "Its name.",
    "country": "Two letters, ISO 3166-1.",
    "country_name": "Its name.",
    "latitude": "Degrees north; of the middle of the place where no point is known.",
    "longitude": "Degrees east; likewise.",
    "place_precision": "UCDP where_prec: 1 exactly here, 2 near, 3 district, 4 province, 5 line, 6 country, 7 abroad.",
    **{
        f"{measure}_{part}": meaning % {"measure": measure}
        for measure in ("killed", "injured")
        for part, meaning in (
            ("low", "Fewest %(measure)s by the accounts; blank: not reported."),
            ("best", "Best number of %(measure)s by rule BW-1; blank: not reported."),
            ("high", "Most %(measure)s by the accounts; blank: not reported."),
            ("open_ended", "Whether the highest account has no upper bound (more than …)."),
            ("state", "counted; uncounted: words without a number; not_reported: nobody says anything."),
        )
    },
    "evidence": "corroborated (two or more origins) or single-source.",
    "origins": "Ids of those who vouch for it, each one voice.",
    "disputed_on": "What accounts dispute: occurrence, responsibility, numbers, date, place.",
    "articles": "Ids of the articles that tell of it.",
    "edition": "Number of this edition.",
    "published_at": "When readers first saw it.",
    "updated_at": "When this edition appeared.",
}


def id_of(reference):
    return reference["id"] if reference else None


def stamps(document):
    edition = document["edition"]
    return {"edition": edition["number"], "published_at": document["first_published_at"], "updated_at": edition["valid_from"]}


def in_columns(columns, found):
    return [found[name] for name in columns]


def articles_of(document):
    """The articles that tell of the incident, each once."""
    return list({statement["article"]["id"]: statement["article"] for statement in document["statements"] if statement["article"]}.values())


def incident_rows(documents, asked):
    for document in documents:
        place, date, evidence = document["place"] or {}, document["date"], document["evidence"]
        plain = {name: document[name] for name in ("id", "url", "title", "kind")}
        when = {"date_start": date["start"], "date_end": date["end"], "date_precision": date["precision"]}
        names = ("province", "province_name", "country", "country_name", "latitude", "longitude")
        where = {"place": place.get("id"), "place_name": place.get("name"), "place_precision": place.get("precision")}
        where |= {name: place.get(name) for name in names}
        told = {"evidence": evidence["status"], "origins": [origin["id"] for origin in evidence["origins"]]}
        told |= {"disputed_on": evidence["disputed_on"], "articles": [article["id"] for article in articles_of(document)]}
        numbers = measured(document, "killed") | measured(document, "injured")
        yield in_columns(INCIDENT, plain | when | where | numbers | told | stamps(document))


def measured(document, measure):
    """Five cells of a measure; what nobody reported is blank, never zero."""
    toll = document["toll"][measure]
    state = "not_reported" if toll is None else "counted" if toll["counted"] else "uncounted"
    numbers = toll if state == "counted" else {}
    return {f"{measure}_{part}": numbers.get(part) for part in ("low", "best", "high", "open_ended")} | {f"{measure}_state": state}


def feature(document):
    """A GeoJSON feature; an incident without a point has a null geometry, an uncertain place says so beside its point."""
    place = document["place"] or {}
    has_point = place.get("latitude") is not None and place.get("longitude") is not None
    killed, injured = (measured(document, measure) for measure in ("killed", "injured"))
    names = ("name", "province", "province_name", "country", "country_name", "description")
    properties = {name: document[name] for name in ("id", "url", "title", "summary", "kind", "date")}
    properties |= {f"place_{name}" if name in ("name", "description") else name: place.get(name) for name in names}
    properties |= {
        "place": place.get("id"),
        "place_precision": place.get("precision"),
        "coordinates_are_exact": place.get("precision") == 1,
    }
    properties |= killed | injured | {"evidence": document["evidence"]["status"], "disputed_on": document["evidence"]["disputed_on"]}
    geometry = {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]} if has_point else None
    return {"type": "Feature", "id": document["id"], "geometry": geometry, "properties": properties | stamps(document)}
