"""An event of another data set, as every layout gives it: values of the file only, nothing of our record."""

import uuid
from dataclasses import dataclass, field

from incidents.models import Figure, Participation

ALL = Figure.Group.ALL
NAMESPACE = uuid.UUID("b0c8f1d4-6a3e-4f0e-9a57-1f1c5c2a9d10")


def uid_of(layout, kind, key):
    """The uid of an imported record follows from the data set's id: two imports at once cannot enter an event twice."""
    return uuid.uuid5(NAMESPACE, f"{layout}/{kind}/{key}")


@dataclass
class Side:
    """Somebody involved: an actor by name and id elsewhere, or words where it is no actor ("Civilians")."""

    name: str
    kind: str = ""
    external_id: str = ""
    role: str = Participation.Role.OTHER_PARTY

    @property
    def is_actor(self):
        return bool(self.kind)


@dataclass
class Count:
    """The figure that the file gives for one group."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    group: str = ALL
    measure: str = Figure.Measure.KILLED
    wording: str = ""
    calculation: str = ""
    verdict: str = Figure.Verdict.AUTO
    verdict_reason: str = ""


@dataclass
class Event:
    """What one row says. `key` is its id in the data set; `place_names` lead from the country inwards."""

    key: str
    row: int
    incident: dict
    statement: dict
    counts: list = field(default_factory=list)
    sides: list = field(default_factory=list)
    place_names: dict = field(default_factory=dict)
    best: int | None = None
    """The file's own number of deaths, for the sum that an import reports."""

    def values(self):
        """What is compared with the last import of the same event, as plain JSON."""
        return {
            "incident": self.incident,
            "statement": self.statement,
            "counts": [vars(count).copy() for count in self.counts],
            "sides": [vars(side).copy() for side in self.sides],
            "place_names": self.place_names,
        }

    @classmethod
    def of(cls, key, row, values):
        """The event whose `values()` were these."""
        counts, sides = [Count(**count) for count in values["counts"]], [Side(**side) for side in values["sides"]]
        return cls(key, row, values["incident"], values["statement"], counts, sides, values["place_names"])
