"""What colleagues said about one field, in the form's row of that field."""

from django import template

register = template.Library()


@register.inclusion_tag("admin/_field_comments.html", takes_context=True)
def field_comments(context, field):
    """`field`: of an admin fieldset, read-only or not."""
    bound = field.field
    name, label = (bound["name"], bound["label"]) if field.is_readonly else (bound.name, bound.label)
    may_comment = context.get("may_comment") and name in context.get("commentable", ())
    return {"name": name, "label": label, "comments": context.get("comments_by_field", {}).get(name, []), "may_comment": may_comment}
