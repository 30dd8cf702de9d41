"""The schema (OpenAPI 3) and its page."""

import functools
import json

from django.http import HttpResponse
from django.urls import include, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView

from borderwatch.api.meanings import meaning
from borderwatch.api.views import PublicView

ALWAYS_WHOLE = ("List", "Problem", "EditionEntry", "Tally", "Sum", "SumRow", "Comparison", "Comparisons")
"""Ends of the names of components that `fields` never shortens."""


def only_the_api(endpoints):
    """What the schema describes: the files at the site's root are the same as those of the API."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


@functools.cache
def schema():
    """The schema as JSON text. With `fields` a document has only some of its members, so none of them is called required."""
    addresses = [path("api/v1/", include("borderwatch.api.urls"))]
    found = SchemaGenerator(patterns=addresses).get_schema(request=None, public=True)
    for name, component in found["components"]["schemas"].items():
        if not name.endswith(ALWAYS_WHOLE):
            component.pop("required", None)
            describe(name, component)
    return json.dumps(found, ensure_ascii=False)


def describe(name, component):
    """Say what each member means; beside a bare reference OpenAPI 3.0 allows no words."""
    for member, shape in component.get("properties", {}).items():
        if "$ref" not in shape and (words := meaning(name, member)):
            shape.setdefault("description", words)


class SchemaView(PublicView):
    """The OpenAPI schema of this API."""

    schema = None
    without = ("as_of", "fields")
    takes_any_accept = True

    def answer(self, request):
        self.asked()
        return HttpResponse(schema(), content_type="application/vnd.oai.openapi+json")


class DocumentationView(SpectacularSwaggerSplitView):
    """The schema to read and to try; no script and no style stands in the page itself."""

    url_name = "api:schema"
    template_name = "api/docs.html"
