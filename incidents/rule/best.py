"""By whose count a number is the best one. Pure functions over whole incident documents."""

from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY
from incidents.rule.sums import total_of


def figures_by_id(document: dict) -> dict[str, tuple[dict, dict]]:
    """Every figure of the document with the statement that gives it: {"FG-7": (figure, statement)}."""
    return {figure["id"]: (figure, statement) for statement in document.get("statements", ()) for figure in statement["figures"]}


def same_origin(origin: dict | None) -> tuple[str, str] | None:
    """What makes two references one origin; None is an article's own words."""
    return (origin["type"], origin["id"]) if origin else None


def origins_of_best(document: dict, measure: str, group=ANY_GROUP, nationality=ANY_NATIONALITY) -> list[dict | None]:
    """The origins (references) of the figures that best comes from; None for an article's own words."""
    total, known = total_of(document, measure, group, nationality) or {}, figures_by_id(document)
    return [known[figure][1].get("origin") if figure in known else None for figure in total.get("best_from", ())]
