"""What the whole data set consists of."""

from django.http import StreamingHttpResponse

from borderwatch import exports, packages
from borderwatch.api.views import PublicView
from borderwatch.packages import Resource
from incidents.exports import ACTORS, FIGURES, LAYOUTS, PARTICIPANTS, PLACES, STATEMENTS
from incidents.filters import ActorFilter, IncidentFilter, PlaceFilter, StatementFilter
from sources.files import ArticleFile, SourceFile

RESOURCES = [
    Resource(LAYOUTS["borderwatch"], IncidentFilter, is_whole=True),
    Resource(STATEMENTS, StatementFilter, is_whole=True),
    Resource(FIGURES, StatementFilter),
    Resource(PARTICIPANTS, IncidentFilter),
    Resource(ACTORS, ActorFilter, is_whole=True),
    Resource(ArticleFile.layouts["borderwatch"], ArticleFile.filterset_class, is_whole=True),
    Resource(SourceFile.layouts["borderwatch"], SourceFile.filterset_class, is_whole=True),
    Resource(PLACES, PlaceFilter),
]


class PackageView(PublicView):
    """The whole data set as a Frictionless data package (ZIP)."""

    without = ("fields",)
    media_type = "application/zip"
    gives = {"type": "string", "format": "binary"}

    def perform_content_negotiation(self, request, force=False):
        """The address says what is wanted, whatever the browser accepts."""
        return super().perform_content_negotiation(request, force=True)

    def answer(self, request):
        asked = self.asked()
        parameters = {name: texts[0] for name, texts in asked.given.items()}
        packed = packages.zip_file(RESOURCES, parameters, self.site)
        response = StreamingHttpResponse(exports.pieces(packed), content_type=self.media_type)
        response.headers["Content-Disposition"] = 'attachment; filename="borderwatch.zip"'
        return response
