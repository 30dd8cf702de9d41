"""How a published incident reads on a page: claims behind a number, accounts side by side, what is not known.

Pure functions over the incident document; nothing here counts, judges or leaves anything out: that is toll.py and evidence.py.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.rule import unknowns
from incidents.rule.best import figures_by_id, origins_of_best, same_origin

MEASURES = ("killed", "injured", "missing", "detained")
ROLES = ("alleged_attacker", "target", "responder", "other_party")


def same_account(statement):
    """What makes statements one account: their origin; without an origin all narration stands together."""
    return same_origin(statement.get("origin"))


# The number


def claims(document, measure):
    """Every figure behind a measure's number, in the order a reader needs: what best comes from, used, not counted, set aside, together."""
    known = figures_by_id(document)
    buckets = [bucket for bucket in document["toll"].get("buckets", ()) if bucket["measure"] == measure]
    results = [result for result in (document["toll"].get(measure), *buckets) if result]
    best_from = set((document["toll"].get(measure) or {}).get("best_from", ()))
    used = {figure for result in results for figure in result.get("used", ())}
    reasons = {entry["figure"]: reason_of(entry) for entry in document["toll"].get("set_aside", ())}
    found = []
    for number, (figure, statement) in known.items():
        if figure["measure"] == measure and document["id"] in figure["incidents"]:
            part = part_of(figure, number in best_from, number in used, number in reasons)
            found.append({"figure": figure, "statement": statement, "part": part, "reason": reasons.get(number, "")})
    return sorted(found, key=lambda claim: (PARTS.index(claim["part"]), claim["statement"].get("said_on") or ""))


def reason_of(entry):
    """Why a figure is set aside: the code of the reason; what the editors wrote where they excluded it."""
    code = entry.get("code") or entry["reason"]
    return entry["reason"] if code == "excluded" else code


PARTS = ("best", "used", "not_counted", "set_aside", "together", "other")


def part_of(figure, is_best, is_used, is_set_aside):
    """Which part a figure plays in the number: one of PARTS."""
    if is_set_aside:
        return "set_aside"
    if figure.get("together"):
        return "together"
    if figure.get("low") is None:
        return "not_counted"
    if is_best:
        return "best"
    return "used" if is_used else "other"


def counted_by(document, measure):
    """The origins whose figures the best number comes from; an article's own words by that name."""
    found = {same_origin(origin): origin for origin in origins_of_best(document, measure)}
    return [origin or {"name": _("an article's own words")} for origin in found.values()]


# Accounts side by side


def accounts(document):
    """The columns of the comparison: each origin that answers something in the differences, narration last."""
    named, narrated = {}, False
    for statement in answering(document):
        if statement.get("origin"):
            named[same_account(statement)] = statement["origin"]
        else:
            narrated = True
    columns = [{"key": key, "name": origin["name"], "untranslated": origin.get("untranslated")} for key, origin in named.items()]
    return [*columns, {"key": None, "name": _("Articles' own words")}] if narrated else columns


def answering(document):
    """The statements that some difference names, in the document's order."""
    wanted = {
        number
        for difference in document["evidence"].get("differences", ())
        for answer in difference["answers"]
        for number in answer["statements"]
    }
    return [statement for statement in document.get("statements", ()) if statement["id"] in wanted]


def comparison(document):
    """How accounts differ: {"accounts": columns, "rows": [{"question", "record", "cells": [answers per account]}]}."""
    columns = accounts(document)
    statements = {statement["id"]: statement for statement in document.get("statements", ())}
    rows = []
    for difference in document["evidence"].get("differences", ()):
        own = own_answer(document, difference)
        cells = [{"account": column["name"], "answers": answers_of(difference, column["key"], statements, own)} for column in columns]
        rows.append({"difference": difference, "own": own, "cells": cells})
    return {"accounts": columns, "rows": rows}


def answers_of(difference, account, statements, own):
    """What one account answers to one question, each answer with its statements; `differs`: not the record's own answer."""
    found = []
    for answer in difference["answers"]:
        given = [
            statements[number] for number in answer["statements"] if number in statements and same_account(statements[number]) == account
        ]
        if given:
            found.append({"answer": answer, "statements": given, "differs": own is None or not is_same(answer["value"], own["value"])})
    return found


def is_same(value, own):
    """Whether an answer is the record's own: the same day, place or number (low, best and high)."""
    return value == own


def own_answer(document, difference):
    """What the record itself says to the question; None where it takes no position (who did it, who is called what)."""
    if difference["on"] == "number" and not difference.get("adds"):
        return own_number(document["toll"], difference)
    if difference["on"] == "together":
        return own_together(document["toll"], difference)
    if difference.get("role", "occurrence") != "occurrence":
        return None
    if difference["on"] == "date":
        start, end = document["date"]["start"], document["date"].get("end") or document["date"]["start"]
        return {"value": start if start == end else f"{start}/{end}"}
    if difference["on"] == "place" and document.get("place"):
        return {"value": document["place"]["name"], "place": document["place"]}
    return None


def own_together(toll, difference):
    """The record's own sum over the incidents for the people of a together figure; None where one of them has no number."""
    asked = ("measure", "group", "nationality", "incidents")
    same = [entry for entry in toll.get("together", ()) if all(entry[name] == difference[name] for name in asked)]
    held = same[0]["recorded"] if same else None
    return None if held is None else {"value": {"low": held, "best": held, "high": held}}


def own_number(toll, difference):
    """The record's own low, best and high for the people a difference is about."""
    asked = (difference["measure"], difference["group"], difference["nationality"])
    buckets = {(bucket["measure"], bucket["group"], bucket["nationality"]): bucket for bucket in toll.get("buckets", ())}
    result = buckets.get(asked) or (toll.get(asked[0]) if asked[1:] == ("all", "") else None)
    if not result or result["low"] is None:
        return None
    return {"value": {"low": result["low"], "best": result["best"], "high": None if result["open_ended"] else result["high"]}}


# Who was involved


def participants_by_role(document):
    """[{"role", "participants"}] in the order in which a reader asks: who was hit, who is said to have done it, the rest."""
    asked = ("target", "alleged_attacker", "other_party", "responder")
    found = {role: [part for part in document.get("participants", ()) if part["role"] == role] for role in asked}
    return [{"role": role, "participants": parts} for role, parts in found.items() if parts]


# What is not known


def gaps(document):
    """What the record does not know about this incident, one plain sentence each."""
    toll, date, place = document["toll"], document["date"], document.get("place") or {}
    found = [_("%(measure)s: not reported.") % {"measure": name} for measure, name in measure_names() if toll.get(measure) is None]
    if date.get("precision", 1) > 1:
        found.append(_("The exact day: not known."))
    found += place_gaps(place)
    found += attacker_gaps(document)
    if unknowns.has_one_origin(document):
        found.append(_("A second origin: none so far says on its own authority that this happened."))
    if unknowns.has_one_side(document):
        found.append(_("Another side: only one has been reported to speak about it."))
    return found + original_gaps(document)


def original_gaps(document):
    """Of how many articles neither the address nor a copy is held."""
    articles = {said["article"]["id"]: said["article"] for said in document.get("statements", ()) if said.get("article")}
    missing = [article for article in articles.values() if not article.get("original_url") and not article.get("archive_url")]
    if not missing:
        return []
    sentence = ngettext("The original of %(number)s article: not held.", "The originals of %(number)s articles: not held.", len(missing))
    return [sentence % {"number": len(missing)}]


def measure_names():
    return (("killed", _("Killed")), ("injured", _("Injured")), ("missing", _("Missing")), ("detained", _("Detained")))


def attacker_gaps(document):
    """Of an attack: who did it, unless all accounts that say so name the same actor."""
    if not any(part["role"] in ("target", "alleged_attacker") for part in document.get("participants", ())):
        return []
    said = [
        statement for statement in document.get("statements", ()) if statement.get("attributed_to") or statement.get("attributed_to_as")
    ]
    if not said:
        return [_("Who did it: no account says.")]
    named = {(statement.get("attributed_to") or {}).get("id") for statement in said}
    is_agreed = len(named) == 1 and None not in named
    return [] if is_agreed else [_("Who did it: not established. Accounts name different doers, or only describe them.")]


def place_gaps(place):
    precision = place.get("precision") or 6
    if precision >= 6:
        return [_("The province and the place: not reported.")]
    return [_("The district and the place: not reported.")] if precision == 4 else []


# What was said


def by_origin(document):
    """[{"origin", "stance", "reports": [{"article", "statements"}]}]: whose words the articles carry; narration, with origin None, last.

    `stance`: vouches, acknowledges, or "" for an origin that does neither, which corroborates nothing.
    """
    evidence, found = document["evidence"], {}
    stances = [("acknowledges", evidence.get("acknowledged_by", ())), ("vouches", evidence.get("origins", ()))]
    stance_of = {(origin["type"], origin["id"]): stance for stance, origins in stances for origin in origins}
    for statement in document.get("statements", ()):
        account = same_account(statement)
        entry = found.setdefault(account, {"origin": statement.get("origin"), "stance": stance_of.get(account, ""), "statements": []})
        entry["statements"].append(statement)
    ordered = sorted(found.values(), key=lambda entry: (entry["origin"] is None, STANCES.index(entry["stance"])))
    return [{"origin": entry["origin"], "stance": entry["stance"], "reports": by_article(entry)} for entry in ordered]


STANCES = ("vouches", "acknowledges", "")


def by_article(document):
    """[{"article", "statements"}]: what was said, article by article in the order of publication."""
    found = {}
    for statement in document.get("statements", ()):
        article = statement.get("article") or {}
        found.setdefault(article.get("id"), {"article": article, "statements": []})["statements"].append(statement)
    return sorted(found.values(), key=lambda entry: (entry["article"].get("published_on") or "", entry["article"].get("id") or ""))


def together(document):
    """Figures about several incidents at once, equal ones of several statements as one: [{"figure", "statements"}]."""
    known, found = figures_by_id(document), {}
    for figure in document["toll"].get("together", ()):
        same = tuple(figure[name] for name in ("measure", "group", "nationality", "low", "high", "recorded")) + tuple(figure["incidents"])
        entry = found.setdefault(same, {"figure": figure, "statements": []})
        if figure["figure"] in known:
            entry["statements"].append(known[figure["figure"]][1])
    return list(found.values())
