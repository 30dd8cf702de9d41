"""Tags for what readers take away: the answer in one sentence, citations, the record for search engines."""

import json

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents.pages import answer_line, citations
from incidents.pages import json_ld as linked_data

register = template.Library()

IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""What could end or change a script element; the same in JSON."""


@register.simple_tag
def answer_sentence(said):
    """The answer line in words: what answer_line.parts() found."""
    return answer_line.sentence(said)


@register.simple_tag
def citation_forms(document, url):
    """[{"form", "name", "text", "copied", "url"}]: BibTeX, RIS and CSL-JSON of this edition, each with the address of its file."""
    edition = [document["id"], document["edition"]["number"]]
    return [
        form | {"copied": f"cite-{form['form']}", "url": reverse(f"incident-cite-{form['form']}", args=edition)}
        for form in citations.forms(document, url)
    ]


@register.simple_tag(takes_context=True)
def json_ld(context, document, page):
    """The incident as a data block; it is no script, and nothing in it can end it."""
    site = context.request.build_absolute_uri("/").rstrip("/")
    found = linked_data.json_ld(document, site, page)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))
