"""Where an event was, in the gazetteer: only where its names leave no doubt. The same name stands on both banks of the Panj."""

from collections import defaultdict

from borderwatch.search import tokens
from incidents.models import Place

UNIT_WORDS = frozenset(
    "province provinces district districts region governorate autonomous oblast viloyat velayat wilayat county nohiya rayon".split()
)
LEVELS = (Place.Kind.COUNTRY, Place.Kind.PROVINCE, Place.Kind.DISTRICT)


class Places:
    """Countries, provinces and districts by their folded names, within what they lie in."""

    def __init__(self):
        self.by_name = defaultdict(set)
        self.by_pk = {}
        for place in Place.objects.filter(kind__in=LEVELS):
            self.by_pk[place.pk] = place
            above = place.parent_id if place.kind != Place.Kind.COUNTRY else None
            for name in names_of(place):
                self.by_name[place.kind, above, bare(name)].add(place.pk)

    def find(self, names):
        """The innermost place that `names` (kind → name) lead to from the country inwards, or None. Two of one name are no match."""
        found = None
        for kind in LEVELS:
            known = self.by_name.get((kind, found and found.pk, bare(names.get(kind, ""))), ())
            if len(known) != 1:
                break
            found = self.by_pk[next(iter(known))]
        return found


def names_of(place):
    """Every spelling that the gazetteer holds."""
    for value in (place.name, *place.names.values()):
        yield from value if isinstance(value, list) else [value]


def bare(name):
    """The name without the word for its unit: “Kunduz province” is Kunduz."""
    return " ".join(word for word in tokens(name) if word not in UNIT_WORDS)
