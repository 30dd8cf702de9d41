"""Documents of statements: who said what, with the figures, labels and answers of their words."""

from borderwatch.documents import common, public_id_of, referenced
from incidents.places import gazetteer
from incidents.rule.origins import origin_of
from sources.documents import article_reference

CERTAINTIES = ("certain", "probable", "possible")


def statement_document(public, state):
    """The public document of a statement by itself: with the incidents it is about and its edition."""
    certainty = certainties(public.content, state)
    shown = [incident_reference(incident) | {"certainty": certainty[incident.uid]} for incident in state.load("incident", certainty)]
    return statement_in_document(public, state) | {"incidents": shown} | common(public)


def incident_reference(incident):
    """{"id", "title", "url"} of a public incident."""
    own = incident.content
    return {"id": incident.public_id, "title": own["title"], "url": f"/incidents/{incident.public_id}/{own['slug']}/"}


def statement_in_document(public, state, incident_uid=None):
    """The statement as it stands in an incident's document; with `incident_uid`, `certainty` says how sure that link is."""
    own = public.content
    return (
        {"id": public.public_id, "url": f"/statements/{public.public_id}/"}
        | speech(own, state)
        | words(own)
        | {
            "supersedes": public_id_of("statement", own["supersedes"], state),
            "in_reply_to": public_id_of("statement", own["in_reply_to"], state),
            "about_place": gazetteer(state).reference(own["about_place"]),
            "covers": covers(own, state),
            "outcome": own["outcome"],
            "outcome_reason": own["outcome_reason"],
            "outcome_statement": public_id_of("statement", own["outcome_statement"], state),
            "article": article_reference(own["article"], state),
            "figures": figures(own, state),
            "labels": [label_in_document(label, state) for label in own["labels"]],
            "assertions": [shown for answer in own["assertions"] if (shown := assertion(answer, own, state))],
        }
        | ({"certainty": certainties(own, state)[incident_uid]} if incident_uid else {})
    )


def certainties(own, state):
    """uid → certainty of every incident that the statement is about, public or not; of two merged into one the surer link counts."""
    links = sorted(own["incidents"], key=lambda link: CERTAINTIES.index(link["certainty"]), reverse=True)
    sure = {state.read_as("incident", link["incident"]): link["certainty"] for link in links}
    return {uid: sure[uid] for uid in (state.read_as("incident", link["incident"]) for link in own["incidents"])}


def speech(own, state):
    """Who speaks, for whom, through whom, on whose figures, and of whom."""
    return {
        "speaker": referenced("actor", own["speaker"], state),
        "speaker_as": own["speaker_as"],
        "speaker_title": own["speaker_title"],
        "on_behalf_of": referenced("actor", own["on_behalf_of"], state),
        "origin": origin_of(own, state),
        "attribution": own["attribution"],
        "based_on": referenced("actor", own["based_on"], state),
        "released_through": referenced("source", own["released_through"], state),
        "attributed_to": referenced("actor", own["attributed_to"], state),
        "attributed_to_as": own["attributed_to_as"],
    }


def words(own):
    plain = (
        "act denies said_on said_precision retracted_on quote text language "
        "original_text original_language translated_by credibility translations"
    )
    return {name: own[name] for name in plain.split()}


def covers(own, state):
    """The period, place and count of incidents of a tally, with the assumption of its comparison; None for other statements."""
    if own["act"] != "tally":
        return None
    return {
        "start": own["covers_start"],
        "end": own["covers_end"],
        "place": gazetteer(state).reference(own["covers_place"]),
        "incidents_low": own["incidents_low"],
        "incidents_high": own["incidents_high"],
        "note": own["covers_note"],
    }


def figures(own, state):
    """Figures with the public ids of their incidents; one about a single incident that is not public is left out.

    `about_others`: a together figure is also about an incident that is not public, so no tally counts all of its incidents.
    """
    linked = list(certainties(own, state))
    shown = []
    for figure in own["figures"]:
        about = [figure["incident"]] if figure["incident"] else linked
        public = [public_id_of("incident", uid, state) for uid in about]
        if about and len(about) == 1 and public == [None]:
            continue
        plain = "id measure group nationality low best high wording adds calculation derived_from verdict verdict_reason"
        shown.append(
            {name: figure[name] for name in plain.split()}
            | {
                "incidents": [known for known in public if known],
                "together": len(about) > 1,
                "about_others": len(about) > 1 and None in public,
                "party": referenced("actor", figure["party"], state),
            }
        )
    return shown


def label_in_document(label, state):
    return {"actor": referenced("actor", label["actor"], state)} | {name: label[name] for name in ("described", "words", "language")}


def assertion(answer, own, state):
    """One answer to "when" or "where", with the incident it is about; None when that one is not public."""
    linked = list(certainties(own, state))
    uid = answer["incident"] or (linked[0] if len(linked) == 1 else None)
    incident = public_id_of("incident", uid, state)
    if uid and incident is None:
        return None
    plain = "about role starts_on ends_on wording"
    return {name: answer[name] for name in plain.split()} | {"place": gazetteer(state).reference(answer["place"]), "incident": incident}
