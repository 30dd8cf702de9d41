"""What incidents and statements say, as lines that two editions are compared by: numbers, fields, statements."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from borderwatch.texts import words
from borderwatch.texts.field_words import field_name
from borderwatch.texts.telling import Line, lines_of
from incidents.rule.eligibility import MEASURES
from incidents.templatetags.incident import amount

COMPUTED = ("toll", "evidence", "statements")


def incident_lines(document):
    """{"numbers", "fields", "statements"} → Lines of an incident."""
    numbers = [Line(measure, measured(measure), number(document["toll"][measure])) for measure in MEASURES]
    return {
        "numbers": numbers + evidence_lines(document["evidence"]),
        "fields": lines_of(document, "incident", without=COMPUTED),
        "statements": [line for said in document["statements"] for line in lines_of_statement(said)],
    }


def measured(measure):
    return str(capfirst(words.word(measure, "measure")))


def number(result):
    """ "5 (5-6 or more)": the best number and the range that the accounts allow."""
    said = amount(result)
    best = result and result.get("best")
    return said if best is None or said == str(best) else f"{best} ({said})"


def evidence_lines(evidence):
    names = {field: [origin["name"] for origin in evidence[field]] for field in ("origins", "acknowledged_by")}
    return [
        Line("evidence", _("Evidence"), str(words.word(evidence["status"], "evidence"))),
        Line("origins", _("Origins"), names["origins"]),
        Line("acknowledged_by", _("Acknowledged by"), names["acknowledged_by"]),
        Line("disputed_on", _("Disputed"), [str(words.word(code, "disputed")) for code in evidence["disputed_on"]]),
        Line("reports", _("Reports"), str(evidence["reports"])),
    ]


def lines_of_statement(said):
    """Two lines of a statement: who, what act, its figures and how sure it is about this incident; and the words, in their language."""
    speaker = said["speaker"]["name"] if said["speaker"] else str(words.word(said["attribution"], "attribution"))
    parts = [speaker, str(words.word(said["act"], "act")), *map(figure, said["figures"]), certainty(said)]
    yield Line(said["id"], said["id"], " · ".join(filter(None, parts)), url=said["url"])
    text, language = (f"“{said['quote']}”", said["language"]) if said["quote"] else (said["text"], "en" if said.get("untranslated") else "")
    if text:
        yield Line(f"{said['id']} words", _("%(name)s, words") % {"name": said["id"]}, text, url=said["url"], language=language)


def certainty(said):
    return "" if said.get("certainty", "certain") == "certain" else str(words.word(said["certainty"], "certainty"))


def figure(one):
    """ "5 civilians killed", and what the editors decided about it."""
    said = f"{amount(one)} {words.people_counted(one)}"
    return said if one["verdict"] == "auto" else f"{said} ({words.word(one['verdict'], 'verdict')})"


def statement_lines(document):
    """{"numbers", "fields"} → Lines of a statement: its figures are its numbers."""
    figures = [line for one in document["figures"] for line in lines_of_figure(one, document["language"])]
    return {"numbers": figures, "fields": lines_of(document, "statement", without=("figures",))}


def lines_of_figure(one, language):
    """Two lines of a figure: the number, of whom and in which incidents; and its words. How it was calculated is told by the record."""
    label = _("Figure %(id)s") % {"id": one["id"]}
    yield Line(one["id"], label, " · ".join(filter(None, [figure(one), _(", ").join(one["incidents"])])))
    if one["wording"]:
        yield Line(f"{one['id']} words", _("%(name)s, words") % {"name": label}, f"“{one['wording']}”", language=language)
    if one["calculation"]:
        yield Line(f"{one['id']} calculation", f"{label}: {field_name('calculation')}", one["calculation"], language="en")
