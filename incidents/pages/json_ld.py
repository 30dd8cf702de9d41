"""An incident for search engines and archives: schema.org in JSON-LD. It repeats what the page shows and says nothing beside it.

A pure function over the incident document. An event has a date only where the day is known: a range of days in which it fell is not how
long it lasted, so it stands as what the report covers.
"""

from incidents.pages.citations import SITE


def json_ld(document: dict, site: str, page: str) -> dict:
    """`site`: "https://host", before our own paths; `page`: the absolute address of the page, which names the report."""
    event = {"@id": f"{page}#event"}
    graph = [the_event(document, event), the_report(document, event, site, page), *claims(document, event, site)]
    return {"@context": "https://schema.org", "@graph": graph}


def the_event(document: dict, event: dict) -> dict:
    date, place = document["date"], document.get("place") or {}
    found = {"@type": "Event", **event, "name": document["title"], "identifier": document["id"]}
    if date.get("precision") == 1 and date["start"] == (date.get("end") or date["start"]):
        found["startDate"] = found["endDate"] = date["start"]
    if place:
        found["location"] = {"@type": "Place", "name": place["name"]}
        above = [place.get("province_name"), place.get("country_name")]
        around = ", ".join(str(name) for name in above if name and name != place["name"])
        found["location"] |= {"address": around} if around else {}
    return found


def the_report(document: dict, event: dict, site: str, page: str) -> dict:
    date, edition = document["date"], document["edition"]
    found = {
        "@type": "Report",
        "@id": page,
        "url": page,
        "headline": document["title"],
        "about": event,
        "datePublished": document["first_published_at"],
        "dateModified": edition["valid_from"],
        "version": str(edition["number"]),
        "temporalCoverage": "/".join(dict.fromkeys([date["start"], date.get("end") or date["start"]])),
        "publisher": {"@type": "Organization", "name": SITE},
        "citation": [the_article(article, site) for article in articles(document)],
    }
    return found | ({"abstract": document["summary"]} if document.get("summary") else {})


def articles(document: dict) -> list[dict]:
    """The articles that the page tells of, each once."""
    found = {said["article"]["id"]: said["article"] for said in document.get("statements", ()) if said.get("article")}
    return list(found.values())


def the_article(article: dict, site: str) -> dict:
    """Where it stood: the original, else its page here."""
    found = {"@type": "Article", "headline": article["headline"], "url": article.get("original_url") or site + article["url"]}
    if source := article.get("source"):
        found["publisher"] = {"@type": "Organization", "name": source["name"]}
    return found


def claims(document: dict, event: dict, site: str) -> list[dict]:
    """What was said about numbers: a Claim for each statement that gives one, with who made it and where it appeared."""
    counting = [said for said in document.get("statements", ()) if any(document["id"] in one["incidents"] for one in said["figures"])]
    return [the_claim(said, event, site) for said in counting]


def the_claim(said: dict, event: dict, site: str) -> dict:
    found = {"@type": "Claim", "url": f"{site}/statements/{said['id']}/", "text": said["quote"] or said["text"], "about": event}
    if said.get("speaker"):
        found["author"] = {"name": said["speaker"]["name"]}
    if said.get("said_on") and said.get("said_precision") == 1:
        found["datePublished"] = said["said_on"]
    if said.get("article"):
        found["appearance"] = {"@type": "Article", "headline": said["article"]["headline"], "url": site + said["article"]["url"]}
    return found
