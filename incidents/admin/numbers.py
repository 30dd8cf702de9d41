"""How an incident's computed numbers change, in words: for the page that announces a publication."""

from django.db.models import Count, Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from borderwatch.state import PublicState
from borderwatch.words import people, word
from incidents.eligibility import MEASURES
from incidents.published import PublishedIncident


def result_changes(before, after):
    """(label, before, after) of everything computed that differs between two incident documents; `before` may be None."""
    told = [tell(document) for document in (before, after)]
    labels = dict.fromkeys([*told[0], *told[1]])
    pairs = ((label, told[0].get(label, []), told[1].get(label, [])) for label in labels)
    return [(label, old, new) for label, old, new in pairs if old != new]


def tally_changes(plan):
    """(label, before, after) of the sums over the whole public record that `plan` changes."""
    before, after = PublicState.current(), plan.state
    planned = [one for one in plan.editions if one.record == "incident"]
    old = [before.compose(one.before) for one in planned if one.before]
    new = [after.compose(after.get(one.record, one.uid)) for one in planned if not one.is_tombstone]
    sums = PublishedIncident.objects.current().aggregate(incidents=Count("pk"), **{name: Sum(name) for name in TYPED})
    rows = [(_("Incidents"), sums["incidents"], sums["incidents"] + len(new) - len(old))]
    for measure in ("killed", "injured"):
        now = [sums[f"{measure}_{part}"] or 0 for part in PARTS]
        then = [number + added(new, measure, part) - added(old, measure, part) for number, part in zip(now, PARTS, strict=True)]
        rows.append((str(word(measure, "measure")).capitalize(), a_sum(*now), a_sum(*then)))
    return [row for row in rows if row[1] != row[2]]


PARTS = ("low", "best", "high")
TYPED = [f"{measure}_{part}" for measure in ("killed", "injured") for part in PARTS]


def added(documents, measure, part):
    return sum((document["toll"][measure] or {}).get(part) or 0 for document in documents)


def a_sum(low, best, high):
    return str(best) if low == best == high else f"{best} ({low}–{high})"


def tell(document):
    """Label → texts of what is computed for an incident."""
    if document is None:
        return {}
    toll, evidence = document["toll"], document["evidence"]
    told = {str(word(measure, "measure")).capitalize(): [number(toll[measure])] for measure in MEASURES}
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
