"""What stands around a record on its page: an actor's words and incidents, an article's statements, a place's incidents.

`page` is the page shown (public_views.PublicPage): it knows of which day the record is asked.
"""

import json
from collections import Counter, defaultdict

from django.db.models import Count, F
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from borderwatch.lists.row_filters import led_by
from borderwatch.models import Reference
from incidents.pages.reading import ROLES
from incidents.places import Gazetteer, Place, place_document
from incidents.published import IncidentFacet, PublishedActor, PublishedIncident, PublishedStatement
from incidents.tallying.counted import Total

MOST = 50
"""Statements shown on one page; the rest stand in the list of statements."""

FIRST_SAID = (F("said_on").asc(nulls_last=True), "pk")
LATEST_SAID = (F("said_on").desc(nulls_last=True), "-pk")
"""Orders of statements; those of which no day is reported stand last, on every database."""


def with_facet(rows, name, values):
    """Rows that have a facet `name` with any of the values."""
    return rows.filter(pk__in=rows.model.facet_model.objects.filter(name=name, value__in=values).values("row"))


# An actor


def actor(page, document):
    ids = own_and_parts(page)
    said = with_facet(page.rows(PublishedStatement), "speaker", ids).order_by(*LATEST_SAID)
    spoken = page.documents(said[:MOST])
    return {
        "incidents_by_role": incidents_by_role(page, ids),
        "parts": page.documents(page.rows(PublishedActor).filter(parent_uid=page.row.uid).order_by("title")[:MOST], summary=True),
        "labels": called(page, document["id"]),
        "labels_given": labels_given(spoken),
        "blaming": naming(page, "attributed_to"),
        "said": spoken,
        "said_heading": _("What it said") if document["kind"] != "person" else _("What this person said"),
        "said_url": f"{reverse('statement-list')}?speaker={document['id']}" if said.count() > MOST else "",
    }


def own_and_parts(page):
    """Public ids of the page's actor and of all that is part of it."""
    found, frontier = {page.row.uid: page.row.public_id}, [page.row.uid]
    while frontier:
        parts = dict(page.rows(PublishedActor).filter(parent_uid__in=frontier).values_list("uid", "public_id"))
        frontier = [uid for uid in parts if uid not in found]
        found |= parts
    return list(found.values())


def incidents_by_role(page, ids):
    """The incidents in which an actor has a part, by role."""
    groups = []
    for role in ROLES:
        rows = with_facet(page.rows(PublishedIncident), f"actor:{role}", ids).order_by("-date_start", "-pk")
        documents = page.documents(rows[:MOST], summary=True)
        more = f"{reverse('incident-list')}?actor={ids[0]}&role={role}" if rows.count() > MOST else ""
        if documents:
            groups.append({"role": role, "incidents": documents, "more_url": more})
    return groups


def labels_given(said):
    """What others are called in these statements: [{"words", "language", "actor", "described", "speaker", "statement"}]."""
    return [
        {name: label[name] for name in ("words", "language", "actor", "described")}
        | {"speaker": statement["speaker"], "statement": statement["id"]}
        for statement in said
        for label in statement["labels"]
    ]


def naming(page, field):
    """The statements that name the page's actor in a field, in the order in which they were said."""
    return page.documents(rows_naming(page, PublishedStatement, field).order_by(*FIRST_SAID)[:MOST])


def rows_naming(page, model, field):
    """The rows of one kind that name the page's record in a field, or what was merged into it."""
    uids = page.state.names_of(page.row.record, [page.row.uid])
    return page.rows(model).filter(pk__in=Reference.objects.filter(target__in=uids, record=model.record, field=field).values("edition"))


def called(page, actor_id):
    """What an actor is called, and by whom, in the order in which it was said."""
    return [
        {"words": label["words"], "language": label["language"], "speaker": statement["speaker"], "statement": statement["id"]}
        for statement in naming(page, "labels")
        for label in statement["labels"]
        if label["actor"] and label["actor"]["id"] == actor_id
    ]


# An incident


def editions(page):
    """What the page's incident counted in each edition up to the moment shown: [{"number", "valid_from", "kind", "note", "toll"}]."""
    rows = PublishedIncident.objects.filter(uid=page.row.uid, number__lte=page.row.number, is_tombstone=False, is_sealed=False)
    told = rows.order_by("number").values_list("number", "valid_from", "change", "edition__release__note", "edition__content")
    return [
        {"number": number, "valid_from": begins.isoformat(), "kind": change, "note": note, "toll": json.loads(content)["result"]["toll"]}
        for number, begins, change, note, content in told
    ]


# A statement


def statement(page, document):
    """What it answers, what was said in reply to it, and what replaced it."""
    uid = str(page.row.uid)
    found = {"answered": page.documents(page.rows(PublishedStatement).filter(public_id=document["in_reply_to"] or ""))}
    for name, field in (("replies", "in_reply_to"), ("replaced_by", "supersedes")):
        naming = page.state.referring("statement", field, [uid])[uid]
        rows = page.rows(PublishedStatement).filter(uid__in=[known.uid for known in naming]).order_by(*FIRST_SAID)
        found[name] = page.documents(rows)
    return found


# An article


def article(page, document):
    rows = page.rows(PublishedStatement).filter(article_uid=page.row.uid).order_by("pk")
    said = page.documents(rows[:MOST])
    source = document["source"]
    about = {incident["id"] for statement in said for incident in statement["incidents"]}
    incidents = page.rows(PublishedIncident).filter(public_id__in=about).order_by("date_start", "pk")
    return {
        "said": said,
        "said_url": f"{reverse('statement-list')}?source={source['id']}" if source and rows.count() > MOST else "",
        "incidents": page.documents(incidents, summary=True),
    }


# Places


def place(page, slug):
    chosen = Gazetteer().get(slug)
    if chosen is None:
        raise Http404
    rows = with_facet(page.rows(PublishedStatement), "shows_place", [chosen.slug]).order_by(*FIRST_SAID)
    about = [said for said in page.documents(rows) if said["about_place"] and said["about_place"]["id"] == chosen.slug]
    incidents = led_by(page.rows(PublishedIncident), "place", chosen.slug).order_by("-lead__date", "-pk")
    return {
        "place": place_card(chosen),
        "background": [said for said in about if said["act"] == "background"],
        "about": [said for said in about if said["act"] != "background"],
        "incidents": page.documents(incidents[:MOST], summary=True),
        "incidents_url": f"{reverse('incident-list')}?place={chosen.slug}",
        "within": [place_document(inner) for inner in chosen.children.select_related("parent__parent")],
    }


def place_card(chosen):
    """A place's document with what it lies in and its name in each language."""
    names = [(language, name) for language, name in chosen.names.items() if isinstance(name, str)]
    above = [{"id": place.slug, "name": place.name} for place in chosen.ancestors()]
    return place_document(chosen) | {"spellings": names, "above": above}


def gazetteer_by_country(page):
    """[{"place": country, "groups": [{"place": province, "places", "incidents"}]}]; what lies in no country stands in the last one."""
    every = list(Place.objects.all())
    inside = defaultdict(list)
    for known in every:
        inside[known.parent_id].append(known)
    counted = Counter(in_provinces(page))
    countries = [known for known in every if known.kind == Place.Kind.COUNTRY and inside[known.pk]]
    shown = [
        {"place": entry(known), "groups": provinces(known, inside, counted)}
        for known in sorted(countries, key=lambda one: one.slug != "tajikistan")
    ]
    loose = [entry(known) for known in inside[None] if not inside[known.pk]]
    return [*shown, {"place": None, "groups": [{"place": None, "places": loose, "incidents": 0}]}]


def in_provinces(page):
    """Province → how many incidents happened there: of now as kept, of another day as counted."""
    if page.moment is None:
        return dict(Total.objects.filter(by="province", measure="killed").values_list("key", "incidents"))
    facets = IncidentFacet.objects.filter(name="place", row__in=page.rows(PublishedIncident))
    return dict(facets.values_list("value").annotate(Count("row")))


def provinces(country, inside, counted):
    groups = [
        {"place": entry(known), "places": [entry(inner) for inner in all_within(known, inside)], "incidents": counted[known.slug]}
        for known in inside[country.pk]
    ]
    return sorted(groups, key=lambda group: (not group["incidents"], group["place"]["name"]))


def all_within(known, inside):
    for inner in inside[known.pk]:
        yield inner
        yield from all_within(inner, inside)


def entry(known):
    return {"id": known.slug, "name": known.name, "kind": known.kind}
