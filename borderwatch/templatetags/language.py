"""Tags about the language of a page: the same page in another language, and whether a person has read the translation."""

import re

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language, get_language_info

from borderwatch.texts.directions import lang_mark

register = template.Library()

READ_BY_A_PERSON = {"en", "ru"}
"""Languages whose interface needs no warning; add one when somebody who speaks it has read all of it (docs/translations.md)."""


@register.simple_tag(takes_context=True)
def languages(context):
    """This page in every language, its parameters kept: [{"code", "name", "dir", "url", "is_current"}]; none on the desk's previews.

    A page of what is gone tells its address without the words of the record (`request.told_at`).
    """
    here, root = get_language(), get_script_prefix()
    address = getattr(context.request, "told_at", "") or context.request.get_full_path()
    path, _mark, query = address.partition("?")
    if path.startswith(f"{root}admin/"):
        return []
    bare = path.removeprefix(root).removeprefix("" if here == settings.LANGUAGE_CODE else f"{here}/")
    found = []
    for code, _name in settings.LANGUAGES:
        info = get_language_info(code)
        url = root + ("" if code == settings.LANGUAGE_CODE else f"{code}/") + bare + (f"?{query}" if query else "")
        direction = "rtl" if info["bidi"] else "ltr"
        found.append({"code": code, "name": info["name_local"], "dir": direction, "url": url, "is_current": code == here})
    return found


@register.simple_tag(takes_context=True)
def alternates(context):
    """The same addresses for search engines, absolute."""
    return [{"code": one["code"], "url": context.request.build_absolute_uri(one["url"])} for one in languages(context)]


@register.simple_tag
def english():
    """lang="en" where the page is in another language: for the record's own words that are kept in English alone."""
    return lang_mark("en")


@register.simple_tag
def in_language(code):
    """The mark of words that stay in the language they were published in; none where that is the page's, or is not known."""
    return lang_mark(code)


@register.simple_tag
def text_language(document, field):
    """The mark of a record's own text where it is not translated; of what it is called where no field is known."""
    return lang_mark("en") if field in document.get("in_english", ()) else ""


@register.simple_tag
def spelled(name):
    """The mark of one of several spellings of a name: in Latin letters it is taken for English."""
    return lang_mark("en") if re.match(r"\W*[A-Za-z]", name) else ""


@register.simple_tag
def is_unreviewed():
    """Whether nobody who speaks the page's language has read its translation yet."""
    return get_language() not in READ_BY_A_PERSON
