"""Citations of an incident as files: of today's edition, of another day's, or of a numbered one."""

from django.http import HttpResponse
from django.urls import reverse

from borderwatch.public.record_pages import EditionPage, RecordPage
from borderwatch.texts.translations import in_reader_language
from incidents.pages import citations
from incidents.published import PublishedIncident


class CitationFile(RecordPage):
    """cite.bib, cite.ris or cite.json of the edition that readers see; it names that edition's own address."""

    model = PublishedIncident
    has_slug = False
    form = ""

    def render_to_response(self, context, **kwargs):
        document = in_reader_language(context["document"], self.rows)
        url = self.request.build_absolute_uri(reverse("incident-edition", args=[document["id"], document["edition"]["number"]]))
        media_type, _name = citations.FORMS[self.form]
        name = f"{document['id']}-{document['edition']['number']}.{self.form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(citations.citation(document, url, self.form), f"{media_type}; charset=utf-8", headers=headers)


class EditionCitationFile(CitationFile, EditionPage):
    """The same of a numbered edition."""
