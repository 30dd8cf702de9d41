"""The desk: what happened, where, who was involved and who said so."""

from incidents.models.actor import Actor, Office
from incidents.models.batch import ImportBatch, ImportedEvent, ImportedRecord
from incidents.models.incident import Incident, Participation
from incidents.models.parts import Assertion, Figure, Label
from incidents.models.place import Place
from incidents.models.statement import Statement, StatementIncident
from incidents.models.unknown import Dismissal

__all__ = [
    "Actor",
    "Assertion",
    "Dismissal",
    "Figure",
    "ImportBatch",
    "ImportedEvent",
    "ImportedRecord",
    "Incident",
    "Label",
    "Office",
    "Participation",
    "Place",
    "Statement",
    "StatementIncident",
]
