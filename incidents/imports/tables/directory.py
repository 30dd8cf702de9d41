"""The records that a file is about and those that it names, in memory: read in batches, each once."""

from borderwatch.batches import in_batches
from incidents.imports.tables.layouts import BY_KIND
from incidents.models import Place

PARTS = {
    "source": (),
    "actor": ("outlets",),
    "article": ("cites",),
    "incident": ("participations__actor",),
    "statement": ("statement_incidents__incident", "figures__incident", "labels__actor"),
}
"""What is read along of a record that a row is about."""


class Directory:
    """`records`: (kind, uid) → desk record, saved or not yet."""

    def __init__(self):
        self.records = {}
        self.places = {place.slug: place for place in Place.objects.all()}

    def read(self, kind, uids, is_whole=False):
        """Read the records with these uids; with `is_whole` also what a row may change of them."""
        wanted = {uid for uid in uids if is_whole or (kind, uid) not in self.records}
        rows = BY_KIND[kind].model.objects.all()
        if is_whole:
            named = [field.name for field in rows.model._meta.fields if field.many_to_one and field.name != "assigned_to"]
            rows = rows.select_related(*named).prefetch_related(*PARTS[kind]) if named else rows
        for batch in in_batches(wanted, 1000):
            found = list(rows.filter(uid__in=batch))
            self.records.update({(kind, str(record.uid)): record for record in found})
            for statement in found if kind == "statement" and is_whole else ():
                for link in statement.statement_incidents.all():
                    self.records.setdefault(("incident", str(link.incident.uid)), link.incident)

    def add(self, record):
        self.records[record.record_kind, str(record.uid)] = record

    def record(self, kind, uid):
        return self.records[kind, uid]

    def place(self, slug):
        return self.places[slug]
