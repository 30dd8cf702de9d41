"""The statements of an article as the workbench shows them: numbered as they stand in the text, with what is wrong with their quotes."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property

from incidents.desk import quick_numbers, quoting
from incidents.models import Incident, Statement

MARKED, MOVED, UNMARKED, SEVERAL, LOST, NO_QUOTE = "marked", "moved", "unmarked", "several", "lost", ""
"""Where a quote stands: at its span; elsewhere, once; nowhere marked, though it stands there once; more than once; not in this text."""


@dataclass
class Card:
    """One statement beside the text."""

    number: int
    statement: Statement
    standing: str
    capture: object = None
    """The newest earlier capture that holds the quote, where the present text does not have it at its span."""
    is_open: bool = False
    numbers: list = field(default_factory=list)

    @property
    def is_movable(self):
        return self.standing in (MOVED, UNMARKED)


class Cards:
    """The Cards of an article, in the order of its text; what stands nowhere comes last."""

    def __init__(self, article, open_key=None):
        self.article, self.open_key = article, open_key

    @cached_property
    def all(self):
        related = ("figures", "labels__actor", "statement_incidents__incident")
        statements = self.article.statements.select_related("speaker", "on_behalf_of").prefetch_related(*related)
        found = sorted(statements, key=lambda one: (one.span_start is None, one.span_start or 0, one.pk))
        return [self.card(number, statement) for number, statement in enumerate(found, start=1)]

    def card(self, number, statement):
        statement.article = self.article
        standing = standing_of(statement, self.article.text)
        told = [quick_numbers.told(fields_of(figure)) for figure in statement.figures.all()]
        card = Card(number, statement, standing, is_open=statement.pk == self.open_key, numbers=told)
        if standing not in (MARKED, NO_QUOTE):
            card.capture = next((capture for capture in self.captures if statement.quote in capture.text), None)
        return card

    @cached_property
    def captures(self):
        """Earlier texts, newest first."""
        return [capture for capture in self.article.captures.all() if capture.text != self.article.text]

    @property
    def movable(self):
        return [card for card in self.all if card.is_movable]

    @property
    def drafts(self):
        """Incidents of these statements that nobody has submitted for review yet."""
        linked = (link.incident for card in self.all for link in card.statement.statement_incidents.all())
        return list(dict.fromkeys(incident for incident in linked if incident.review_state == Incident.ReviewState.DRAFT))

    @property
    def pieces(self):
        """The text, cut where quotes begin and end; each piece with the Cards that it belongs to."""
        cards = {card.number: card for card in self.all}
        marks = [(card.statement.span_start, card.statement.span_end, card.number) for card in self.all if card.standing == MARKED]
        for piece in quoting.pieces(self.article.text, marks):
            covering = [cards[key] for key in piece.keys]
            yield {
                "text": piece.text,
                "cards": covering,
                "card": next((card for card in covering if card.is_open), covering[0] if covering else None),
                "begins": [cards[key] for key in sorted(piece.begins)],
                "depth": min(len(covering), 3),
            }


def standing_of(statement, text):
    if not (statement.quote and text):
        return NO_QUOTE
    if statement.stands_in(text):
        return MARKED
    places = quoting.places_of(text, statement.quote)
    if len(places) == 1:
        return UNMARKED if statement.span_start is None else MOVED
    return SEVERAL if places else LOST


def fields_of(figure):
    return {name: getattr(figure, name) for name in ("measure", "group", "nationality", "low", "best", "high", "wording")}
