"""What readers can choose in the filters of a list, with the count of rows behind each choice.

Counted over the rows that match what is chosen already; beyond COUNTED rows nothing is counted and the fields take what is typed.
"""

from collections import defaultdict

from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from borderwatch.lists import paging
from borderwatch.lists.paging import counted_as
from borderwatch.public.caching import record_version, remembered
from borderwatch.published import public_kinds
from borderwatch.texts import words
from incidents.filters import GROUPS
from incidents.places import Place

COUNTED = 2_000
"""Counting 2,000 incidents takes about 0.15 s, once for each question and state of the record; with more the first page would be late."""
TYPED = ("place", "actor", "speaker", "source")
"""Parameters that take a name in place of an id; what was typed is no choice."""
FACETS = {
    "incident": ("place", "actor", "role", "speaker", "source", "act", "group", "nationality"),
    "statement": ("place", "speaker", "source", "group", "nationality"),
}
COLUMNS = {"incident": ("kind", "country"), "statement": ("act",), "actor": ("kind", "country"), "source": ("kind", "country")}
LISTS = {
    "kind": "{record}_kind",
    "country": "country",
    "nationality": "country",
    "role": "role",
    "act": "act",
    "group": "group",
    "evidence": "evidence",
}
"""Parameter → the list of words (borderwatch/texts/words.py) that names its values."""


def choices(asked):
    """Parameter → [{"value", "label", "count", "is_chosen"}], most frequent first; counted once for each state of the record."""
    version = record_version()
    return remembered(f"choices {get_language()} {counted_as(asked)}", version, lambda: counted_choices(asked, version))


def counted_choices(asked, version):
    if are_many(asked, version):
        return {}
    record = asked.queryset.model.record
    names = (*COLUMNS.get(record, ()), *FACETS.get(record, ()), *(["evidence"] if record == "incident" else []))
    found = counted(asked, names)
    for name in set(asked.given) & set(names):
        found |= counted(without(asked, name), [name])
    return {name: labelled(name, counts, asked) for name, counts in found.items() if name in asked.filters}


def are_many(asked, version):
    """Whether the rows that stand at the moment asked for are too many to count choices in; asked once for all filters of one kind."""
    rows = asked.standing_rows()
    name = f"are many {rows.model._meta.label} {asked.as_of and asked.as_of.isoformat()}"
    return remembered(name, version, lambda: paging.counted(rows, most=COUNTED) > COUNTED)


def without(asked, name):
    """The same question but for one parameter: what else could be chosen there."""
    others = asked.data.copy()
    others.pop(name, None)
    return type(asked)(others, also=asked.also)


def counted(asked, names):
    rows = asked.standing_rows() if asked.is_malformed else asked.qs
    record = rows.model.record
    found = {name: counted_column(rows, name) for name in names if name in COLUMNS.get(record, ())}
    found |= counted_facets(rows, [name for name in names if name in FACETS.get(record, ())], asked.as_of)
    return found | {name: counted_evidence(rows) for name in names if name == "evidence"}


def counted_column(rows, name):
    return dict(rows.order_by().exclude(**{name: ""}).values_list(name).annotate(Count("pk")))


def counted_facets(rows, names, moment):
    """Of another day in a large record, its few rows lead to their facets: by the facets' names all days' would be read."""
    found = {name: {} for name in names}
    if names:
        facets = rows.model.facet_model.objects.filter(row__in=rows.order_by().values("pk"))
        facets = facets.alias(called=Coalesce("name", Value(""))).filter(called__in=names) if moment else facets.filter(name__in=names)
        for name, value, count in facets.values_list("name", "value").annotate(Count("row")):
            found[name][value] = count
        for name in set(names) & {"actor", "speaker"}:
            found[name] = counted_with_parts(facets.filter(name=name))
    return found


def counted_with_parts(facets):
    """Actors counted as the filters take them: an actor with all that is part of it."""
    rows = defaultdict(set)
    above = actors_above()
    for value, row in facets.values_list("value", "row"):
        while value and row not in rows[value]:
            rows[value].add(row)
            value = above.get(value)
    return {value: len(found) for value, found in rows.items()}


def actors_above():
    """Public id → public id of what the actor is part of, or None."""
    actors = public_kinds()["actor"].objects.current().values_list("uid", "public_id", "parent_uid")
    known = {uid: public_id for uid, public_id, _parent in actors}
    return {public_id: known.get(parent) for _uid, public_id, parent in actors}


def counted_evidence(rows):
    marks = rows.aggregate(acknowledged=Count("pk", filter=Q(is_acknowledged=True)), disputed=Count("pk", filter=Q(is_disputed=True)))
    return {status: count for status, count in {**counted_column(rows, "evidence"), **marks}.items() if count}


def labelled(name, counts, asked):
    """The counted values with their names; what is chosen stays to be seen, though nothing matches it."""
    chosen = [value for value in asked.given.get(name, []) if name not in TYPED or names_of(name, [value], asked)]
    counts = dict.fromkeys(chosen, 0) | counts
    labels = names_of(name, counts, asked)
    found = [
        {"value": value, "label": str(labels.get(value, value)), "count": count, "is_chosen": value in chosen}
        for value, count in counts.items()
    ]
    return sorted(found, key=lambda choice: (-choice["count"], str(choice["label"])))


def names_of(name, values, asked):
    """Value → what it is called."""
    if name == "place":
        return dict(Place.objects.filter(slug__in=values).values_list("slug", "name"))
    if name == "group":
        return dict(GROUPS)
    if name in ("actor", "speaker", "source"):
        rows = public_kinds()["source" if name == "source" else "actor"].objects.standing(asked.as_of).named()
        return dict(rows.filter(public_id__in=values).values_list("public_id", "title"))
    return {value: words.word(value, LISTS[name].format(record=asked.queryset.model.record)) for value in values}
