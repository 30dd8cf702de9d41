"""What a page shows in the reader's language: the translations that editors entered, else the English words, marked as such.

Documents stay as they are in the record and in the API; only what a page is about to show is put into its language.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language

from borderwatch.published import public_kinds
from borderwatch.texts import words

NAMERS = []
"""Functions (language, ids) → {id: name} for what is no record of its own, such as places."""
CALLED = ("name", "title", "headline", "label")
"""The fields by which a page calls something, of which a reference has one."""
OWN = ("title", "name", "text", "summary", "description")
"""Texts of a record that are translated, the one that it is known by first."""
KNOWN_BY = ("id", "value", "key")
"""Where the id stands: in a reference, in a choice of a filter, in a row of a tally."""
RECORD_ID = re.compile(r"[A-Z]{2}-[0-9-]+")


def in_reader_language(context, rows):
    """What a page or feed shows, with titles, summaries and names in its language; `rows`: model → the rows that readers see there."""
    language = get_language()
    if language == settings.LANGUAGE_CODE:
        return context
    return translated(context, language, names(language, ids_in(context), rows))


def in_reader_names(document, rows):
    """A document whose own texts stay as they were written, while what it refers to is called as in the reader's language."""
    own = {name: document[name] for name in ("id", "translations") if name in document}
    return in_reader_language({name: value for name, value in document.items() if name not in own}, rows) | own


def ids_in(value):
    """Every id that the value speaks of, at any depth."""
    if isinstance(value, Mapping):
        own = {value[key] for key in (*KNOWN_BY, "province") if isinstance(value.get(key), str)}
        return own.union(*map(ids_in, value.values()))
    return set().union(*map(ids_in, value)) if isinstance(value, list | tuple) else set()


def names(language, ids, rows):
    """What the language calls these records: {"AC-4": "Власти талибов"}; without those that nobody has translated."""
    found = {}
    for name in NAMERS:
        found |= name(language, ids)
    for model in public_kinds().values():
        for row in rows(model).with_text().filter(public_id__in=[one for one in ids if one.startswith(model.id_prefix + "-")]):
            texts = (row.content.get("translations") or {}).get(language) or {}
            found[row.public_id] = texts.get("name") or texts.get("title")
    return {one: name for one, name in found.items() if name}


def translated(value, language, known):
    """The value anew in the language, at any depth; `untranslated` where the name of a record or a reference is not."""
    if isinstance(value, list | tuple):
        return type(value)(translated(one, language, known) for one in value) if type(value) in (list, tuple) else value
    if not isinstance(value, Mapping):
        return value
    found = {name: translated(one, language, known) for name, one in value.items()}
    if isinstance(value.get("translations"), dict):
        found |= own_texts(value, language)
    else:
        found |= names_in_reference(value, known)
    return found | names_of_place(value, known)


def own_texts(document, language):
    """The texts of a record that are translated, whether its name or its only text is not, and which are not."""
    texts = {name: text for name, text in (document["translations"].get(language) or {}).items() if text and name in document}
    main = next((name for name in OWN if document.get(name)), None)
    return texts | {"untranslated": bool(main) and main not in texts, "in_english": [name for name in OWN if name not in texts]}


def names_in_reference(reference, known):
    """The name of what is only referred to, and the same name where it is given as an answer."""
    name = next((known[one] for one in map(reference.get, KNOWN_BY) if isinstance(one, str) and one in known), None)
    found = {field: name for field in CALLED if name and field in reference}
    if not name and refers_to_a_record(reference):
        found["untranslated"] = True
    for part in ("place", "actor"):
        other = reference.get(part)
        if isinstance(other, dict) and other.get("id") in known and reference.get("value") == other.get("name"):
            found["value"] = known[other["id"]]
    return found


def refers_to_a_record(reference):
    """Whether it names a record or a place, whose name somebody could translate; a headline stays in its article's language."""
    is_called = any(field in reference for field in ("name", "title", "label"))
    return is_called and (any(RECORD_ID.fullmatch(str(reference.get(key))) for key in KNOWN_BY) or {"id", "name"} <= reference.keys())


def names_of_place(place, known):
    """The province and the country of a place, which stand in it as words."""
    found = {}
    if place.get("province_name") and place.get("province") in known:
        found["province_name"] = known[place["province"]]
    if place.get("country_name"):
        found["country_name"] = words.word(place["country"], "country") or place["country_name"]
    return found
