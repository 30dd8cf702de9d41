"""The rule for numbers as the program states it, for the methodology page."""

from django import template

from incidents.pages.rule_text import decided_by, rule_text
from incidents.toll import RULE

register = template.Library()


@register.simple_tag
def rule_as_written():
    return {"modules": rule_text(), "lists": decided_by()}


@register.simple_tag
def rule_name():
    """The name of the rule with its version: "BW-1"."""
    return RULE
