"""How an incident's computed numbers change, in words: for the page that announces a publication."""

from django.db.models import Count, Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from borderwatch.state import PublicState
from borderwatch.texts.words import people, word
from incidents.published import PublishedIncident
from incidents.rule.eligibility import MEASURES


def result_changes(before, after):
    """(label, before, after) of everything computed that differs between two incident documents; `before` may be None."""
    told = [tell(document) for document in (before, after)]
    sides = {label: (told[0].get(label, []), told[1].get(label, [])) for label in dict.fromkeys([*told[0], *told[1]])}
    for measure in MEASURES:
        if of_all(measure) in sides and sides[of_all(measure)] == sides[total(measure)]:
            del sides[of_all(measure)]
    return [(label, old, new) for label, (old, new) in sides.items() if old != new]


def total(measure):
    """What the number over all who were hit is called."""
    return str(word(measure, "measure")).capitalize()


def of_all(measure):
    """What the part of it is called of which nobody said who they were: often all of it, and then no news."""
    return capfirst(f"{word(measure, 'measure')}, {people('all', '')}")


def tally_changes(plan):
    """(label, before, after) of the sums over the whole public record that `plan` changes."""
    before, after = PublicState.current(), plan.state
    planned = [one for one in plan.editions if one.record == "incident"]
    old = [before.compose(one.before) for one in planned if one.before]
    new = [after.compose(after.get(one.record, one.uid)) for one in planned if not one.is_tombstone]
    incidents = PublishedIncident.objects.current().count()
    rows = [(_("Incidents"), incidents, incidents + len(new) - len(old))]
    for measure in ("killed", "injured"):
        now = sums_of(measure)
        then = {name: number + added(new, measure, name) - added(old, measure, name) for name, number in now.items()}
        rows.append((total(measure), a_sum(**now), a_sum(**then)))
    return [row for row in rows if row[1] != row[2]]


def sums_of(measure):
    """Of the public record as it stands: how many incidents have a number, and low, best and high in all."""
    wanted = {name: Sum(f"{measure}_{name}") for name in ("low", "best", "high")} | {"counted": Count(f"{measure}_best")}
    return {name: number or 0 for name, number in PublishedIncident.objects.current().aggregate(**wanted).items()}


def added(documents, measure, name):
    """What these documents add to a sum."""
    tolls = [toll for document in documents if (toll := document["toll"][measure]) and toll["counted"]]
    return len(tolls) if name == "counted" else sum(toll[name] for toll in tolls)


def a_sum(low, best, high, counted):
    """A sum as editors read it; null is never 0."""
    if not counted:
        return _("not reported")
    return str(best) if low == best == high else f"{best} ({low}–{high})"


def tell(document):
    """Label → texts of what is computed for an incident."""
    if document is None:
        return {}
    toll, evidence = document["toll"], document["evidence"]
    told = {total(measure): [number(toll[measure])] for measure in MEASURES}
    for bucket in toll["buckets"]:
        label = capfirst(f"{word(bucket['measure'], 'measure')}, {people(bucket['group'], bucket['nationality'])}")
        told[label] = [number(bucket)]
    told[_("Evidence")] = [str(word(evidence["status"], "evidence"))]
    told[_("Said by")] = [origin["name"] for origin in evidence["origins"]]
    told[_("Acknowledged by")] = [origin["name"] for origin in evidence["acknowledged_by"]]
    told[_("Disputed")] = [str(word(question, "disputed")) for question in evidence["disputed_on"]]
    told[_("Articles")] = [str(evidence["reports"])]
    told[_("Statements")] = [statement_line(statement) for statement in document["statements"]]
    return told


def number(result):
    """A toll as readers read it: best, range, open end."""
    if result is None:
        return _("not reported")
    if result.get("best") is None:
        return _("reported, not counted")
    low, best, high = result["low"], result["best"], result["high"]
    text = str(best) if low == best == high else f"{best} ({low}–{high})"
    return _("%(number)s or more") % {"number": text} if result["open_ended"] else text


def statement_line(statement):
    who = (statement["speaker"] or {}).get("name") or statement["speaker_as"] or _("Narration")
    words = statement["quote"] or statement["text"]
    figures = ", ".join(figure_line(figure) for figure in statement["figures"])
    is_retracted = statement["retracted_on"] or (statement["article"] or {}).get("retracted_on")
    marks = [figures, _("retracted") if is_retracted else ""]
    return " ".join([f"{statement['id']} {who}: {shortened(words)}", *(f"({mark})" for mark in marks if mark)])


def figure_line(figure):
    """A figure as its statement gives it: "5 or more killed", "several injured"."""
    if figure["low"] is None:
        return f"{figure['wording']} {word(figure['measure'], 'measure')}"
    best = figure["low"] if figure["best"] is None else figure["best"]
    high = best if figure["high"] is None else figure["high"]
    result = {"low": figure["low"], "best": best, "high": high, "open_ended": figure["high"] is None}
    return f"{number(result)} {word(figure['measure'], 'measure')}"


def shortened(words):
    return words if len(words) <= 70 else f"{words[:70].rsplit(' ', 1)[0]}…"
