"""Tags about the language of a page: the same page in another language, and whether a person has read the translation."""

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info

register = template.Library()

READ_BY_A_PERSON = {"en", "ru"}
"""Languages whose interface needs no warning; add one when somebody who speaks it has read all of it (docs/translations.md)."""


@register.simple_tag(takes_context=True)
def languages(context):
    """This page in every language, its parameters kept: [{"code", "name", "dir", "url", "is_current"}]; none on the desk's previews."""
    here, root = get_language(), get_script_prefix()
    path, _mark, query = context.request.get_full_path().partition("?")
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
    return "" if get_language() == settings.LANGUAGE_CODE else mark_safe(' lang="en"')


@register.simple_tag
def is_unreviewed():
    """Whether nobody who speaks the page's language has read its translation yet."""
    return get_language() not in READ_BY_A_PERSON
