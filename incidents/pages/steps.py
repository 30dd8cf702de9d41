"""How an incident's number moved: by what had been said until a day, and from edition to edition of the record.

Pure functions: the rule BW-1 is asked again for each day, over the statements said until then. Geometry of the drawing stands at the end.
"""

from datetime import date

from incidents import toll
from incidents.rule.eligibility import is_about
from incidents.rule.numbering import in_order

NUMBERS = ("low", "best", "high", "open_ended")


# By what had been said


def day_said(statement: dict) -> tuple[str, int] | None:
    """The day and precision by which it was said; where no day of speaking is reported, its article's. None where neither is known."""
    if statement.get("said_on"):
        return statement["said_on"], statement.get("said_precision") or 1
    article = statement.get("article") or {}
    return (article["published_on"], article.get("published_precision") or 1) if article.get("published_on") else None


def by_day_said(document: dict, measure: str) -> list[dict]:
    """[{"on", "precision", "result", "claims", "has_moved"}]: the number after each day on which something was said about it.

    `claims` are the day's figures (figure, statement), together figures among them. What no day is known of stands last, on None.
    """
    statements = document.get("statements", ())
    days = {}
    for statement in statements:
        figures = [one for one in statement["figures"] if one["measure"] == measure and is_about(one, document["id"])]
        if figures:
            days.setdefault(day_said(statement), []).extend({"figure": figure, "statement": statement} for figure in figures)
    ordered = sorted(days, key=lambda day: day or ("9999", 0))
    found, before = [], None
    for day in ordered:
        until = [one for one in statements if day is None or (day_said(one) or ("9999", 0)) <= day]
        result = number_of(document["id"], until, measure)
        found.append({**dated(day), "result": result, "claims": days[day], "has_moved": result != before})
        before = result
    return found


def dated(day: tuple[str, int] | None) -> dict:
    return {"on": day[0], "precision": day[1]} if day else {"on": None, "precision": 1}


def number_of(incident_id: str, statements: list[dict], measure: str) -> dict | None:
    """The rule's low, best, high and open end; None where nothing is reported of this incident alone."""
    return shown(toll.people_total(incident_id, sorted(statements, key=lambda one: in_order(one["id"])), measure))


def shown(result: dict | None) -> dict | None:
    return result and {name: result[name] for name in NUMBERS}


# By edition


def by_edition(editions: list[dict], measure: str) -> list[dict]:
    """[{"number", "on", "kind", "note", "result"}] of the editions with which the number moved, the first among them.

    `editions`: {"number", "valid_from", "kind", "note", "toll"} in their order.
    """
    found = []
    for edition in editions:
        result = shown(edition["toll"].get(measure))
        if not found or result != found[-1]["result"]:
            found.append({name: edition[name] for name in ("number", "kind", "note")} | {"on": edition["valid_from"], "result": result})
    return found


# The drawing

WIDTH, HEIGHT = 360, 150
LEFT, RIGHT, TOP, BASE = 8, 332, 26, 122
"""Edges of the drawing: the number is written above a step, days below the base line, which is 0."""
LABEL_WIDTH, LABEL_HEIGHT = 26, 15
"""Room that a number needs; one that would cover an earlier one takes its place."""


def drawing(found: list[dict]) -> dict | None:
    """The steps as an SVG needs them; None for fewer than two days, or where nothing is counted."""
    drawn = [step for step in found if step["on"] and step["result"] and step["result"]["best"] is not None]
    if len({step["on"][:10] for step in drawn}) < 2:
        return None
    days = [date.fromisoformat(step["on"][:10]).toordinal() for step in drawn]
    top = max(max(step["result"]["high"], step["result"]["best"]) for step in drawn) or 1
    points = [point(step, day, days, top) for step, day in zip(drawn, days, strict=True)]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "base": BASE,
        "left": LEFT,
        "right": RIGHT,
        "path": stairs(points),
        "points": points,
        "labels": labels(points),
        "first": drawn[0],
        "last": drawn[-1],
    }


def point(step: dict, day: int, days: list[int], top: int) -> dict:
    x = LEFT + (day - days[0]) / (days[-1] - days[0]) * (RIGHT - LEFT - LABEL_WIDTH)
    height = {name: round(BASE - step["result"][name] / top * (BASE - TOP), 1) for name in ("low", "best", "high")}
    has_range = step["result"]["low"] != step["result"]["high"] or step["result"]["open_ended"]
    return {
        "x": round(x, 1),
        **height,
        "number": step["result"]["best"],
        "has_range": has_range,
        "open_ended": step["result"]["open_ended"],
    }


def stairs(points: list[dict]) -> str:
    """The `d` of a path: level until the next day, then up or down, and on to the edge."""
    first, *rest = points
    return f"M{first['x']} {first['best']}" + "".join(f"H{one['x']}V{one['best']}" for one in rest) + f"H{RIGHT}"


def labels(points: list[dict]) -> list[dict]:
    """The number above each step where it changes, as far as they do not cover each other; the last always."""
    changed = [one for before, one in zip([None, *points], points, strict=False) if before is None or before["number"] != one["number"]]
    kept = []
    for one in changed:
        is_under_arrow = one["open_ended"] and one["best"] == one["high"]
        y = round(one["best"] - (12 if is_under_arrow else 6), 1)
        kept = [label for label in kept if one["x"] - label["x"] >= LABEL_WIDTH or abs(y - label["y"]) >= LABEL_HEIGHT]
        kept.append({"x": one["x"], "y": y, "number": one["number"]})
    return kept
