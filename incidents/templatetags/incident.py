"""Tags for what stands on an incident's page: the number, the evidence in words, accounts side by side."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from borderwatch.templatetags.record import page
from borderwatch.texts import dating, words
from borderwatch.texts.directions import isolated, lang_mark
from incidents.pages import reading, responses
from incidents.pages import steps as moving

register = template.Library()

PART_WORDS = {
    "best": gettext_lazy("The best number comes from"),
    "used": gettext_lazy("Also used"),
    "not_counted": gettext_lazy("Reported without a number, not counted"),
    "set_aside": gettext_lazy("Set aside"),
    "together": gettext_lazy("About several incidents together, never split"),
    "other": gettext_lazy("Also reported"),
}


@register.filter
def amount(result):
    """A low, best, high in words: "5", "5-6", "6 or more", "not reported", "reported without a number"."""
    if result is None:
        return _("not reported")
    if result.get("low") is None:
        return _("reported without a number")
    low, high = result["low"], result.get("high")
    is_open = result.get("open_ended", high is None)
    top = max(low, result.get("best") or low) if high is None else high
    span = str(low) if low == top else isolated(f"{low}-{top}")
    return _("%(number)s or more") % {"number": span} if is_open else span


@register.filter
def range_beside_best(result):
    """The range as it stands small beside the best number; empty where every account gives the same."""
    if not result or result.get("low") is None:
        return ""
    is_alone = result["low"] == result.get("high") == result["best"] and not result.get("open_ended")
    return "" if is_alone else amount(result)


@register.filter
def origin_count(evidence):
    """How many origins vouch: "2 origins"."""
    count = len(evidence.get("origins", ()))
    return ngettext("%(count)s origin", "%(count)s origins", count) % {"count": count}


@register.simple_tag
def counted_by(document, measure):
    """By whose count: the names of the origins that the best number comes from."""
    return reading.counted_by(document, measure)


@register.simple_tag
def claims(document, measure):
    """The claims behind a number, grouped by the part they play: [{"title", "claims"}]."""
    found = reading.claims(document, measure)
    groups = [
        {"part": part, "title": PART_WORDS[part], "claims": [claim for claim in found if claim["part"] == part]} for part in reading.PARTS
    ]
    return [group for group in groups if group["claims"]]


@register.simple_tag
def buckets(document, measure):
    """Of the total of a measure: how many were who, by the same rule."""
    return [
        bucket
        for bucket in document["toll"].get("buckets", ())
        if bucket["measure"] == measure and (bucket["group"], bucket["nationality"]) != ("all", "")
    ]


@register.simple_tag
def reported(document):
    """The measures that some account reports for this incident alone: [("killed", result), …]."""
    return [(measure, document["toll"][measure]) for measure in reading.MEASURES if document["toll"].get(measure)]


@register.simple_tag
def toll_of(document, measure):
    """The result of one measure of an incident, of everybody; None where nothing is reported."""
    return document["toll"].get(measure)


@register.simple_tag
def not_reported(document):
    """The measures that no account reports for this incident alone, in words."""
    return [words.MEASURE[measure] for measure in reading.MEASURES if document["toll"].get(measure) is None]


@register.simple_tag
def comparison(document):
    return reading.comparison(document)


@register.simple_tag
def participants_by_role(document):
    return reading.participants_by_role(document)


@register.simple_tag
def gaps(document):
    return reading.gaps(document)


@register.simple_tag
def by_article(document):
    return reading.by_article(document)


@register.simple_tag
def by_origin(document):
    return reading.by_origin(document)


@register.simple_tag
def sides(document):
    return responses.sides(document)


@register.simple_tag
def chains(document):
    return responses.chains(document)


@register.simple_tag
def promises(document):
    return responses.promises(document)


@register.simple_tag
def steps_said(document, measure):
    """How a number moved with what was said: {"steps", "drawing", "moved"}; `moved`: best, range or '' for neither."""
    return with_drawing(moving.by_day_said(document, measure))


@register.simple_tag
def steps_by_edition(editions, measure):
    """How a number moved from edition to edition of the record."""
    return moving.by_edition(editions or (), measure)


@register.simple_tag(takes_context=True)
def steps_files(context, document, measure, is_old_edition):
    """{"svg", "csv"}: the addresses of the steps as files, of the edition or of the day that the page shows."""
    number = [document["edition"]["number"]] if is_old_edition else []
    name = "incident-edition-steps" if is_old_edition else "incident-steps"
    return {form: page(context, f"{name}-{form}", document["id"], *number, measure) for form in ("svg", "csv")}


@register.filter
def plain_day(text):
    """A day without markup, as a drawing needs it; set apart, so that it reads in its own direction."""
    return f"\u2068{date_format(dating.parse_day(text), 'DATE_FORMAT')}\u2069"


def with_drawing(found):
    counted = [step for step in found if step["result"] and step["result"]["best"] is not None]
    moved = "best" if len({step["result"]["best"] for step in counted}) > 1 else "range" if any_moved(counted) else ""
    return {"steps": found, "drawing": moving.drawing(found), "moved": moved, "counted": counted}


def any_moved(counted):
    return any(step["result"] != counted[0]["result"] for step in counted)


@register.simple_tag
def together(document):
    return reading.together(document)


@register.simple_tag
def statement(document, number):
    """The statement of an incident document by its id."""
    return next((entry for entry in document.get("statements", ()) if entry["id"] == number), None)


@register.simple_tag
def question(difference):
    """The question that accounts answer differently, in words."""
    about, role = difference["on"], difference.get("role")
    if about in ("number", "together"):
        who = words.people(difference.get("group", "all"), difference.get("nationality", ""))
        asked = _("how many %(people)s %(measure)s") % {"people": who, "measure": words.word(difference.get("measure"), "measure")}
        return _("%(asked)s (several incidents together)") % {"asked": asked} if about == "together" else asked
    asked = words.word(about, "question")
    if role and role != "occurrence":
        return _("%(asked)s (%(moment)s)") % {"asked": asked, "moment": words.word(role, "moment")}
    return asked


@register.simple_tag
def disputed(evidence):
    """What is disputed, in words: "who did it, how many"."""
    return ", ".join(str(words.word(code, "disputed")) for code in evidence.get("disputed_on", ()))


@register.filter
def why_set_aside(reason):
    """The reason a figure moves no number: its code in words, with what the editors added after a colon."""
    code, _colon, rest = reason.partition(":")
    return f"{words.word(code, 'set_aside')}:{rest}" if rest else words.word(code, "set_aside")


@register.simple_tag
def answer(difference, given, language=""):
    """One answer to the question of a difference, in words: a day, a range of days, a number, a place, a phrase in its speaker's words.

    `language`: of the words of the statement that gives it.
    """
    value, wording = given["value"], given.get("wording", "")
    if given.get("is_denial"):
        return _("not us: responsibility denied")
    if value is None:
        return quoted(wording, language) if wording else _("reported without a number")
    if difference["on"] == "date":
        start, _slash, end = value.partition("/")
        return dating.in_words(start, end or None, 2 if end else 1)
    if isinstance(value, dict):
        return amount(value)
    if difference["on"] == "label":
        return quoted(value, given.get("language"))
    known = given.get("place") or given.get("actor") or {"untranslated": True}
    is_its_name = value == known.get("name") and not known.get("untranslated")
    return format_html("<bdi{}>{}</bdi>", "" if is_its_name else lang_mark("en"), value)


def quoted(phrase, language):
    return format_html('<q class="verbatim inline" dir="auto"{}>{}</q>', lang_mark(language), phrase)
