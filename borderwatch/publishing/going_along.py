"""What goes along with records when they are published, read for many of them in few queries."""

from collections import defaultdict
from functools import cache

from borderwatch.batches import in_batches
from borderwatch.published import public_kinds

ASKED = 1000
"""Keys in one question."""


class Reading:
    """Desk rows read together, each once however many name it, with what contents and companions of records read (`read_along`).

    Lists of rows stand in them as tuples: another selection than all of them is asked of a record that was read by itself.
    """

    def __init__(self):
        self.known, self.whole = defaultdict(dict), set()

    def copies(self, records):
        """The records as they stand in the database, each once: what is published is what was saved."""
        keys = dict.fromkeys((type(record), record.pk) for record in records)
        for model, pks in by_model(keys).items():
            self.read(model, pks)
        return self.along([self.known[model][pk] for model, pk in keys])

    def never_public_companions(self, records):
        """What goes along, in turn: everything `records` name that was never public."""
        found, known = [], set(records)
        frontier = records
        while frontier:
            companions = [companion for record in frontier for companion in record.companions() if not companion.was_ever_public]
            frontier = self.along([companion for companion in dict.fromkeys(companions) if companion not in known])
            found += frontier
            known |= set(frontier)
        return found

    def along(self, records):
        """`records`, with what their contents and companions read."""
        new = [(type(record), record) for record in records if record not in self.whole]
        joins = [join for model, found in by_model(new).items() for join in self.joins(model, found, ways(model))]
        wanted = defaultdict(set)
        for join in joins:
            wanted[join.model] |= join.keys
        for model, keys in wanted.items():
            self.read(model, sorted(keys))
        for join in joins:
            join.put(self.known[join.model])
        self.whole.update(records)
        return records

    def joins(self, model, rows, names):
        """The Joins of `rows` with what they name in the relations `names`, and of the rows inside them with what these name."""
        for name, further in names.items():
            relation = model._meta.get_field(name)
            if relation.many_to_one:
                yield One(relation, rows)
            elif relation.many_to_many:
                yield Many(relation, rows)
            else:
                yield from self.joins(relation.related_model, rows_inside(relation, rows), dict.fromkeys(further, ()))

    def read(self, model, keys):
        known = self.known[model]
        for batch in in_batches((key for key in keys if key not in known), ASKED):
            known.update(model._default_manager.order_by().in_bulk(batch))


def by_model(pairs):
    """Model → values, of pairs of both."""
    found = defaultdict(list)
    for model, value in pairs:
        found[model].append(value)
    return found


@cache
def ways(model):
    """Relation of `model` that is read along → the relations of its rows that are."""
    found = defaultdict(list)
    for path in model.read_along:
        name, *further = path.split("__")
        found[name] += further
    return dict(found)


def rows_inside(relation, records):
    """The rows of a relation to parts, which their records hold from now on."""
    field, held = relation.field, {record.pk: [] for record in records}
    for batch in in_batches(held, ASKED):
        for row in relation.related_model._default_manager.filter(**{f"{field.name}__in": batch}):
            held[getattr(row, field.attname)].append(row)
    for record in records:
        hold(record, relation.get_accessor_name(), held[record.pk])
    return [row for rows in held.values() for row in rows]


def hold(record, name, rows):
    """Let `record` answer with `rows` whoever asks for all of a relation."""
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = tuple(rows)


class One:
    """The row that each of `rows` names in a foreign key."""

    def __init__(self, field, rows):
        self.field, self.rows, self.model = field, rows, field.related_model
        self.keys = {getattr(row, field.attname) for row in rows} - {None}

    def put(self, known):
        for row in self.rows:
            self.field.set_cached_value(row, known.get(getattr(row, self.field.attname)))


class Many:
    """The rows that each of `rows` lists, as first entered."""

    def __init__(self, relation, rows):
        self.name, self.rows, self.model = relation.name, rows, relation.related_model
        field = relation if relation.concrete else relation.field
        owner, member = field.m2m_field_name(), field.m2m_reverse_field_name()
        if field is not relation:
            owner, member = member, owner
        self.listed = defaultdict(list)
        through = field.remote_field.through._base_manager
        for batch in in_batches([row.pk for row in rows], ASKED):
            pairs = through.filter(**{f"{owner}__in": batch}).order_by(f"{member}_id").values_list(f"{owner}_id", f"{member}_id")
            for key, other in pairs:
                self.listed[key].append(other)
        self.keys = {key for keys in self.listed.values() for key in keys}

    def put(self, known):
        for row in self.rows:
            hold(row, self.name, [known[key] for key in self.listed[row.pk]])


def published_rows(records):
    """(record kind, uid) → the last public row of each of `records` that ever had one."""
    uids = by_model((record.record_kind, record.uid) for record in records if record.was_ever_public)
    found = {}
    for kind, wanted in uids.items():
        for batch in in_batches(wanted, ASKED):
            rows = public_kinds()[kind].objects.latest().with_text().filter(uid__in=batch)
            found.update({(kind, row.uid): row for row in rows})
    return found
