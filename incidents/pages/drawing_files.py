"""What pages draw, to take along: the bars of a tally and the steps of a count, as a drawing (SVG) and as a table (CSV).

Each file says of which day it is and where it comes from; filters and as-of stand in its address. Beside it stands the timeline's file.
"""

from django.http import Http404, HttpResponse
from django.urls import register_converter
from django.utils.translation import gettext as _

from borderwatch.documents import moment_text
from borderwatch.files.cells import csv_line
from borderwatch.public.converters import PublicId
from borderwatch.public.record_pages import EditionPage
from borderwatch.texts.translations import in_reader_language
from incidents.pages import counts
from incidents.pages.tally_views import TallyPage
from incidents.rule.eligibility import MEASURES
from incidents.templatetags.incident import steps_said
from incidents.views import IncidentPage


class Measure(PublicId):
    """What is counted: killed, injured, missing, detained."""

    regex = "|".join(MEASURES)


register_converter(Measure, "measure")

TALLY = "by key label measure incidents low best high open_ended not_reported uncounted ids rule as_of".split()
STEPS = "incident edition measure said_on said_precision low best high open_ended statements figures rule".split()


def csv_answer(columns, rows, name):
    """Rows (dicts) as a CSV file; what nobody reported is blank, never 0."""
    lines = [csv_line(columns), *(csv_line([row.get(column) for column in columns]) for row in rows)]
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("".join(lines), "text/csv; charset=utf-8", headers=headers)


# A tally


class TallyFile(TallyPage):
    also = ()
    count_choices = None
    shows_all = True

    def moment_asked(self):
        """A file is made of nothing that could not be understood."""
        self.is_refused = self.asked.is_malformed
        return super().moment_asked()


class TallyDrawing(TallyFile):
    template_name = "incidents/tally.svg"
    content_type = "image/svg+xml"
    ROW, TOP = 28, 76
    """Units of the drawing per row, and above the first one."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [row | {"y": self.TOP + self.ROW * place} for place, row in enumerate(context["rows"])]
        bottom = self.TOP + self.ROW * len(rows)
        return context | {"rows": rows, "bottom": bottom, "height": bottom + 52}


class TallyTable(TallyFile):
    shows_ids = True

    def render_to_response(self, context, **kwargs):
        context = in_reader_language(context, self.rows)
        tally, by, measure = context["tally"], context["by"]["chosen"], context["measure"]["chosen"]
        same = {"measure": measure, "rule": tally["rule"], "as_of": moment_text(counts.standing(self)["as_of"])}
        rows = [{"by": by, **row, **same} for row in tally["rows"]]
        in_all = {"by": "total", "key": "", "label": _("In all"), **tally["total"], **same}
        return csv_answer(TALLY, [*rows, in_all], f"borderwatch-{measure}-by-{by}")


# The steps of an incident's count


class StepsFile(IncidentPage):
    """What was said by each day, of one measure; 404 where nobody reports it."""

    has_slug = False
    parameters = ("as_of",)

    def get(self, request, public_id, measure, **kwargs):
        self.measure = measure
        return super().get(request, public_id, **kwargs)

    def get_context_data(self, document, **kwargs):
        if document["toll"].get(self.measure) is None:
            raise Http404
        moved = steps_said(document, self.measure)
        return super().get_context_data(document=document, moved=moved, measure=self.measure, **kwargs)

    def context_around(self, document):
        return {}


class StepsDrawing(StepsFile):
    content_type = "image/svg+xml"

    def get_template_names(self):
        return ["incidents/steps.svg"]

    def get_context_data(self, document, **kwargs):
        context = super().get_context_data(document, **kwargs)
        if not context["moved"]["drawing"]:
            raise Http404
        return context


class StepsTable(StepsFile):
    def render_to_response(self, context, **kwargs):
        document = context["document"]
        number, rule = document["edition"]["number"], document["toll"]["rule"]
        same = {"incident": document["id"], "edition": number, "measure": self.measure, "rule": rule}
        rows = [same | step_cells(step) for step in context["moved"]["steps"]]
        return csv_answer(STEPS, rows, f"{document['id']}-{number}-{self.measure}")


def step_cells(step):
    """The cells of one day; `statements` and `figures` are those of that day."""
    said = {"said_on": step["on"], "said_precision": step["precision"] if step["on"] else None}
    claims = {
        "statements": list(dict.fromkeys(claim["statement"]["id"] for claim in step["claims"])),
        "figures": [claim["figure"]["id"] for claim in step["claims"]],
    }
    return said | (step["result"] or {}) | claims


class EditionStepsDrawing(StepsDrawing, EditionPage):
    """The same of a numbered edition."""

    parameters = ()


class EditionStepsTable(StepsTable, EditionPage):
    """The same of a numbered edition."""

    parameters = ()
