"""Which files there are of incidents, statements and actors."""

from borderwatch.api.files import FileView
from incidents import shapes
from incidents.exports.incident_rows import feature
from incidents.exports.tables import ACTORS, FIGURES, LAYOUTS, PARTICIPANTS, PLACES, STATEMENTS
from incidents.filters import ActorFilter, IncidentFilter, PlaceFilter, StatementFilter


class IncidentFile(FileView):
    """The incidents asked for."""

    filterset_class = IncidentFilter
    shape = shapes.Incident
    layouts = LAYOUTS
    feature = feature


class ParticipantFile(FileView):
    """Who took part in the incidents asked for."""

    filterset_class = IncidentFilter
    shape = shapes.Incident
    layouts = {"borderwatch": PARTICIPANTS}


class StatementFile(FileView):
    """The statements asked for."""

    filterset_class = StatementFilter
    shape = shapes.Statement
    layouts = {"borderwatch": STATEMENTS}


class FigureFile(FileView):
    """The numbers in the statements asked for."""

    filterset_class = StatementFilter
    shape = shapes.Statement
    layouts = {"borderwatch": FIGURES}


class ActorFile(FileView):
    """The actors asked for."""

    filterset_class = ActorFilter
    shape = shapes.Actor
    layouts = {"borderwatch": ACTORS}


class PlaceFile(FileView):
    """Places of the gazetteer; the same at every moment."""

    filterset_class = PlaceFilter
    shape = shapes.Place
    layouts = {"borderwatch": PLACES}
