"""How views describe themselves in the schema: their parameters from their filter set, their answers from their shapes."""

from django import forms
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from borderwatch.api.shapes import Problem
from borderwatch.lists import filter_fields
from borderwatch.lists.filters import MOST_LIMIT

PROBLEMS = {
    400: "A parameter is not known here or its value is malformed.",
    404: "There is no such public record.",
    405: "Only GET, HEAD and OPTIONS.",
    406: "Only JSON is served here.",
    429: "Too many requests; see Retry-After.",
    500: "A failure on our side.",
}
TEXT = {"type": "string"}
MOMENT = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$"
DEGREES = r"-?\d{1,3}(\.\d{1,12})?"
SHAPES = (
    (filter_fields.MomentField, lambda field: {**TEXT, "pattern": MOMENT, "example": "2025-12-05"}),
    (filter_fields.DayField, lambda field: {**TEXT, "format": "date"}),
    (filter_fields.NumberField, lambda field: {"type": "integer", "minimum": field.least, "maximum": field.most}),
    (filter_fields.WordField, lambda field: {**TEXT, "enum": codes_of(field)}),
    (filter_fields.WordsField, lambda field: {"type": "array", "items": {**TEXT, "enum": codes_of(field)}}),
    (filter_fields.CountryField, lambda field: {"type": "array", "items": {**TEXT, "pattern": "^[A-Za-z]{2}$"}}),
    (filter_fields.RepeatedField, lambda field: {"type": "array", "items": {**TEXT, "maxLength": filter_fields.LONGEST_TEXT}}),
    (filter_fields.BoxField, lambda field: {**TEXT, "pattern": f"^{DEGREES}(,{DEGREES}){{3}}$", "example": "67,36,75,41"}),
    (forms.Field, lambda field: TEXT),
)
"""Form field → its shape; the first class that fits."""
HINTS = {
    "limit": f"Rows per page, 1 to {MOST_LIMIT}; 50 by default.",
    "cursor": "From the links “next” and “previous”.",
    "fields": "Names, comma separated, such as id,title,toll.killed.best.",
    "as_of": "A day (its end, UTC) or a moment: the record as readers saw it then.",
    "updated_since": "A day or a moment: only what was recorded since.",
    "bbox": "west,south,east,north in degrees.",
    "after": "Sequence of the last entry that is known.",
    "q": "Words in any spelling; “quoted words” stand together. Repeat for any of several.",
}


def codes_of(field):
    return [str(code) for code, _words in field.choices if code]


class PublicSchema(AutoSchema):
    """Reads `filterset_class`, `without`, `also`, `gives` and `tag` of a PublicView."""

    def get_override_parameters(self):
        asked = self.view.filterset_class(None, queryset=self.view.no_rows(), without=self.view.without, also=self.view.also)
        return [parameter_of(name, asked) for name in asked.valid_parameters]

    def get_response_serializers(self):
        told = PROBLEMS | ({410: "The record was withdrawn: its id, the reason and when."} if self.view.can_be_gone else {})
        problem = {(status, "application/problem+json"): OpenApiResponse(Problem, words) for status, words in told.items()}
        return {(200, self.view.media_type): self.view.gives} | problem

    def get_tags(self):
        return [self._tokenize_path()[0].split(".")[0] if self._tokenize_path() else "root"]

    def get_operation_id(self):
        words = self.path.removeprefix("/api/v1/").replace("{", "").replace("}", "").replace(".", "/").replace("-", "_").split("/")
        return "_".join(["get", *(word for word in words if word)])

    def get_summary(self):
        return (self.view.__doc__ or "").strip().split("\n")[0]


def parameter_of(name, asked):
    """How the schema tells of one parameter of a filter set."""
    if name not in asked.filters:
        return OpenApiParameter(name, TEXT | {"enum": list(asked.also[name])})
    field = asked.filters[name].field
    shape = next(shape for kind, shape in SHAPES if isinstance(field, kind))(field)
    is_repeatable = shape.get("type") == "array"
    hint = HINTS.get(name) or ". ".join(str(words) for words in (field.label, field.help_text) if words)
    return OpenApiParameter(name, shape, description=hint, explode=True if is_repeatable else None, style="form" if is_repeatable else None)
