"""By which values readers filter incidents and statements, and the words by which search finds them.

Facet names: place (slug, with all it lies in), actor and actor:ROLE, speaker, source (public ids), act, group, nationality, shows_place;
launched_from (slug) for the map; by_actor, by_source (public ids, '' for none) for tallies; for the desk: unknown (unknowns.py).
"""

from borderwatch.search import with_sounds
from incidents.places import gazetteer
from incidents.rule.unknowns import FACET as UNKNOWN
from incidents.rule.unknowns import unknowns
from incidents.tallies import BY


def incident_facets(public, document):
    """(name, value) pairs of an incident: from its own fields, and from its statements."""
    yield from located_in(document["place"])
    yield from shown_places(document)
    if document["launched_from"]:
        yield "launched_from", document["launched_from"]["id"]
    for part in document["participants"]:
        if part["actor"]:
            yield "actor", part["actor"]["id"]
            yield f"actor:{part['role']}", part["actor"]["id"]
        yield "role", part["role"]
    yield from (("means", means) for means in public.content["means"])
    for statement in document["statements"]:
        yield from speech_facets(statement)
        yield from people_facets(figure for figure in statement["figures"] if document["id"] in figure["incidents"])
    yield from ((UNKNOWN, code) for code in unknowns(document))
    yield from ((f"by_{name}", key) for name in ("actor", "source") for key in BY[name](document))


def statement_facets(public, document):
    """(name, value) pairs of a statement."""
    yield from speech_facets(document)
    yield from people_facets(document["figures"])
    yield from (("incident", incident["id"]) for incident in document["incidents"])
    yield from shown_places(document)
    yield from located_in(document["about_place"])


def located_in(place):
    """The place and all that it lies in."""
    if place and place["id"]:
        yield from (("place", slug) for slug in [place["id"], *place["within"]])


def speech_facets(statement):
    yield "act", statement["act"]
    for field in ("speaker", "on_behalf_of"):
        if statement[field]:
            yield "speaker", statement[field]["id"]
    article = statement["article"] or {}
    for source in (article.get("source"), statement["released_through"]):
        if source:
            yield "source", source["id"]


def people_facets(figures):
    for figure in figures:
        yield "group", figure["group"]
        if figure["nationality"]:
            yield "nationality", figure["nationality"]


def shown_places(document):
    """Every place whose name the document shows, so that saving the place composes it anew."""
    statements = document.get("statements", [document] if "assertions" in document else [])
    places = [document.get("place"), document.get("launched_from")]
    for statement in statements:
        places += [
            statement["about_place"],
            (statement["covers"] or {}).get("place"),
            *(answer["place"] for answer in statement["assertions"]),
        ]
    for place in places:
        yield from (("shows_place", slug) for _name, slug in located_in(place))


def incident_words(public, document, state):
    own = public.content
    translated = [text for texts in (own["translations"] or {}).values() for text in texts.values() if isinstance(text, str)]
    actors = state.load("actor", [part["actor"] for part in own["participations"] if part["actor"]])
    names = [*place_names(document["place"], state), *(name for actor in actors for name in names_of(actor))]
    words = [own["title"], own["summary"], own["where_description"], *translated]
    words += [part["described_as"] for part in own["participations"]]
    for statement in state.referring("statement", "incidents", [public.uid])[public.uid]:
        words.append(spoken_words(statement.content))
        names += spoken_names(statement.content, state)
    return with_sounds(" ".join([*words, *names]), names)


def statement_words(public, document, state):
    names = [*spoken_names(public.content, state), *place_names(document["about_place"], state)]
    return with_sounds(" ".join([spoken_words(public.content), *names]), names)


def spoken_words(own):
    """The words of a statement."""
    labels = [label[part] for label in own["labels"] for part in ("described", "words")]
    plain = [own[name] for name in ("quote", "text", "original_text", "speaker_as", "speaker_title", "attributed_to_as")]
    return " ".join([*plain, *labels])


def spoken_names(own, state):
    """Every name of those who speak or are spoken of."""
    uids = [own[field] for field in ("speaker", "on_behalf_of", "based_on", "attributed_to")] + [label["actor"] for label in own["labels"]]
    named = [name for actor in state.load("actor", [uid for uid in uids if uid]) for name in names_of(actor)]
    return [*named, own["speaker_as"]]


def names_of(actor):
    return [actor.content["name"], *actor.content["aliases"]]


def place_names(place, state):
    """Every name, in every language, of the place and of what it lies in."""
    for known in gazetteer(state).chain(place["id"]) if place and place.get("id") else ():
        yield known.name
        for names in known.names.values():
            yield from names if isinstance(names, list) else [names]
