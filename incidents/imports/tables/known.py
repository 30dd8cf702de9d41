"""Which record on the desk a row is about: by public id, key, address word or web address; else by what tells it from others."""

from collections import defaultdict

from django.utils.translation import gettext as _

from borderwatch.batches import in_batches
from borderwatch.search import fold
from incidents.models import Incident, Statement
from sources.models import Article

CHANGES_AT_ONCE = {
    "source": ("name", "kind"),
    "actor": ("name", "kind"),
    "article": ("headline", "url"),
    "incident": ("title", "started_on"),
    "statement": ("article",),
}
"""A row whose key is known but that says other than the record in all of these is about something else: the key is used twice."""


def find_known(rows, names, refuse):
    """Row (by its place in `rows`) → uid of its record on the desk, for rows that are about one."""
    known = Known(rows, names)
    found = {}
    for index, row in enumerate(rows):
        ways = known.ways(row, refuse)
        uids = set(ways.values())
        if len(uids) > 1:
            told = ", ".join(f"{way}: {names.labels.get(uid, uid)}" for way, uid in ways.items())
            refuse(row, next(iter(ways)), _("this row names two records (%(told)s)") % {"told": told})
        elif uids:
            found[index] = uids.pop()
    return found


class Known:
    def __init__(self, rows, names):
        self.names, self.kind = names, rows[0].layout.kind if rows else ""
        names.learn_keys({row.lasting_key for row in rows})
        self.natural = NATURAL[self.kind](rows, names) if rows else {}

    def ways(self, row, refuse):
        """How the row names a record of the desk: column → uid."""
        found = {}
        public_id = row.cells.get("id")
        if public_id and public_id not in self.names.ids:
            refuse(row, "id", _("there is no %(kind)s “%(id)s”") % {"kind": _(self.kind), "id": public_id})
        for column, known, value in (
            ("id", self.names.ids, public_id),
            ("key", self.names.keys, row.lasting_key),
            ("slug", self.names.slugs, row.cells.get("slug")),
            ("url", self.names.urls if self.kind == "article" else {}, row.cells.get("url")),
        ):
            if value and value in known:
                found[column] = known[value]
        if not found and (same := self.natural.get(natural_of(row))):
            if len(same) > 1:
                refuse(row, row.layout.natural[-1], _("several records on the desk are the same in this: give the id or the address word"))
            found[row.layout.natural[-1]] = min(same)
        return found


def natural_of(row):
    """What tells a record without key from others of its kind; None where it has nothing of the sort."""
    told = row.told
    if row.layout.kind in ("source", "actor"):
        return fold(told.get("name") or "") or None
    if row.layout.kind == "article":
        return (told.get("source"), told.get("headline")) if not row.cells.get("url") else None
    if row.layout.kind == "incident":
        return told.get("title"), told.get("started_on")
    words = told.get("quote") or told.get("text")
    return (told.get("article"), words) if words else None


def by_title(rows, names):
    return names.titled


def by_headline(rows, names):
    found = defaultdict(set)
    for batch in in_batches({row.told.get("headline") for row in rows}, 1000):
        for source, headline, uid in Article.objects.filter(headline__in=batch).values_list("source__uid", "headline", "uid"):
            found[str(source), headline].add(names.standing(str(uid)))
    return found


def by_title_and_day(rows, names):
    found = defaultdict(set)
    for batch in in_batches({row.told.get("title") for row in rows}, 1000):
        for title, day, uid in Incident.objects.filter(title__in=batch).values_list("title", "started_on", "uid"):
            found[title, day.isoformat()].add(names.standing(str(uid)))
    return found


def by_words(rows, names):
    found = defaultdict(set)
    for batch in in_batches({row.told.get("article") for row in rows if row.told.get("article")}, 1000):
        rows_there = Statement.objects.filter(article__uid__in=batch).values_list("article__uid", "quote", "text", "uid")
        for article, quote, text, uid in rows_there:
            found[str(article), quote or text].add(names.standing(str(uid)))
    return found


NATURAL = {"source": by_title, "actor": by_title, "article": by_headline, "incident": by_title_and_day, "statement": by_words}
