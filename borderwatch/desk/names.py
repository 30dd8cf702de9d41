"""Finding records by any name they have, in any script: as it is written first, then as it sounds."""

from django.db.models import Case, IntegerField, Value, When

from borderwatch.search import tokens
from borderwatch.texts.transliteration import begins_like, likeness

ALIKE = 0.5
"""How much of a longer name must sound like the shorter one before the two are shown as similar."""
SHOWN = 5


def called(queryset, named_by, wanted):
    """The records that a field of `named_by` calls `wanted`, or the beginning of it: written so first, then what sounds so."""
    names = names_of(queryset, named_by)
    written = [pk for pk, some in names.items() if is_called(tokens(wanted), some)]
    known = set(written)
    sounding = [pk for pk, some in names.items() if pk not in known and any(begins_like(wanted, name) for name in some)]
    found = queryset.filter(pk__in=[*written, *sounding])
    rank = Case(When(pk__in=written, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.alias(found_by=rank).order_by("found_by", *(found.query.order_by or found.model._meta.ordering))


def called_like(queryset, named_by, name):
    """At most SHOWN (record, likeness) whose name is spelt or sounds like `name`; what is most alike first."""
    best = {pk: max((likeness(name, one) for one in some), default=0) for pk, some in names_of(queryset, named_by).items()}
    keys = sorted((pk for pk, share in best.items() if share >= ALIKE), key=lambda pk: (-best[pk], pk))[:SHOWN]
    records = queryset.in_bulk(keys)
    return [(records[pk], best[pk]) for pk in keys]


def names_of(queryset, named_by):
    """Primary key → every name of a record."""
    rows = queryset.order_by().values_list("pk", *named_by)
    return {pk: list(flat(names)) for pk, *names in rows}


def is_called(wanted, names):
    """Whether every wanted word begins a word of the names."""
    words = tokens(" ".join(flat(names)))
    return all(any(word.startswith(beginning) for word in words) for beginning in wanted)


def flat(names):
    """Texts, lists, dicts of either, as texts."""
    for name in names.values() if isinstance(names, dict) else names:
        if isinstance(name, (list, dict)):
            yield from flat(name)
        elif name:
            yield str(name)
