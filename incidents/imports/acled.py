"""ACLED, the Armed Conflict Location & Event Data: its 31 columns. Its licence forbids redistribution, so what it says stays on the desk.

Codes and their meaning: ACLED Codebook, 2024.
"""

from incidents.imports.events import Count, Event, Side
from incidents.models import Actor, Incident, Participation
from sources.models import Source

KEY = "acled"
ACTOR_KEY = "acled"
IS_REDISTRIBUTABLE = False
SOURCE = {
    "slug": "acled",
    "name": "ACLED",
    "kind": Source.Kind.RESEARCH,
    "country": "US",
    "languages": ["en"],
    "url": "https://acleddata.com/",
    "scale": Source.Scale.INTERNATIONAL,
}
HEADLINE = "Armed Conflict Location & Event Data: {file}"

REQUIRED = (
    "event_id_cnty event_date time_precision event_type sub_event_type actor1 inter1 actor2 inter2 country admin1 admin2 "
    "location latitude longitude geo_precision source notes fatalities"
).split()
OTHER_NAMES = {}

KINDS = {
    "Armed clash": Incident.Kind.ARMED_CLASH,
    "Government regains territory": Incident.Kind.ARMED_CLASH,
    "Non-state actor overtakes territory": Incident.Kind.ARMED_CLASH,
    "Shelling/artillery/missile attack": Incident.Kind.SHELLING,
    "Remote explosive/landmine/IED": Incident.Kind.EXPLOSIVE_DEVICE,
    "Suicide bomb": Incident.Kind.EXPLOSIVE_DEVICE,
    "Grenade": Incident.Kind.EXPLOSIVE_DEVICE,
    "Attack": Incident.Kind.ATTACK_ON_CIVILIANS,
    "Sexual violence": Incident.Kind.ATTACK_ON_CIVILIANS,
    "Abduction/forced disappearance": Incident.Kind.ABDUCTION,
    "Arrests": Incident.Kind.ARREST,
}
"""Sub-event type → kind; an air strike is a drone strike only where the notes say so, everything else is “other”."""
PRECISIONS_OF_DATES = {"1": 1, "2": 3, "3": 4}
"""time_precision: exact day, week, month."""
PRECISIONS_OF_PLACES = {"1": 1, "2": 3, "3": 4}
"""geo_precision: the town itself, part of a region, a larger region."""
ATTACKS = ("Violence against civilians", "Explosions/Remote violence")
STATE_FORCES = ("1", "State Forces")
NO_ACTORS = ("5", "6", "7", "Rioters", "Protesters", "Civilians")


def event(cells, row):
    """The Event of one row; what is wrong with it stands in `cells.problems`."""
    fatalities = cells.number("fatalities")
    latitude, longitude = cells.point()
    day = cells.day("event_date")
    places = ("location", "admin3", "admin2", "admin1", "country")
    words = ", ".join(dict.fromkeys(filter(None, (cells.text(name) for name in places))))
    return Event(
        key=cells.text("event_id_cnty", is_required=True),
        row=row,
        incident={
            "title": cells.shortened("actor1", title(cells), 200),
            "kind": kind(cells),
            "started_on": day and day.isoformat(),
            "ended_on": None,
            "date_precision": cells.code("time_precision", PRECISIONS_OF_DATES),
            "latitude": latitude,
            "longitude": longitude,
            "place_precision": cells.code("geo_precision", PRECISIONS_OF_PLACES),
            "where_description": cells.shortened("location", words, 300),
        },
        statement={"text": text(cells), "quote": cells.text("notes")},
        counts=[] if fatalities is None else [count(fatalities)],
        sides=sides(cells),
        place_names={name: cells.text(column) for name, column in (("country", "country"), ("province", "admin1"), ("district", "admin2"))},
        best=fatalities,
    )


def kind(cells):
    sub_event = cells.text("sub_event_type", is_required=True)
    if sub_event == "Air/drone strike" and any(word in cells.text("notes").lower() for word in ("drone", "uav", "unmanned")):
        return Incident.Kind.DRONE_STRIKE
    return KINDS.get(sub_event, Incident.Kind.OTHER)


def count(fatalities):
    """Reported fatalities have no range. Zero is what ACLED writes where no death is reported; the words say so."""
    return Count(fatalities, fatalities, fatalities, wording="" if fatalities else "no reported fatalities")


def title(cells):
    parties = " - ".join(filter(None, [cells.text("actor1"), cells.text("actor2")]))
    return ": ".join(filter(None, [parties or cells.text("sub_event_type"), cells.text("location")]))


def sides(cells):
    attack = cells.text("event_type") in ATTACKS
    roles = (Participation.Role.ALLEGED_ATTACKER, Participation.Role.TARGET) if attack else (Participation.Role.OTHER_PARTY,) * 2
    found = [side(cells, number, role) for number, role in zip("12", roles, strict=True)]
    return [one for one in found if one.name]


def side(cells, number, role):
    """An actor, or the people whom ACLED calls rioters, protesters and civilians in words. The name is the actor's id."""
    name, interaction = cells.text(f"actor{number}", most=200), cells.text(f"inter{number}")
    if not name or interaction in NO_ACTORS:
        return Side(name, role=role)
    is_state = interaction in STATE_FORCES or name.startswith(("Military Forces of", "Police Forces of"))
    return Side(name, Actor.Kind.STATE_FORCES if is_state else Actor.Kind.ARMED_GROUP, external_id=name, role=role)


def text(cells):
    """The statement in our words; ACLED's own notes are its quote."""
    sentences = [f"ACLED records event {cells.text('event_id_cnty')}: {cells.text('sub_event_type')} ({cells.text('event_type')})."]
    if sources := cells.text("source"):
        sentences.append(f"It relies on: {sources}.")
    return " ".join(sentences)
