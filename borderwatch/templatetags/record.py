"""Tags that every page of the record uses: words for codes, dates with their precision, links that keep as-of."""

from urllib.parse import quote, urlencode

from django import forms, template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderwatch.public.addresses import in_this_language
from borderwatch.texts import changed_fields, dating, words
from borderwatch.texts.directions import name_element

register = template.Library()


@register.filter
def word(code, name):
    """The words for a code: {{ document.kind|word:"incident_kind" }}."""
    return words.word(code, name)


@register.simple_tag
def answer_to(mapping, key):
    """The value under a key that is itself a variable; None where there is none."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def people(figure):
    """Who a figure or bucket counts, in words."""
    return words.people_of(figure)


@register.simple_tag
def people_counted(figure):
    """Who a figure counts and what happened to them, in words."""
    return words.people_counted(figure)


# Dates


@register.simple_tag
def when(date):
    """The date of an incident document with its precision in words."""
    return dating.in_words(date["start"], date.get("end"), date.get("precision") or 1)


@register.simple_tag
def day(text, precision=1):
    """One date with its precision in words."""
    return dating.in_words(text, None, precision or 1)


@register.simple_tag
def period(covers):
    """The days that a tally covers, first to last, both counted."""
    return dating.in_words(covers["start"], covers.get("end"), 2)


@register.simple_tag
def period_of(assertion):
    """The day or range of days that an assertion about a date gives."""
    start, end = assertion["starts_on"], assertion.get("ends_on")
    return dating.in_words(start, end, 2 if end and end != start else 1)


@register.filter
def moment(text):
    """A moment as its day in UTC."""
    return dating.moment_in_words(text)


@register.filter
def moment_and_time(text):
    """A moment with its time in UTC."""
    return dating.moment_in_words(text, with_time=True)


# Links


def as_of_query(context):
    """ "?as_of=…" where this page shows the record of another day, so that links stay on that day."""
    as_of = getattr(getattr(context, "request", None), "as_of_asked", "")
    return "?" + urlencode({"as_of": as_of}) if as_of else ""


@register.simple_tag(takes_context=True)
def page(context, name, *args):
    """{% url %} that keeps as-of."""
    return reverse(name, args=args) + as_of_query(context)


@register.simple_tag(takes_context=True)
def link(context, name, reference):
    """A reference {"id", "name"} as a link to its page; nothing where there is no reference."""
    if not reference:
        return ""
    address = reverse(name, args=[reference["id"]]) + as_of_query(context)
    return format_html('<a href="{}">{}</a>', address, name_element(reference))


@register.simple_tag(takes_context=True)
def page_of(context, document):
    """The address of a document's or reference's page in the page's language, keeping as-of."""
    return in_this_language(document["url"]) + as_of_query(context)


@register.simple_tag(takes_context=True)
def origin_link(context, origin):
    """An origin, an actor or a source, as a link."""
    return link(context, "actor" if origin.get("type") == "actor" else "source", origin)


@register.simple_tag(takes_context=True)
def origin_links(context, origins):
    """Origins as links in a row."""
    return format_html_join(_(", "), "{}", [(origin_link(context, origin),) for origin in origins])


@register.simple_tag
def names(references):
    """Names of references in a row, without links."""
    return format_html_join(_(", "), "{}", [(name_element(reference),) for reference in references])


@register.simple_tag
def named(reference):
    """The name of a reference, set apart, without a link."""
    return name_element(reference)


@register.simple_tag
def who_did(statement):
    """The speaker and what they did with the words, as a heading: "Government of China condemned"."""
    return format_html(pgettext("speaker and act", "{} {}"), name_element(statement["speaker"]), words.word(statement["act"], "act"))


@register.simple_tag(takes_context=True)
def same_page(context, **changes):
    """This page's query string with some parameters changed or, where empty, dropped."""
    query = context.request.GET.copy()
    query.pop("cursor", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = value
    return "?" + query.urlencode()


@register.filter
def is_choice_list(field):
    """Whether a form field is a group of boxes or buttons, which needs a fieldset."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.simple_tag
def changes_told(record, changes):
    """The changed fields of a record that a reader can see, in words."""
    return changed_fields.told(record, changes)


@register.filter
def number_changes(changes):
    """How best numbers moved, in words: "killed: 3 → 5"."""
    for change in changes:
        part, _dot, measure = change["field"].removesuffix(".best").partition(".")
        if part == "toll" and measure in words.MEASURE and change["field"].endswith(".best"):
            before, after = (_("not reported") if value is None else value for value in (change["before"], change["after"]))
            yield f"{words.MEASURE[measure]}: {before} {_('→')} {after}"


@register.simple_tag(takes_context=True)
def report_address(context, document):
    """An address that opens a letter to the editors with the record's id and edition in it; empty where no contact is set."""
    if not settings.CONTACT_EMAIL:
        return ""
    name = f"{document['id']}, {_('edition')} {document['edition']['number']}"
    page = context.request.build_absolute_uri(in_this_language(document["url"]))
    body = "\n\n".join([page, document["edition"]["digest"], _("What is wrong, and how do you know?")])
    return f"mailto:{settings.CONTACT_EMAIL}?" + urlencode({"subject": name, "body": body}, quote_via=quote)


@register.simple_tag
def month_name(day):
    """A month with its year."""
    return dating.time_element(day, "YEAR_MONTH_FORMAT", f"{day:%Y-%m}")


@register.simple_tag
def reliability(code):
    """The letter of a source's reliability with what it means."""
    return format_html(
        '<span class="reliability"><abbr title="{}">{}</abbr> {}</span>',
        _("Reliability, Admiralty code"),
        code,
        words.word(code, "reliability"),
    )
