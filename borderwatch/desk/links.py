"""Links that an app adds to the desk pages of records it did not make: `sources` knows nothing of statements, yet an article leads to them."""

from collections import defaultdict

from django.utils.text import capfirst

LINKS = defaultdict(list)


def adds_links(model):
    """Decorates a function of (request, record) that gives (words, address) pairs for the desk page of a record of `model`."""

    def register(function):
        LINKS[model].append(function)
        return function

    return register


def links_of(request, record):
    """(words, address) of every link that apps add to this record's page, for this user."""
    return [(capfirst(words), address) for function in LINKS[type(record)] for words, address in function(request, record)]
