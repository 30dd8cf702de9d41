"""What the statements of an incident answer to: when, where, how many, who did it, who is called what.

Only statements that stand (certainly linked, not retracted) answer. An answer is gone when a statement that supersedes its own answers the
same question. Narration without an origin answers too: it corroborates nothing, but readers see that it says something else.
"""

from math import inf
from typing import NamedTuple

from incidents.rule.eligibility import is_about_alone, is_counted, is_together, judged, stands, successors
from incidents.rule.numbering import in_order


class Answer(NamedTuple):
    """One statement's answer. Answers with the same `distinct` are the same answer; `shown` is how the document gives its value."""

    question: tuple
    distinct: tuple
    shown: dict
    wording: str
    statement: dict


def answers(incident_id: str, statements: list[dict]) -> list[Answer]:
    """Every standing answer about this incident, and about several at once where the figures are together figures."""
    found = [answer for statement in statements if stands(statement) for answer in answers_of(incident_id, statement)]
    given = {(answer.statement["id"], answer.question) for answer in found}
    later = {replaced: [successor["id"] for successor in those] for replaced, those in successors(statements).items()}
    standing = [
        answer for answer in found if not any((successor, answer.question) in given for successor in later.get(answer.statement["id"], ()))
    ]
    return standing + numbers(incident_id, statements)


def answers_of(incident_id: str, statement: dict) -> list[Answer]:
    assertions = [one for one in statement.get("assertions", ()) if one.get("incident") in (None, "", incident_id)]
    found = [date_answer(incident_id, statement, one) for one in assertions if one["about"] == "date"]
    found += [place_answer(incident_id, statement, one) for one in assertions if one["about"] == "place"]
    found.append(responsibility_answer(incident_id, statement))
    found += [label_answer(incident_id, statement, label) for label in statement.get("labels", ())]
    return [answer for answer in found if answer]


def folded(words: str) -> str:
    """Words compared without regard to case and spaces."""
    return " ".join((words or "").split()).casefold()


# When and where


def span(assertion: dict) -> tuple[str, str] | None:
    """First and last day (ISO) that the assertion allows; None where it names no day."""
    start = assertion.get("starts_on") or assertion.get("ends_on")
    return (start, assertion.get("ends_on") or start) if start else None


def date_answer(incident_id: str, statement: dict, assertion: dict) -> Answer | None:
    days, wording = span(assertion), assertion.get("wording") or ""
    if not days and not wording:
        return None
    value = ("/".join(days) if days[0] != days[1] else days[0]) if days else None
    question = ("date", incident_id, assertion.get("role") or "occurrence")
    return Answer(question, ("days", *days) if days else ("wording", folded(wording)), {"value": value}, wording, statement)


def place_answer(incident_id: str, statement: dict, assertion: dict) -> Answer | None:
    place, wording = assertion.get("place"), assertion.get("wording") or ""
    if not place and not wording:
        return None
    question = ("place", incident_id, assertion.get("role") or "occurrence")
    shown = {"value": place.get("name") or place["id"] if place else None, "place": place}
    return Answer(question, ("place", place["id"]) if place else ("wording", folded(wording)), shown, wording, statement)


# Who did it, and who is called what


def responsibility_answer(incident_id: str, statement: dict) -> Answer | None:
    """An actor, words for one ("certain circles"), or a denial; an actor is the same answer whatever it is called."""
    question = ("responsibility", incident_id)
    actor, words = statement.get("attributed_to"), statement.get("attributed_to_as") or ""
    if actor:
        shown = {"value": words or actor.get("name") or actor["id"], "actor": actor, "is_denial": False}
        return Answer(question, ("actor", actor["id"]), shown, words, statement)
    if words:
        return Answer(question, ("words", folded(words)), {"value": words, "actor": None, "is_denial": False}, words, statement)
    if statement.get("denies") == "responsibility":
        origin = statement.get("origin") or {"type": "statement", "id": statement["id"]}
        shown = {"value": None, "actor": None, "is_denial": True}
        return Answer(question, ("denial", origin["type"], origin["id"]), shown, "", statement)
    return None


def label_answer(incident_id: str, statement: dict, label: dict) -> Answer:
    """What somebody is called; who is meant is an actor, else the words that describe them."""
    actor, described = label.get("actor"), label.get("described") or ""
    question = ("label", incident_id, actor["id"] if actor else "", "" if actor else folded(described))
    shown = {"value": label["words"], "language": label.get("language") or ""}
    return Answer(question, ("words", folded(label["words"])), {**shown, "called": {"actor": actor, "described": described}}, "", statement)


# How many


def numbers(incident_id: str, statements: list[dict]) -> list[Answer]:
    """The eligible figures as answers, one question per (measure, group, nationality); superseded ones are not eligible."""
    found = []
    for figure, statement, reason in judged(incident_id, statements):
        if not reason and (is_together(figure) or is_about_alone(figure, incident_id)):
            found.append(number_answer(figure, statement))
    return found


def number_answer(figure: dict, statement: dict) -> Answer:
    """A wording without a number is an answer too; people who are `adds` are other people, hence another question."""
    on = "together" if is_together(figure) else "number"
    people = (figure["measure"], figure["group"], figure["nationality"])
    question = (on, tuple(sorted(figure["incidents"], key=in_order)), *people, bool(figure.get("adds")))
    wording = figure.get("wording") or ""
    if not is_counted(figure):
        return Answer(question, ("wording", folded(wording)), {"value": None}, wording, statement)
    value = {"low": figure["low"], "best": figure["low"] if figure.get("best") is None else figure["best"], "high": figure.get("high")}
    distinct = ("number", value["low"], value["best"], inf if value["high"] is None else value["high"])
    return Answer(question, distinct, {"value": value}, wording, statement)
