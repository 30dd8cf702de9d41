"""The desk as an import writes on it: in somebody's name, with the reason in the history."""

from incidents.imports.actors import Actors
from incidents.imports.places import Places
from incidents.imports.plan import LAYOUTS
from incidents.models import Figure, Participation


class Desk:
    """Saves in the name of `by` (None for a command without an account); knows places and actors. `article`: what is cited."""

    def __init__(self, layout, by, reason, article=None):
        self.layout, self.by, self.reason, self.article = layout, by, reason[:100], article
        self.module = LAYOUTS[layout]
        self.places = Places()
        self.actors = Actors(self.module.ACTOR_KEY)

    def saved(self, record):
        record._history_user, record._change_reason = self.by, self.reason
        record.save()
        return record

    def save_actors(self):
        """Save the actors that were made because nobody knew them."""
        for actor in self.taken_new_actors():
            self.saved(actor)

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
