"""The answer to what a reader asked, in one sentence ready to quote: how many, in which incidents, by whose count, who says otherwise.

Pure functions over incident documents and the sum of them (sums.count). `parts()` says what there is to say, with references to those who
count; `sentence()` puts it into the reader's language. Nothing is invented: where no number is reported, the sentence says so.
"""

from itertools import chain

from django.utils.formats import date_format
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from borderwatch.texts import words
from borderwatch.texts.dating import parse_day
from borderwatch.texts.directions import isolated
from incidents.rule.best import figures_by_id, origins_of_best, same_origin
from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY

MOST_NAMED = 3
"""Origins named in one sentence; more are only counted."""

PEOPLE = {
    "all": ngettext_lazy("%(number)s person", "%(number)s people", "number"),
    "state_forces": ngettext_lazy("%(number)s member of state forces", "%(number)s members of state forces", "number"),
    "civilians": ngettext_lazy("%(number)s civilian", "%(number)s civilians", "number"),
    "armed_group": ngettext_lazy("%(number)s member of an armed group", "%(number)s members of an armed group", "number"),
    "status_unknown": ngettext_lazy("%(number)s person whose status is not known", "%(number)s people whose status is not known", "number"),
}
NOT_REPORTED = {
    "killed": ngettext_lazy("deaths not reported in %(number)s of them", "deaths not reported in %(number)s of them", "number"),
    "injured": ngettext_lazy("injuries not reported in %(number)s of them", "injuries not reported in %(number)s of them", "number"),
    "missing": ngettext_lazy(
        "missing people not reported in %(number)s of them", "missing people not reported in %(number)s of them", "number"
    ),
    "detained": ngettext_lazy("detentions not reported in %(number)s of them", "detentions not reported in %(number)s of them", "number"),
}
NONE_REPORTED = {
    "killed": gettext_lazy("deaths not reported"),
    "injured": gettext_lazy("injuries not reported"),
    "missing": gettext_lazy("missing people not reported"),
    "detained": gettext_lazy("detentions not reported"),
}
WITHOUT_NUMBER = {
    "killed": gettext_lazy("deaths reported without a number"),
    "injured": gettext_lazy("injuries reported without a number"),
    "missing": gettext_lazy("missing people reported without a number"),
    "detained": gettext_lazy("detentions reported without a number"),
}


# What there is to say


def parts(documents: list[dict], counted: dict, measure="killed", group=ANY_GROUP, nationality=ANY_NATIONALITY) -> dict | None:
    """What the sentence says of these incidents; None of none. `counted`: sums.count() of the documents for the measure and people.

    `by` is empty where the documents are list items.
    """
    if not documents:
        return None
    days = (
        min(document["date"]["start"] for document in documents),
        max(document["date"].get("end") or document["date"]["start"] for document in documents),
    )
    origins = [origins_of_best(document, measure, group, nationality) for document in documents if "statements" in document]
    return parts_of_sum(counted, days, origins, documents, measure, group, nationality)


def parts_of_sum(counted: dict, days, origins, shared: list[dict], measure: str, group=ANY_GROUP, nationality=ANY_NATIONALITY) -> dict:
    """The same of what is added up already: the sum, the first and the last day (ISO), origins_of_best() of each incident in order of
    date, and the documents of those that figures count together with others.

    `by`: the origins (references) whose figures best comes from, each once, None for an article's own words, last.
    `others`: what figures for several incidents together say otherwise, each with those who say it.
    """
    found = {}
    for origin in chain.from_iterable(origins):
        found.setdefault(same_origin(origin), origin)
    numbers = {name: counted[name] for name in ("incidents", "low", "best", "high", "open_ended", "not_reported", "uncounted")}
    return numbers | {
        "measure": measure,
        "group": group,
        "nationality": nationality,
        "start": days[0],
        "end": days[1],
        "by": sorted(found.values(), key=lambda origin: origin is None),
        "others": others(shared, counted["together"]),
    }


def others(documents: list[dict], together: list[dict]) -> list[dict]:
    """Together figures that are not what the record holds for the same people, those that say the same as one, with who says so."""
    known = {}
    for document in documents:
        known |= figures_by_id(document)
    found = {}
    for entry in together:
        if (entry["low"], entry["high"]) != (entry["recorded"],) * 2:
            people = {name: entry[name] for name in ("measure", "group", "nationality", "low", "best", "high", "recorded")}
            one = found.setdefault((*people.values(), *entry["incidents"]), people | {"incidents": len(entry["incidents"]), "by": []})
            speaker = known[entry["figure"]][1].get("speaker") if entry["figure"] in known else None
            if speaker not in one["by"]:
                one["by"].append(speaker)
    return list(found.values())


# In words


def sentence(said: dict) -> str:
    """What parts() found, or a list of statements ({"statements", "dated", "start", "end"}), as one sentence."""
    return statements_sentence(said) if "statements" in said else incidents_sentence(said)


def statements_sentence(said: dict) -> str:
    found = ngettext("%(number)s statement", "%(number)s statements", said["statements"]) % {"number": said["statements"]}
    if not said["dated"]:
        return _("%(statements)s; no day reported.") % {"statements": found}
    undated = said["statements"] - said["dated"]
    clauses = [_("%(statements)s, said %(days)s") % {"statements": found, "days": span(said["start"], said["end"])}]
    if undated:
        clauses.append(ngettext("%(number)s with no day reported", "%(number)s with no day reported", undated) % {"number": undated})
    return _("; ").join(clauses) + "."


def incidents_sentence(said: dict) -> str:
    """ "5 people (nationals of China) killed in 2 incidents, 26 November – 1 December 2025, by the count of …; … say 6 or more." """
    clauses = [_(", ").join(filter(None, [how_many(said), span(said["start"], said["end"]), by_whom(said["by"])]))]
    clauses += filter(None, [what_is_missing(said)])
    clauses += [who_says_otherwise(other, said) for other in said["others"]]
    return capfirst(_("; ").join(clauses)) + "."


def how_many(said: dict) -> str:
    if said["best"] is None:
        return ngettext("%(number)s incident", "%(number)s incidents", said["incidents"]) % {"number": said["incidents"]}
    incidents = ngettext("in %(number)s incident", "in %(number)s incidents", said["incidents"]) % {"number": said["incidents"]}
    counted = _("%(people)s %(measure)s") % {"people": numbered_people(said), "measure": words.word(said["measure"], "measure")}
    return f"{counted} {incidents}"


def what_is_missing(said: dict) -> str:
    """That no number is reported, of none or of some of the incidents; a wording ("several") is a report without a number."""
    if said["best"] is not None:
        return NOT_REPORTED[said["measure"]] % {"number": said["not_reported"]} if said["not_reported"] else ""
    if said["others"]:
        return _("no number for any single one of them")
    found = (WITHOUT_NUMBER if said["uncounted"] else NONE_REPORTED)[said["measure"]]
    nationals = nationals_of(said["nationality"])
    return f"{found} ({nationals})" if nationals else str(found)


def numbered_people(said: dict) -> str:
    """ "14 people (14-15 or more)", "5 people (nationals of China)"."""
    codes = [said["group"]] if isinstance(said["group"], str) else said["group"]
    found = PEOPLE[codes[0] if len(codes) == 1 else ANY_GROUP] % {"number": said["best"]}
    beside = [str(words.word(code, "group")) for code in codes if len(codes) > 1]
    beside += filter(None, [nationals_of(said["nationality"], said["best"])])
    if not said["low"] == said["best"] == said["high"] or said["open_ended"]:
        beside.append(span_of_numbers(said))
    return f"{found} ({_('; ').join(beside)})" if beside else found


def nationals_of(asked, people=None) -> str:
    codes = [asked] if isinstance(asked, str) else asked
    number = words.ONE if people == 1 and len(codes) == 1 else words.SEVERAL
    return get_text_list([str(words.people(ANY_GROUP, code, number)) for code in codes if code], _("and"))


def span_of_numbers(counted: dict) -> str:
    """ "5", "5-6", "6 or more"."""
    low, high = counted["low"], counted["high"]
    is_open = counted.get("open_ended", high is None)
    top = max(low, counted.get("best") or low) if high is None else high
    span = str(low) if low == top else isolated(f"{low}-{top}")
    return _("%(number)s or more") % {"number": span} if is_open else span


def span(start: str, end: str) -> str:
    """The first to the last day on which the incidents can have happened."""
    first, last = parse_day(start), parse_day(end)
    if first == last:
        return date_format(last, "DATE_FORMAT")
    return f"{date_format(first, 'MONTH_DAY_FORMAT' if first.year == last.year else 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"


def names(origins: list[dict | None]) -> str:
    return get_text_list([isolated(origin["name"]) if origin else _("an article's own words") for origin in origins], _("and"))


def by_whom(origins: list[dict | None]) -> str:
    if not origins:
        return ""
    if len(origins) > MOST_NAMED:
        return ngettext("by the count of %(number)s origin", "by the count of %(number)s origins", len(origins)) % {"number": len(origins)}
    return _("by the count of %(names)s") % {"names": names(origins)}


def who_says_otherwise(other: dict, said: dict) -> str:
    """ "Government of Tajikistan and Embassy of China say 6 or more"; of which people and incidents, where those are not all."""
    number = span_of_numbers(other)
    if (other["group"], other["nationality"]) != (said["group"], said["nationality"]):
        number = _("%(number)s %(people)s") % {"number": number, "people": words.people(other["group"], other["nationality"])}
    if other["incidents"] != said["incidents"]:
        number += " " + ngettext("in %(number)s of them", "in %(number)s of them", other["incidents"]) % {"number": other["incidents"]}
        if other["recorded"] is not None:
            number += _(", ") + _("where this record holds %(recorded)s") % {"recorded": other["recorded"]}
    say = ngettext("%(names)s says %(number)s", "%(names)s say %(number)s", len(other["by"]))
    return say % {"names": names(other["by"]), "number": number}
