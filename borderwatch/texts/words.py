"""What the codes of the record are called on screen: one word for one idea, in plain English, translated by gettext.

Templates ask through the filter `word` ("{{ document.kind|word:'incident_kind' }}"). An unknown code is shown as it is.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from borderwatch.codes import Credibility, Reliability
from borderwatch.texts.nationals import NATIONALS

INCIDENT_KIND = {
    "armed_clash": _("Armed clash"),
    "drone_strike": _("Drone strike"),
    "shelling": _("Shelling"),
    "attack_on_civilians": _("Attack on civilians"),
    "border_crossing": _("Border crossing"),
    "explosive_device": _("Explosive device"),
    "abduction": _("Abduction"),
    "arrest": _("Arrest"),
    "seizure": _("Seizure"),
    "other": _("Other incident"),
}

# What a measure counts, as it follows a number: "5 killed".
MEASURE = {"killed": _("killed"), "injured": _("injured"), "missing": _("missing"), "detained": _("detained")}

GROUP = {
    "all": _("people"),
    "state_forces": _("state forces"),
    "civilians": _("civilians"),
    "armed_group": _("members of an armed group"),
    "status_unknown": _("people whose status is not known"),
}

# What a speaker did with the words: the verb between speaker and date.
ACT = {
    "report": _("reported"),
    "claim": _("said"),
    "confirmation": _("confirmed"),
    "denial": _("denied"),
    "attribution": _("said who did it"),
    "accusation": _("accused"),
    "condemnation": _("condemned"),
    "condolence": _("expressed sorrow"),
    "demand": _("demanded"),
    "pledge": _("promised"),
    "warning": _("warned"),
    "announcement": _("announced"),
    "assessment": _("assessed"),
    "no_comment": _("did not comment"),
    "background": _("said, as background"),
    "tally": _("counted"),
    "retraction": _("took back"),
}

DENIES = {"occurrence": _("that it happened"), "responsibility": _("responsibility"), "figures": _("the numbers")}

ATTRIBUTION = {
    "named": _("named speaker"),
    "unnamed_official": _("unnamed officials"),
    "unnamed": _("unnamed people"),
    "outlet": _("the outlet's own reporting"),
    "none": _("the article's own words, attributed to nobody"),
}

EVIDENCE = {
    "corroborated": _("Corroborated"),
    "single-source": _("Single source"),
    "acknowledged": _("Acknowledged"),
    "disputed": _("Disputed"),
}

DISPUTED = {
    "occurrence": _("whether it happened"),
    "responsibility": _("who did it"),
    "numbers": _("how many"),
    "date": _("when"),
    "place": _("where"),
}

# The question behind a difference between accounts.
QUESTION = {
    "date": _("when"),
    "place": _("where"),
    "number": _("how many"),
    "together": _("how many, several incidents together"),
    "responsibility": _("who did it"),
    "label": _("what they are called"),
}

CERTAINTY = {
    "certain": _("certainly about this incident"),
    "probable": _("probably about this incident"),
    "possible": _("possibly about this incident"),
}

CREDIBILITY = dict(Credibility.choices)
RELIABILITY = dict(Reliability.choices)

SOURCE_KIND = {
    "news_agency": _("News agency"),
    "newspaper": _("Newspaper"),
    "broadcaster": _("Broadcaster"),
    "news_site": _("News site"),
    "government": _("Government outlet"),
    "intergovernmental": _("Intergovernmental organisation"),
    "ngo": _("Non-governmental organisation"),
    "social_media": _("Social media"),
    "research": _("Research"),
    "unknown": _("Publisher not known"),
}

ACTOR_KIND = {
    "person": _("Person"),
    "state_body": _("State body"),
    "state_forces": _("State forces"),
    "armed_group": _("Armed group"),
    "company": _("Company"),
    "community": _("Community"),
    "intergovernmental": _("Intergovernmental organisation"),
    "media": _("News organisation"),
}

PLACE_KIND = {
    "country": _("Country"),
    "province": _("Province"),
    "district": _("District"),
    "settlement": _("Town or village"),
    "crossing": _("Crossing"),
    "feature": _("Border or river"),
}

ROLE = {
    "alleged_attacker": _("Said to have attacked"),
    "target": _("Attacked"),
    "other_party": _("Other party"),
    "responder": _("Responded"),
}

# Whose moment or spot a dated or placed assertion is about.
MOMENT = {
    "occurrence": _("event"),
    "crossing": _("crossing"),
    "launch": _("launch"),
    "impact": _("impact"),
    "announcement": _("announcement"),
}

# UCDP's where_prec 1-7 as a reader needs it: what is known, and what is not.
PLACE_PRECISION = {
    1: _("exactly here"),
    2: _("near here, within about 25 km"),
    3: _("somewhere in the district"),
    4: _("somewhere in the province"),
    5: _("somewhere along this line"),
    6: _("province not reported"),
    7: _("outside any country"),
}

OUTCOME = {
    "open": _("open"),
    "kept": _("kept"),
    "partly_kept": _("kept in part"),
    "broken": _("not kept"),
    "overtaken": _("overtaken by events"),
}

CHANGE = {
    "new": _("First published"),
    "update": _("Updated"),
    "correction": _("Corrected"),
    "figures": _("Statements or figures changed"),
    "merge": _("Merged"),
    "withdrawal": _("Withdrawn"),
    "seal": _("Sealed"),
    "recalculated": _("Recalculated by a new rule"),
    "restored": _("Restored"),
    "restored_backup": _("The record was restored from a backup"),
}

VERDICT = {"auto": _("used by the rule"), "preferred": _("preferred by the editors"), "excluded": _("excluded by the editors")}

# Why a figure moves no number (incidents/rule/eligibility.py names the codes).
SET_ASIDE = {
    "excluded": _("excluded by the editors"),
    "superseded": _("replaced by a later statement of the same speaker's side"),
    "earlier": _("an earlier figure of the same origin"),
    "retracted": _("taken back, or its article was"),
    "uncertain": _("not certainly about this incident"),
    "tally": _("part of a tally, which is only compared"),
}

RECORD = {
    "incident": _("Incident"),
    "statement": _("Statement"),
    "article": _("Article"),
    "actor": _("Actor"),
    "source": _("Source"),
    "place": _("Place"),
}

COUNTRY = {
    "AF": _("Afghanistan"),
    "CN": _("China"),
    "FR": _("France"),
    "GB": _("the United Kingdom"),
    "IN": _("India"),
    "IR": _("Iran"),
    "KG": _("Kyrgyzstan"),
    "KZ": _("Kazakhstan"),
    "PK": _("Pakistan"),
    "RU": _("Russia"),
    "TJ": _("Tajikistan"),
    "TM": _("Turkmenistan"),
    "US": _("the United States"),
    "UZ": _("Uzbekistan"),
}

LANGUAGE = {
    "en": _("English"),
    "ru": _("Russian"),
    "tg": _("Tajik"),
    "prs": _("Dari"),
    "fa": _("Persian"),
    "ps": _("Pashto"),
    "zh": _("Chinese"),
    "uz": _("Uzbek"),
    "fr": _("French"),
}

TALLY_BY = {
    "month": pgettext_lazy("tally by", "Month"),
    "year": pgettext_lazy("tally by", "Year"),
    "province": pgettext_lazy("tally by", "Province"),
    "country": pgettext_lazy("tally by", "Country"),
    "kind": pgettext_lazy("tally by", "Kind of incident"),
    "group": pgettext_lazy("tally by", "Who they were"),
    "nationality": pgettext_lazy("tally by", "Nationality"),
    "actor": pgettext_lazy("tally by", "Actor"),
    "source": pgettext_lazy("tally by", "Source"),
    "evidence": pgettext_lazy("tally by", "Evidence"),
}

LISTS = {
    "incident_kind": INCIDENT_KIND,
    "measure": MEASURE,
    "group": GROUP,
    "act": ACT,
    "denies": DENIES,
    "attribution": ATTRIBUTION,
    "evidence": EVIDENCE,
    "disputed": DISPUTED,
    "question": QUESTION,
    "certainty": CERTAINTY,
    "credibility": CREDIBILITY,
    "reliability": RELIABILITY,
    "source_kind": SOURCE_KIND,
    "actor_kind": ACTOR_KIND,
    "place_kind": PLACE_KIND,
    "role": ROLE,
    "moment": MOMENT,
    "place_precision": PLACE_PRECISION,
    "outcome": OUTCOME,
    "change": CHANGE,
    "verdict": VERDICT,
    "set_aside": SET_ASIDE,
    "record": RECORD,
    "country": COUNTRY,
    "language": LANGUAGE,
    "tally_by": TALLY_BY,
}


def word(code, name):
    """The word for `code` in the list `name`; the code itself, spaced, where the list does not hold it."""
    if code in (None, ""):
        return ""
    return LISTS[name].get(code, str(code).replace("_", " "))


ONE, SEVERAL = 1, 2
"""How many people a phrase is about, as far as its words depend on it: "5-6 or more" are several, and so is a number not known."""
WHO = {
    "all": ngettext_lazy("person", "people", "number"),
    "state_forces": ngettext_lazy("member of state forces", "state forces", "number"),
    "civilians": ngettext_lazy("civilian", "civilians", "number"),
    "armed_group": ngettext_lazy("member of an armed group", "members of an armed group", "number"),
    "status_unknown": ngettext_lazy("person whose status is not known", "people whose status is not known", "number"),
}
"""The groups (GROUP) as they follow a number."""


def people(group, nationality, number=SEVERAL):
    """Who a figure counts: "civilians, nationals of China", "state forces of Tajikistan", "person"."""
    counted = {"number": number}
    group = group or "all"
    if not nationality:
        return WHO[group] % counted if group in WHO else word(group, "group")
    country = {"country": word(nationality, "country")}
    if group == "state_forces":
        return ngettext("member of state forces of %(country)s", "state forces of %(country)s", number) % country
    nationals = NATIONALS[nationality] % counted if nationality in NATIONALS else named_nationals(number) % country
    if group == "all":
        return nationals
    return _("%(group)s, %(nationals)s") % {"group": people(group, "", number), "nationals": nationals}


def named_nationals(number):
    return ngettext("national of %(country)s", "nationals of %(country)s", number)


def how_many(figure):
    """ONE where a figure or result says exactly one; SEVERAL otherwise."""
    return ONE if figure.get("low") == figure.get("high") == 1 and not figure.get("open_ended") else SEVERAL


def people_of(figure):
    """Who a figure or a part of a number counts, as it follows the number."""
    return people(figure.get("group", "all"), figure.get("nationality", ""), how_many(figure))


def people_counted(figure):
    """Who a figure counts and what happened to them: "civilians, nationals of China killed"."""
    return _("%(people)s %(measure)s") % {"people": people_of(figure), "measure": word(figure.get("measure"), "measure")}
