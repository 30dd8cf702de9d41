"""What the whole data set consists of."""

from django.http import StreamingHttpResponse

from borderwatch.api.files import FileView
from borderwatch.api.views import PublicView
from borderwatch.files import exports, packages
from borderwatch.files.exports import Table
from borderwatch.files.packages import Resource
from borderwatch.lists.filters import RecordAsked
from borderwatch.models import Release
from incidents.exports.tables import ACTORS, FIGURES, LAYOUTS, PARTICIPANTS, PLACES, STATEMENTS, place_batches
from incidents.filters import ActorFilter, IncidentFilter, PlaceFilter, StatementFilter
from sources.files import ArticleFile, SourceFile

EXTERNAL_ID = {
    "record": "incident, actor or place.",
    "id": "Our id.",
    "name": "Its title or name.",
    "scheme": "Whose id it is: acled, ucdp_ged, ucdp, geonames, wikidata, iso3166 and so on.",
    "external_id": "The id there.",
}
HAVING_IDS = (("incident", IncidentFilter, exports.batches), ("actor", ActorFilter, exports.batches), ("place", PlaceFilter, place_batches))


class ExternalIdsAsked(RecordAsked):
    class Meta:
        model = Release
        fields = []


def external_id_batches(asked, site):
    """(kind of record, document) of everything that can have an id elsewhere."""
    parameters = {name: texts[0] for name, texts in asked.given.items()}
    for record, filterset_class, read in HAVING_IDS:
        for batch in read(filterset_class(parameters), site):
            yield [(record, document) for document in batch]


def external_id_rows(documents, asked):
    for record, document in documents:
        elsewhere = dict(document["external_ids"]) | ({"iso3166": document["code"]} if document.get("code") else {})
        for scheme, external_id in sorted(elsewhere.items()):
            yield [record, document["id"], document.get("title") or document["name"], scheme, str(external_id)]


EXTERNAL_IDS = Table("external_ids", EXTERNAL_ID, external_id_rows, external_id_batches, key=("record", "id", "scheme"))


class ExternalIdFile(FileView):
    """What incidents, actors and places are called in other data sets."""

    filterset_class = ExternalIdsAsked
    layouts = {"borderwatch": EXTERNAL_IDS}


RESOURCES = [
    Resource(LAYOUTS["borderwatch"], IncidentFilter, is_whole=True),
    Resource(STATEMENTS, StatementFilter, is_whole=True),
    Resource(FIGURES, StatementFilter),
    Resource(PARTICIPANTS, IncidentFilter),
    Resource(ACTORS, ActorFilter, is_whole=True),
    Resource(ArticleFile.layouts["borderwatch"], ArticleFile.filterset_class, is_whole=True),
    Resource(SourceFile.layouts["borderwatch"], SourceFile.filterset_class, is_whole=True),
    Resource(PLACES, PlaceFilter),
    Resource(EXTERNAL_IDS, ExternalIdsAsked),
]


class PackageView(PublicView):
    """The whole data set as a Frictionless data package (ZIP)."""

    without = ("fields",)
    media_type = "application/zip"
    takes_any_accept = True
    gives = {"type": "string", "format": "binary"}

    def answer(self, request):
        asked = self.asked()
        parameters = {name: texts[0] for name, texts in asked.given.items()}
        packed = packages.zip_file(RESOURCES, parameters, self.site)
        response = StreamingHttpResponse(exports.pieces(packed), content_type=self.media_type)
        response.headers["Content-Disposition"] = 'attachment; filename="borderwatch.zip"'
        return response
