"""Whose account a statement is. Corroboration counts origins, not outlets.

Five outlets that relay one communiqué are one origin; a source that speaks for an actor is that actor; an unknown
publisher and narration without attribution are no origin.
"""

from borderwatch.documents import reference


def root_of(uid, state):
    """The actor that speaks with one voice for the actor with this uid: the end of its public parents, or None."""
    actor, seen = state.get("actor", uid), set()
    while actor and actor.uid not in seen:
        seen.add(actor.uid)
        parent = state.get("actor", actor.content["parent"])
        if parent is None:
            break
        actor = parent
    return actor


def origin_of(content, state):
    """The origin of a statement's content as {"type", "id", "name"}, or None."""
    for uid in (content["based_on"], content["on_behalf_of"] or content["speaker"]):
        if actor := root_of(uid, state):
            return {"type": "actor"} | reference(actor)
    if content["released_through"]:
        return origin_of_source(content["released_through"], state)
    article = state.get("article", content["article"])
    if content["attribution"] == "outlet" and article:
        return origin_of_source(article.content["origin"] or article.content["source"], state)
    return None


def origin_of_source(uid, state):
    """The actor that the source speaks for, else the source itself; None for an unknown publisher."""
    speaks_for = state.referring("actor", "outlets", [uid])[str(uid)]
    if speaks_for:
        return {"type": "actor"} | reference(root_of(speaks_for[0].uid, state))
    source = state.get("source", uid)
    if source is None or source.content["kind"] == "unknown":
        return None
    return {"type": "source"} | reference(source)
