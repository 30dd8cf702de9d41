"""A changed field of the ledger as a reader of the page understands it: what the field is called, and its values in words."""

from django.utils.translation import gettext as _

from borderwatch.texts import words
from borderwatch.texts.field_words import TEXTS, field_name
from borderwatch.texts.telling import in_words

COMPUTED = {
    "toll": ("low", "best", "high"),
    "evidence": ("status", "reports", "disputed_on"),
}
"""Of what a rule computes the last parts of a path that are told; the rest says how it was computed, which the comparison shows."""


def told(record, changes):
    """[{"field", "before", "after", "language"}] of the changes that a reader can see; `language`: of words that are the record's own."""
    found = [told_change(record, change) for change in changes if is_told(change["field"].split("."))]
    return [change for change in found if change["before"] != change["after"]]


def is_told(path):
    """Whether a change says something to readers; ids and types of what is referred to stand in the comparison by their names."""
    if path[0] in COMPUTED:
        return path[-1] in COMPUTED[path[0]] and "differences" not in path and "together" not in path and "set_aside" not in path
    return True


def told_change(record, change):
    path = change["field"].split(".")
    before, after = (value_in_words(record, path, change[side]) for side in ("before", "after"))
    return {"field": " › ".join(names_of(path)), "before": before, "after": after, "language": language_of(path)}


def value_in_words(record, path, value):
    """A value in words; "nothing" where there was none."""
    holder = path[-2] if len(path) > 1 and not path[-2].isdigit() else path[-3] if len(path) > 2 else record
    said = in_words("assertions" if holder == "assertions" else record, path[-1], value)
    said = _(", ").join(map(str, said)) if isinstance(said, list) else said
    return _("nothing") if said in (None, "") or value in ([], {}) else str(said)


def language_of(path):
    if path[0] == "translations" and len(path) > 1:
        return path[1]
    return "en" if path[-1] in TEXTS else ""


def names_of(path):
    """Each part of a path in words: "toll › of them › state forces of Tajikistan killed › best"."""
    return [str(part_name(path, place)) for place in range(len(path))]


def part_name(path, place):
    part = path[place]
    if place and path[place - 1] == "buckets":
        return bucket_name(part)
    if place and path[place - 1] == "translations":
        return words.word(part, "language")
    if part.isdigit():
        return int(part) + 1
    return words.MEASURE.get(part) or field_name(part)


def bucket_name(name):
    """ "killed/state_forces/TJ", the people of a number and what happened to them, in words."""
    measure, group, nationality = [*name.split("/"), "", ""][:3]
    return words.people_counted({"measure": measure, "group": group or "all", "nationality": nationality})
