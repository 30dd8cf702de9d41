"""The desk of places, actors, incidents and statements."""

from incidents.admin.actor import ActorAdmin
from incidents.admin.imports import ImportBatchAdmin
from incidents.admin.incident import IncidentAdmin
from incidents.admin.place import PlaceAdmin
from incidents.admin.statement import FigureAdmin, StatementAdmin

__all__ = ["ActorAdmin", "FigureAdmin", "ImportBatchAdmin", "IncidentAdmin", "PlaceAdmin", "StatementAdmin"]
