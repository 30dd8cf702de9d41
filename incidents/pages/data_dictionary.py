"""The data dictionary: every column of every file and every member of every document, read from the tables and the OpenAPI schema."""

import json

from borderwatch.api.meanings import meaning
from borderwatch.api.schema import schema
from borderwatch.files.packages import type_of
from borderwatch.public.pages import StandingPage
from borderwatch.texts import words
from borderwatch.texts.field_words import list_of_codes
from incidents.exports.dataset import RESOURCES
from incidents.toll import RULE

DOCUMENTS = ("Incident", "Statement", "Article", "Source", "Actor", "Place")
WRITTEN_BY = {"SourceReference": "source", "IncidentPlace": "place", "DocumentEdition": "change"}
"""Component → kind of record whose codes stand in it, where its name does not say so."""
OPEN_LISTS = ("country", "language")
"""Codes of standards: not all of them have words here."""
FORMATS = {"date": "day", "date-time": "moment, UTC"}


def files():
    """[{"name", "columns"}] of every file of tables."""
    return [
        {
            "name": f"{resource.table.name}.csv",
            "columns": [column(resource.table, name, meaning) for name, meaning in resource.table.columns.items()],
        }
        for resource in RESOURCES
    ]


def column(table, name, meaning):
    link = table.links.get(name)
    record = table.name.removesuffix("s")
    return {
        "name": name,
        "type": type_of(name),
        "meaning": meaning,
        "codes": codes(record, name),
        "link": link and f"file-{link}",
        "link_name": link and f"{link}.csv",
    }


def codes(record, name):
    """[(code, words)] where the codes of a field are a closed list."""
    found = list_of_codes(record, name)
    return [] if found is None or found in OPEN_LISTS else list(words.LISTS[found].items())


# Documents


def documents():
    """[{"name", "is_whole", "members"}] of the documents and, after them, of the parts that they hold."""
    components = json.loads(schema())["components"]["schemas"]
    return [{"name": name, "is_whole": name in DOCUMENTS, "members": members(name, components)} for name in reached(components)]


def reached(components):
    """The documents, then every part that they hold, each once."""
    found = list(DOCUMENTS)
    for name in found:
        inner = [one for shape in components[name].get("properties", {}).values() for one in named_in(shape)]
        found += [one for one in dict.fromkeys(inner) if one not in found and components[one].get("properties")]
    return found


def named_in(shape):
    """Names of the components that a shape refers to."""
    if "$ref" in shape:
        return [shape["$ref"].rsplit("/", 1)[1]]
    inner = [*shape.get("allOf", ()), *shape.get("oneOf", ()), *([shape["items"]] if "items" in shape else ())]
    return [name for one in inner for name in named_in(one)]


def members(component, components):
    shapes = components[component]["properties"]
    return [member(component, name, shape, components) for name, shape in shapes.items()]


def member(component, name, shape, components):
    parts = [one for one in named_in(shape) if components[one].get("properties")]
    record = WRITTEN_BY.get(component, component.removesuffix("InIncident").lower())
    return {
        "name": name,
        "type": type_in_words(shape, components),
        "meaning": shape.get("description") or meaning(component, name),
        "codes": list(words.CHANGE.items()) if (component, name) == ("DocumentEdition", "kind") else codes(record, name),
        "link": parts and f"part-{parts[0]}",
        "link_name": parts and parts[0],
    }


def type_in_words(shape, components):
    """ "text", "list of text", "day or null"."""
    named = named_in(shape)
    told = FORMATS.get(shape.get("format")) or shape.get("type") or (components[named[0]].get("type") if named else "any value")
    told = {"string": "text"}.get(told, told)
    if told == "array":
        inner = type_in_words(shape["items"], components)
        told = f"list of {'objects' if inner == 'object' else inner}"
    return f"{told} or null" if shape.get("nullable") else told


class DataDictionaryPage(StandingPage):
    template_name = "incidents/data_dictionary.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(files=files(), documents=documents(), rule=RULE, **kwargs)
