"""The timeline as a drawing to take along: an SVG file with its own title, dates, names and source line."""

from django.urls import reverse

from incidents.views import TimelinePage

ROW = 26
"""Units of the drawing per incident."""
TOP = 64
"""Above the first incident: title and months."""


class TimelineFile(TimelinePage):
    template_name = "incidents/timeline.svg"
    content_type = "image/svg+xml"
    has_fragment = False
    count_choices = None

    def context_around(self, documents):
        context = super().context_around(documents)
        rows = context["strips"]["rows"] if context["strips"] else []
        for place, row in enumerate(rows):
            row["y"] = TOP + ROW * place
        source = self.request.build_absolute_uri(self.with_query(reverse("timeline")))
        return context | {"bottom": TOP + ROW * len(rows), "height": TOP + ROW * len(rows) + 48, "source": source}
