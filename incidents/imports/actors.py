"""Sides of events as actors: known by their id in the data set, else by a name that one actor alone bears; else new."""

from collections import defaultdict

from django.utils.text import slugify

from borderwatch.search import fold
from incidents.models import Actor


class Actors:
    """Actors on the desk, and those that an import has to add (`new`, unsaved)."""

    def __init__(self, id_name):
        self.id_name = id_name
        self.by_id, self.by_name, self.slugs, self.new = {}, defaultdict(list), set(), []
        for actor in Actor.objects.all():
            self.remember(actor)

    def remember(self, actor):
        self.slugs.add(actor.slug)
        if known := actor.external_ids.get(self.id_name):
            self.by_id[str(known)] = actor
        for name in dict.fromkeys(map(fold, (actor.name, *actor.aliases))):
            self.by_name[name].append(actor)

    def find(self, side):
        """The actor of a side, made where there is none; None for a side in words."""
        if not side.is_actor:
            return None
        if side.external_id in self.by_id:
            return self.by_id[side.external_id]
        return self.named_so(side) or self.made(side)

    def named_so(self, side):
        """The one actor of that name, unless the data set knows that one by another id."""
        named = self.by_name.get(fold(side.name), ())
        is_same = len(named) == 1 and not (side.external_id and self.id_name in named[0].external_ids)
        return named[0] if is_same else None

    def made(self, side):
        actor = Actor(name=side.name, slug=self.free_slug(side), kind=side.kind)
        if side.external_id:
            actor.external_ids = {self.id_name: side.external_id}
        self.new.append(actor)
        self.remember(actor)
        return actor

    def free_slug(self, side):
        """A word for its address that no actor has."""
        word = slugify(side.name)[:80] or self.id_name
        candidates = [word, f"{word}-{self.id_name}-{side.external_id or 'side'}"[:96]]
        return next((slug for slug in candidates if slug not in self.slugs), f"{candidates[1][:90]}-{len(self.slugs)}")
