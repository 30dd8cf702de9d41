"""Tags for lists that readers search and filter: found words marked, long choices folded."""

from django import template

from borderwatch.texts import highlighting

register = template.Library()

SHOWN = 5
"""How many of many choices stand in the form; the others are found by typing a name."""


@register.filter
def marked(text, query):
    """A text with what the reader's search found in <mark>."""
    return highlighting.marked(text or "", query or "")


@register.filter
def excerpt(text, query):
    """A text as a list shows it: short, with what the search found in sight."""
    return highlighting.excerpt(text or "", query or "")


@register.filter
def plain(number):
    """A number as drawings write it, in every language with a point."""
    return f"{number:.1f}"


@register.simple_tag
def folded(field, counted):
    """{"shown", "typed", "takes_text"}: the choices to tick, and where there are many more, what else was typed or may be."""
    takes_text = not hasattr(field.field, "choices") and len(counted) > SHOWN + 1
    values = field.value() or []
    known = {choice["value"] for choice in counted}
    shown = [choice for place, choice in enumerate(counted) if not takes_text or place < SHOWN or choice["is_chosen"]]
    return {"shown": shown, "typed": [value for value in values if value not in known], "takes_text": takes_text}
