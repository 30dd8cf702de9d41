"""Links that an app adds to the desk pages of another app's records: `sources` knows of no statements, yet an article leads to them."""

from collections import defaultdict

from django.utils.text import capfirst

LINKS = defaultdict(list)
WORK_PAGES = {}
"""Model → a function that gives the address of the page on which a record's contents are entered."""


def adds_links(model):
    """Decorates a function of (request, record) that gives (words, address) pairs for the desk page of a record of `model`."""

    def register(function):
        LINKS[model].append(function)
        return function

    return register


def links_of(request, record):
    """(words, address) of every link that apps add to this record's page, for this user."""
    return [(capfirst(words), address) for function in LINKS[type(record)] for words, address in function(request, record)]


def work_page(record):
    """The address of the page on which the record's contents are entered; empty where no app has one."""
    find = WORK_PAGES.get(type(record))
    return find(record) if find else ""
