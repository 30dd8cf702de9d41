"""Places as documents show them: reference data, public at once, read here by slug. The one desk table that public code reads."""

from incidents.models.place import Place

__all__ = ["Gazetteer", "Place", "gazetteer", "names_in", "place_document"]


class Gazetteer:
    """Places by slug, each read once with what it lies in; a reading that shows many places reads all of them at once."""

    FEW = 10

    def __init__(self):
        self.known = {}
        self.holds_all = False

    def get(self, slug):
        """The Place, or None."""
        if slug and slug not in self.known and not self.holds_all:
            self.read(slug)
        return self.known.get(slug)

    def get_ready(self, records):
        """Read at once what the contents of these public records name."""
        unread = set().union(*(slugs_in(public.content) for public in records)) - {None} - self.known.keys()
        if unread and not self.holds_all:
            self.known |= {place.slug: place for place in Place.objects.select_related("parent__parent__parent").filter(slug__in=unread)}

    def read(self, slug):
        places = Place.objects.select_related("parent__parent__parent")
        self.holds_all = len(self.known) >= self.FEW
        if self.holds_all:
            self.known = {place.slug: place for place in places}
        else:
            self.known[slug] = places.filter(slug=slug).first()

    def chain(self, slug):
        """The place and all that it lies in, nearest first."""
        place = self.get(slug)
        return [place, *place.ancestors()] if place else []

    def reference(self, slug):
        """{"id", "name", "country", "within"} or None; `within` are the slugs of what it lies in."""
        place, *above = self.chain(slug) or [None]
        return place and {"id": place.slug, "name": place.name, "country": place.country, "within": [other.slug for other in above]}

    def of_kind(self, slug, kind):
        """The place itself or what it lies in of that kind, or None."""
        return next((place for place in self.chain(slug) if place.kind == kind), None)


def slugs_in(content):
    """The places that the content of an incident or of a statement names, and None."""
    named = {content.get(name) for name in ("place", "launched_from", "about_place", "covers_place")}
    return named | {answer["place"] for answer in content.get("assertions", ())}


def gazetteer(state):
    """The gazetteer of one reading of the public record."""
    if "gazetteer" not in state.memo:
        state.memo["gazetteer"] = Gazetteer()
    return state.memo["gazetteer"]


def names_in(language, ids):
    """What the language calls these places, by slug."""
    return {slug: names.get(language) for slug, names in Place.objects.filter(slug__in=ids).values_list("slug", "names")}


def place_document(place):
    """The public document of a place."""
    chain = [place, *place.ancestors()]
    province = next((above for above in chain if above.kind == Place.Kind.PROVINCE), None)
    plain = "name slug kind country code latitude longitude names external_ids"
    return {
        "id": place.slug,
        "url": f"/places/{place.slug}/",
        **{name: getattr(place, name) for name in plain.split()},
        "label": place.label,
        "parent": {"id": place.parent.slug, "name": place.parent.name} if place.parent else None,
        "province": province.slug if province else None,
    }
