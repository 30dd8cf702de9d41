"""Documents as they are served: stored text for rows that readers see now, composed for rows of another moment."""

import json
from collections.abc import Mapping
from functools import cached_property

from borderwatch.projection import as_text
from borderwatch.state import PublicState

ADDRESS_OF_A_PAGE = b'"url": "/'
"""How a stored document begins the path of one of our pages; inside a text its quotes would be escaped."""


def documents(rows, moment=None):
    """The whole documents (dicts) of `rows`, rows of one kind, as readers see them now or saw them at `moment`."""
    if moment is None:
        return [json.loads(row.document) for row in rows]
    return composed(rows, PublicState.as_of(moment))


def list_items(rows, moment=None):
    """The shorter documents (dicts) of lists."""
    if moment is None:
        return [json.loads(text) for text in list_texts(rows)]
    return [row.summarise(document) for row, document in zip(rows, composed(rows, PublicState.as_of(moment)), strict=True)]


class Listed(Mapping):
    """A list item whose text is read once something asks what it says: what a page keeps as rendered is known by the text."""

    def __init__(self, text):
        self.text = text

    @cached_property
    def document(self):
        return json.loads(self.text)

    def __getitem__(self, name):
        return self.document[name]

    def __iter__(self):
        return iter(self.document)

    def __len__(self):
        return len(self.document)


def listed(rows):
    """The list items of rows that readers see now, not read yet."""
    return [Listed(text) for text in list_texts(rows)]


def list_texts(rows, moment=None):
    """The same as JSON texts; those of now are not read, only passed on."""
    if moment is None:
        return [row.summary if hasattr(row, "summary") else row.document for row in rows]
    return [as_text(item) for item in list_items(rows, moment)]


def composed(rows, state):
    """The documents of `rows`, rows of one kind, as the state shows them."""
    publics = [state.add(row) for row in rows]
    for model in {type(row) for row in rows}:
        model.prepare(publics, state)
    return [state.compose(public) for public in publics]


def absolute(text, site):
    """JSON text as bytes, with the addresses of our pages made absolute: `site` is "https://host"."""
    return text.encode().replace(ADDRESS_OF_A_PAGE, b'"url": "' + site.encode() + b"/")
