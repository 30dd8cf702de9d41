"""Where the accounts of an incident differ: every question with more than one distinct answer, overlapping or not."""

from incidents.rule.answers import Answer, answers
from incidents.rule.eligibility import GROUPS, MEASURES
from incidents.rule.numbering import in_order

QUESTIONS = ("date", "place", "number", "together", "responsibility", "label")


def differences(incident_id: str, statements: list[dict]) -> list[dict]:
    """The `differences` of an incident document: `[{"on", "incidents", …, "answers": [{"value", "wording", "origins", "statements", …}]}]`.

    `on` and what is asked with it:

    * date, place: `role` (occurrence, crossing, launch, impact, announcement). `value`: "2025-12-24", "2025-11-24/2025-11-30", or the
      place's name with the place itself beside it as `place`.
    * number, together: `measure`, `group`, `nationality`, `adds`. `value`: {"low", "best", "high"}; `high` null is open ended. A together
      figure's `incidents` are all of its incidents.
    * responsibility: `value`: the words for the attacker, with `actor` beside it (or null) and `is_denial` (then value is null).
    * label: `called`: {"actor", "described"}, who is meant. `value`: the words, with `language`.

    `value` null elsewhere: only words were given ("several", "last week"); they are the answer's `wording`. Where there is a value,
    `wording` is what all its statements say in the same words, else ''. `origins`: {"type", "id"} of those who answer so; narration
    adds none.
    """
    by_question = {}
    for answer in answers(incident_id, statements):
        by_question.setdefault(answer.question, []).append(answer)
    differing = [given for given in by_question.values() if len({answer.distinct for answer in given}) > 1]
    return [difference(in_statement_order(given)) for given in sorted(differing, key=lambda given: question_order(given[0].question))]


def difference(given: list[Answer]) -> dict:
    by_answer = {}
    for answer in given:
        by_answer.setdefault(answer.distinct, []).append(answer)
    distinct = sorted(by_answer.values(), key=answer_order)
    return {**asked(given[0]), "answers": [answered(same) for same in distinct]}


def in_statement_order(given: list[Answer]) -> list[Answer]:
    return sorted(given, key=lambda answer: (in_order(answer.statement["id"]), answer.distinct))


def asked(answer: Answer) -> dict:
    """The question in the document's words."""
    on, about, *rest = answer.question
    question = {"on": on, "incidents": list(about) if isinstance(about, tuple) else [about]}
    if on in ("date", "place"):
        question["role"] = rest[0]
    elif on in ("number", "together"):
        question |= dict(zip(("measure", "group", "nationality", "adds"), rest, strict=True))
    elif on == "label":
        question["called"] = answer.shown["called"]
    return question


def answered(same: list[Answer]) -> dict:
    """One distinct answer with all its statements."""
    wordings = {answer.wording for answer in same}
    origins = {(answer.statement["origin"]["type"], answer.statement["origin"]["id"]) for answer in same if answer.statement.get("origin")}
    return {
        **{name: value for name, value in same[0].shown.items() if name != "called"},
        "wording": same[0].wording if len(wordings) == 1 or same[0].shown["value"] is None else "",
        "origins": [{"type": kind, "id": number} for kind, number in sorted(origins, key=lambda key: (key[0], in_order(key[1])))],
        "statements": sorted({answer.statement["id"] for answer in same}, key=in_order),
    }


def question_order(question: tuple) -> tuple:
    on, about, *rest = question
    if on in ("number", "together"):
        measure, group, nationality, adds = rest
        rest = [MEASURES.index(measure), GROUPS.index(group), nationality, adds]
    return (QUESTIONS.index(on), rest, about)


def answer_order(same: list[Answer]) -> tuple:
    """Days and numbers ascending, the rest as first said in the record; words without a value last."""
    first = same[0]
    rank = first.distinct[1:] if first.distinct[0] in ("days", "number") else ()
    return (first.shown["value"] is None, rank, in_order(first.statement["id"]), first.distinct)
