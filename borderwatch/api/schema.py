"""The schema (OpenAPI 3) and its page."""

from django.utils.translation import override
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from borderwatch.api.views import CORS


class SchemaView(SpectacularAPIView):
    """The OpenAPI schema of this API."""

    def dispatch(self, request, *args, **kwargs):
        with override("en"):
            response = super().dispatch(request, *args, **kwargs)
        for name, value in CORS.items():
            response.headers[name] = value
        return response


class DocumentationView(SpectacularSwaggerSplitView):
    """The schema to read and to try, without a script in the page itself."""

    url_name = "api:schema"
