"""Lists as files: /api/v1/incidents.csv, and the same without /api/v1 for people."""

from django.http import StreamingHttpResponse

from borderwatch.api.fields import check_fields, picked
from borderwatch.api.problems import Problem
from borderwatch.api.views import PublicView
from borderwatch.files import exports

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FEATURES = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "license": {"type": "string"},
        "features": {"type": "array", "items": {"type": "object", "required": ["type", "id", "geometry", "properties"]}},
    },
}


class FileView(PublicView):
    """The whole filtered list in one file."""

    shape = None
    layouts = {}
    """Name of the layout → Table; the first one is the default."""
    feature = None
    """Document → GeoJSON feature."""
    form = ""
    """csv, jsonl, geojson or xlsx."""
    takes_any_accept = True

    @property
    def without(self):
        return ("limit", "cursor") if self.form == "jsonl" else ("limit", "cursor", "fields")

    @property
    def also(self):
        return {"layout": self.layouts} if self.form in ("csv", "xlsx") and len(self.layouts) > 1 else {}

    @property
    def media_type(self):
        return TYPES[self.form].split(";")[0]

    @property
    def gives(self):
        return {"geojson": FEATURES, "xlsx": {"type": "string", "format": "binary"}}.get(self.form, {"type": "string"})

    def answer(self, request):
        asked = self.asked()
        table = self.layout()
        check_fields(asked, self.shape)
        response = StreamingHttpResponse(getattr(self, self.form)(asked, table), content_type=TYPES[self.form])
        response.headers["Content-Disposition"] = f'attachment; filename="borderwatch-{table.name}.{self.form}"'
        return response

    def layout(self):
        """The Table that the parameter `layout` names."""
        names = [name for name in self.request.GET.getlist("layout") if name] or list(self.layouts)[:1]
        if len(names) > 1 or names[0] not in self.layouts:
            raise Problem(400, "Not understood: layout.", {"layout": [f"Choose one of: {', '.join(self.layouts)}."]})
        return self.layouts[names[0]]

    def csv(self, asked, table):
        return exports.csv_file(table, asked, self.site)

    def xlsx(self, asked, table):
        about = exports.about(f"{table.name.capitalize()} of the public record", asked, self.site)
        return exports.pieces(exports.xlsx_file(table, exports.table_rows(table, asked, self.site), about))

    def jsonl(self, asked, table):
        paths = asked.cleaned.get("fields")
        documents = ([picked(document, paths) for document in batch] for batch in table.batches(asked, self.site))
        return exports.json_lines(documents, self.site)

    def geojson(self, asked, table):
        return exports.geojson_file(type(self).feature, "feature", asked, self.site)
