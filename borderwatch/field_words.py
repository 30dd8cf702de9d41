"""What the fields of public documents are called on screen, and in which list of words their codes stand.

Comparisons of editions, lists of changes and the data dictionary use them alike.
"""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "title": _("title"),
    "name": _("name"),
    "headline": _("headline"),
    "summary": _("summary"),
    "description": _("description"),
    "kind": _("kind"),
    "means": _("means"),
    "date": _("day"),
    "place": _("place"),
    "launched_from": _("launched from"),
    "participants": _("who was involved"),
    "statements": _("statements"),
    "images": _("pictures"),
    "image": _("picture"),
    "logo": _("logo"),
    "content_warning": _("content warning"),
    "external_ids": _("ids in other data sets"),
    "translations": _("translations"),
    "country": _("country"),
    "parent": _("belongs to"),
    "root": _("speaks with the voice of"),
    "outlets": _("outlets that speak for it"),
    "aliases": _("other names"),
    "offices": _("offices held"),
    "speaker": _("speaker"),
    "speaker_as": _("how the article names the speaker"),
    "speaker_title": _("the speaker's office on that day"),
    "on_behalf_of": _("on behalf of"),
    "origin": _("origin"),
    "attribution": _("attribution"),
    "based_on": _("whose figures these are"),
    "released_through": _("released through"),
    "attributed_to": _("said to have done it"),
    "attributed_to_as": _("how whoever did it is named"),
    "act": _("what the speaker did"),
    "denies": _("what is denied"),
    "said_on": _("said on"),
    "said_precision": _("how exactly that day is known"),
    "retracted_on": _("taken back on"),
    "retraction_notice": _("notice of retraction"),
    "quote": _("quoted words"),
    "text": _("paraphrase"),
    "language": _("language"),
    "languages": _("languages"),
    "original_text": _("words in the original language"),
    "original_language": _("original language"),
    "translated_by": _("translated by"),
    "credibility": _("credibility"),
    "supersedes": _("replaces"),
    "in_reply_to": _("in reply to"),
    "about_place": _("about the place"),
    "covers": _("what the tally covers"),
    "outcome": _("what came of it"),
    "outcome_reason": _("why that came of it"),
    "outcome_statement": _("statement that shows what came of it"),
    "article": _("article"),
    "figures": _("figures"),
    "labels": _("who is called what"),
    "assertions": _("when and where, as said"),
    "incidents": _("incidents"),
    "original_url": _("address of the original"),
    "archive_url": _("address in an archive"),
    "byline": _("byline"),
    "published_on": _("published on"),
    "published_precision": _("how exactly that day is known"),
    "source": _("source"),
    "cites": _("sources cited"),
    "duplicate_of": _("the same article as"),
    "website": _("website"),
    "ownership": _("ownership"),
    "scale": _("scale"),
    "reliability": _("reliability"),
    "reliability_reason": _("why this reliability"),
    "reliability_assessed_on": _("reliability judged on"),
}
"""Field of a document → its name."""

CODES = {
    "country": "country",
    "language": "language",
    "languages": "language",
    "original_language": "language",
    "act": "act",
    "denies": "denies",
    "attribution": "attribution",
    "credibility": "credibility",
    "reliability": "reliability",
    "outcome": "outcome",
    "measure": "measure",
    "group": "group",
    "role": "role",
    "certainty": "certainty",
    "verdict": "verdict",
    "status": "evidence",
    "evidence": "evidence",
    "disputed_on": "disputed",
    "place_precision": "place_precision",
    "incident.kind": "incident_kind",
    "actor.kind": "actor_kind",
    "source.kind": "source_kind",
    "place.kind": "place_kind",
}
"""Field, or kind of record and field → list of words (words.LISTS) in which its codes stand."""

TEXTS = frozenset(
    "title name headline summary description content_warning ownership reliability_reason outcome_reason retraction_notice text".split()
)
"""Fields in the record's own words, which are English."""


def field_name(name):
    """What a field is called on screen."""
    return FIELDS.get(name) or name.replace("_", " ")


def list_of_codes(record, name):
    """The name of the list of words for the codes of a field; None where it holds no codes."""
    return CODES.get(f"{record}.{name}") or CODES.get(name)
