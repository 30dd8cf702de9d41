"""The desk as an import finds it, and as who writes on it."""

from incidents.imports.actors import Actors
from incidents.imports.places import Places
from incidents.imports.plan import LAYOUTS
from incidents.models import Figure, Participation


class Desk:
    """Knows places and actors, and why and in whose name (`by`, None for a command without an account) rows are written. `article`: what
    is cited."""

    def __init__(self, layout, by, reason, article=None):
        self.layout, self.by, self.reason, self.article = layout, by, reason[:100], article
        self.module = LAYOUTS[layout]
        self.places = Places()
        self.actors = Actors(self.module.ACTOR_KEY)

    def name_actors(self, event):
        """Make the actors of an event that nobody knew."""
        for side in event.sides:
            self.actors.find(side)

    def taken_new_actors(self):
        """The actors that were made and that nobody has saved yet."""
        new, self.actors.new = self.actors.new, []
        return new

    def figure(self, count, statement, incident):
        return Figure(statement=statement, incident=incident, **vars(count))

    def parts(self, event, incident, statement):
        """The participants that an event names, according to its statement; actors that nobody knew are to be saved first."""
        for side in event.sides:
            actor = self.actors.find(side)
            words = "" if actor else side.name
            yield Participation(incident=incident, actor=actor, described_as=words, role=side.role, according_to=statement)
