"""Whom or what a cell names: a record of the same file by its key, else any by key, public id, address word, web address or name."""

import difflib
from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.published import public_kinds
from borderwatch.search import fold
from incidents.imports.places import names_of
from incidents.imports.tables.columns import Refused, short
from incidents.imports.tables.layouts import BY_KIND
from incidents.models import ImportedRecord, Place
from sources.addresses import normalised

TITLES = {"source": "name", "actor": "name", "article": "headline", "incident": "title"}
MOST_GUESSES = 20
"""For how many unknown names similar ones are looked up."""


class Names:
    """The records of one kind that cells may name. `asked`: the texts of those cells; of sources and actors all are read."""

    def __init__(self, kind, asked=()):
        self.kind = kind
        self.own_keys, self.keys, self.ids, self.slugs, self.urls = {}, {}, {}, {}, {}
        self.named, self.titled = defaultdict(dict), defaultdict(dict)
        self.labels, self.guesses = {}, 0
        self.successors = successors_of(kind)
        self.learn({address_or_text(text) for text in asked})

    def learn(self, texts):
        """Read from the desk what these texts may name."""
        model, fields = BY_KIND[self.kind].model, {field.name for field in BY_KIND[self.kind].model._meta.fields}
        columns = [name for name in ("slug", "url", TITLES.get(self.kind), "aliases") if name in fields]
        for rows in self.asked_rows(model, columns, texts):
            for uid, public_id, *values in rows.values_list("uid", "public_id", *columns):
                self.know(str(uid), public_id, dict(zip(columns, values, strict=True)))
        self.learn_keys(texts)

    def asked_rows(self, model, columns, texts):
        if self.kind in ("source", "actor"):
            yield model.objects.all()
            return
        for batch in in_batches(texts, 1000):
            for name in ("public_id", *(name for name in columns if name != "aliases")):
                yield model.objects.filter(Q(**{f"{name}__in": batch}))

    def learn_keys(self, texts):
        """Keys of earlier imports whose records are still there."""
        for batch in in_batches(texts, 1000):
            found = ImportedRecord.objects.filter(kind=self.kind, key__in=batch, batch__undone_at=None).order_by("pk")
            known = dict(found.values_list("key", "uid"))
            here = set(BY_KIND[self.kind].model.objects.filter(uid__in=known.values()).values_list("uid", flat=True))
            self.keys.update({key: self.standing(str(uid)) for key, uid in known.items() if uid in here})

    def know(self, uid, public_id, values):
        """Remember a record of the desk or of the file."""
        standing = self.standing(uid)
        for known, value in ((self.ids, public_id), (self.slugs, values.get("slug")), (self.urls, values.get("url"))):
            if value:
                known[value] = standing
        if standing != uid:
            return  # merged into another: found by id and address word only
        title = values.get(TITLES.get(self.kind)) or ""
        self.labels[uid] = f"{short(title)} ({public_id or values.get('slug') or _('new in this file')})"
        self.titled[fold(title)][uid] = None
        for name in (title, *(values.get("aliases") or ())):
            self.named[fold(name)][uid] = None

    def standing(self, uid):
        """The record that `uid` was merged into, or itself."""
        seen = set()
        while uid in self.successors and uid not in seen:
            seen.add(uid)
            uid = self.successors[uid]
        return uid

    def find(self, text):
        """The uid of the record that `text` names. Raises Refused with the candidates where it is none or several."""
        address = address_or_text(text)
        for known in (self.own_keys, self.keys, self.ids, self.slugs, self.urls):
            for written in (text, address):
                if written in known:
                    return known[written]
        found = list(self.named.get(fold(text), ()))
        if len(found) == 1:
            return found[0]
        raise Refused(self.several(text, found) if found else self.unknown(text))

    def several(self, text, found):
        words = {"text": short(text), "candidates": "; ".join(self.labels[uid] for uid in found[:5])}
        return _("“%(text)s” may be any of: %(candidates)s. Give the id or the address word.") % words

    def unknown(self, text):
        words = _("there is no %(kind)s “%(text)s”, neither on the desk nor in this file") % {"kind": _(self.kind), "text": short(text)}
        near = self.similar(text)
        return words + (_("; similar: %(near)s") % {"near": "; ".join(near)} if near else "")

    def similar(self, text):
        self.guesses += 1
        if self.guesses > MOST_GUESSES:
            return []
        names = difflib.get_close_matches(fold(text)[:100], [*self.named, *self.own_keys], n=3, cutoff=0.7)
        return list(dict.fromkeys(self.labels[uid] for name in names for uid in self.named.get(name, ()))) or names


def address_or_text(text):
    """A web address as it is kept, other text as it is."""
    if not text.startswith(("http://", "https://")):
        return text
    try:
        return normalised(text)
    except ValueError:
        return text


def successors_of(kind):
    """uid → uid of what it was merged into."""
    merged = public_kinds()[kind].objects.filter(merged_into__isnull=False).values_list("uid", "merged_into")
    return {str(uid): str(into) for uid, into in merged}


class PlaceNames:
    """Places by address word, code or name; the same name stands on both banks, so a name alone is often not enough."""

    def __init__(self):
        self.places = {place.pk: place for place in Place.objects.all()}
        for place in self.places.values():
            place.parent = self.places.get(place.parent_id)
        self.by_slug = {place.slug: place for place in self.places.values()}
        self.by_name = defaultdict(dict)
        for place in self.places.values():
            for name in (place.label, place.code, *names_of(place)):
                if name:
                    self.by_name[fold(name)][place.slug] = None

    def find(self, text):
        """The slug of the place that `text` names. Raises Refused with the candidates."""
        if text in self.by_slug:
            return text
        found = list(self.by_name.get(fold(text), ()))
        if len(found) == 1:
            return found[0]
        if not found:
            raise Refused(_("“%(text)s” is not in the gazetteer") % {"text": short(text)})
        candidates = "; ".join(f"{self.by_slug[slug].label}: {slug}" for slug in found[:5])
        raise Refused(_("“%(text)s” may be any of: %(candidates)s") % {"text": short(text), "candidates": candidates})
