"""Planning a release: which editions it would write, and the public record as it would stand after it. Nothing is written here.

One release writes at most one edition per record: the record itself; what goes along because it was never public;
public records that the editor ticked; and every other public incident whose numbers or statements change by it.
"""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from borderwatch.ledger import canonical
from borderwatch.models import Change, Counter, Edition
from borderwatch.published import public_kinds
from borderwatch.publishing.going_along import Reading, published_rows
from borderwatch.records import Record, as_published
from borderwatch.state import PublicRecord, PublicState


@dataclass
class Planned:
    """One edition that a release would write."""

    record: str
    uid: str
    public_id: str
    number: int
    kind: str
    content: dict
    before: PublicRecord | None = None
    desk: Record | None = None
    part_ids: dict = field(default_factory=dict)
    merged_into: str | None = None

    @property
    def is_tombstone(self):
        return self.kind in Edition.TOMBSTONES or self.merged_into is not None

    def as_public(self):
        """How it will stand in the public record; None for one that readers will not see any more."""
        if self.is_tombstone:
            return None
        first = self.before.first_published_at if self.before else None
        return PublicRecord(
            self.record, self.uid, self.public_id, self.content, number=self.number, kind=self.kind, first_published_at=first
        )


@dataclass
class Plan:
    """What a release would write, in ledger order, and the public record as it would stand after it."""

    editions: list
    state: PublicState

    @property
    def is_empty(self):
        return not self.editions

    @property
    def fingerprint(self):
        """Equal for two plans that would show readers the same; a page that announced one refuses to do another."""
        shown = [(plan.record, plan.public_id, plan.number, plan.kind, plan.content) for plan in self.editions]
        return hashlib.sha256(canonical(shown).encode()).hexdigest()


class IdGiver:
    """Hands out public ids in order; `save` keeps what was handed out. Make it under the lock unless you only plan."""

    def __init__(self):
        self.last = {}

    @cached_property
    def before(self):
        """Prefix → the last number given before; there are few prefixes."""
        return dict(Counter.objects.values_list("prefix", "last"))

    def give(self, prefix):
        self.last[prefix] = self.last.get(prefix, self.before.get(prefix, 0)) + 1
        return f"{prefix}{self.last[prefix]:04d}" if prefix.startswith("BW-") else f"{prefix}{self.last[prefix]}"

    def give_to(self, record, prefix):
        """The public id of a record that never had one."""
        return self.give(prefix)

    def save(self):
        counters = [Counter(prefix=prefix, last=last) for prefix, last in self.last.items()]
        Counter.objects.bulk_create(counters, update_conflicts=True, unique_fields=["prefix"], update_fields=["last"])


def plan_publication(record, kind=None, carry=None, ids=None):
    """The Plan of publishing `record` as it stands on the desk, with the desk edits of the public records in `carry`."""
    return plan_publications([record], kind, carry, ids)


def plan_publications(records, kind=None, carry=None, ids=None, reading=None):
    """The Plan of publishing `records` in one release, with the desk edits of the public records in `carry`.

    `reading`: the Reading that read them already, in the same transaction.
    """
    ids, reading = ids or IdGiver(), reading or Reading()
    named = set(records)
    carried = [other for other in carry or [] if other not in named and other.edition]
    wanted = reading.copies([*records, *carried])
    desk = [*wanted, *reading.never_public_companions(wanted)]
    order = list(public_kinds())
    desk = sorted(dict.fromkeys(desk), key=lambda one: (order.index(one.record_kind), one.pk))
    part_ids = {one: one.new_part_ids(ids.give) for one in desk}
    numbered = {pk: public_id for given in part_ids.values() for pk, public_id in given.items()}
    rows = published_rows(desk)
    planned, state = [], PublicState.current()
    for one in desk:
        one.planned_part_ids = numbered
        if plan := plan_edition(one, rows.get((one.record_kind, one.uid)), kind, ids, state):
            plan.part_ids = part_ids[one]
            planned.append(plan)
    return with_dependants(planned)


def edited_companions(record):
    """Public records that `record` reaches and whose desk copy was edited since: they go along only where the editor ticks them."""
    reading, found, known = Reading(), [], {record}
    frontier = reading.copies([record])
    while frontier:
        companions = [other for one in frontier for other in (*one.companions(), *one.public_companions())]
        frontier = reading.along([companion for companion in dict.fromkeys(companions) if companion not in known])
        known |= set(frontier)
        found += frontier
    return edited(found)


def edited(records):
    """Of `records`, those that are public and that readers see otherwise than they stand on the desk."""
    rows, state = published_rows(records), PublicState.current()
    return [one for one in records if is_edited(one, rows.get((one.record_kind, one.uid)), state)]


def is_edited(record, row, state):
    """Whether readers see the record, as `row` shows it, otherwise than it stands on the desk."""
    if row is None or row.is_tombstone or row.is_sealed:
        return False
    return state.as_read(own(row.content)) != as_published(record.content())


def plan_edition(record, row, kind, ids, state):
    """The edition that `record` would get after `row`, its last public one or None; None where readers would see no difference."""
    model = public_kinds()[record.record_kind]
    before = PublicRecord.from_row(row) if row else None
    content = as_published(record.content())
    is_public = row is not None and not row.is_tombstone and not row.is_sealed
    if is_public and state.as_read(own(before.content)) == content:
        return None
    if row is None:
        kind = Change.NEW
    elif not is_public:
        kind = Change.RESTORED
    public_id = row.public_id if row else ids.give_to(record, model.prefix_for(content))
    number = row.number + 1 if row else 1
    return Planned(record.record_kind, str(record.uid), public_id, number, kind or Change.UPDATE, content, before, record)


def plan_withdrawal(record):
    """The Plan of withdrawing `record`. Raises ValidationError where it is not public or where others need it."""
    model = public_kinds()[record.record_kind]
    row = model.objects.current().with_text().filter(uid=record.uid).first()
    if row is None:
        raise ValidationError(_("“%(record)s” is not public: there is nothing to withdraw.") % {"record": record})
    before = PublicRecord.from_row(row)
    needed_by = model.needed_by(before, PublicState.current())
    if needed_by:
        raise ValidationError(
            _("“%(record)s” cannot be withdrawn while these need it: %(others)s.")
            % {"record": record, "others": ", ".join(sorted(set(needed_by)))}
        )
    return with_dependants([Planned(row.record, str(row.uid), row.public_id, row.number + 1, Change.WITHDRAWAL, {}, before)])


def own(content):
    """Content without the computed result."""
    return {name: value for name, value in content.items() if name != "result"}


def with_dependants(planned):
    """The Plan: `planned`, incidents with their results, and every other incident that the release changes."""
    merging = {(plan.record, plan.uid): plan.merged_into for plan in planned if plan.merged_into}
    state = PublicState.current({(plan.record, plan.uid): plan.as_public() for plan in planned}, merging)
    mine = [plan for plan in planned if plan.record == "incident" and not plan.is_tombstone]
    others = [public for public in affected_incidents(planned, state) if ("incident", public.uid) not in state.planned]
    incident = public_kinds().get("incident")
    if mine or others:
        incident.prepare([*(state.get("incident", plan.uid) for plan in mine), *others], state)
    for plan in mine:
        plan.content["result"] = as_published(incident.result(state.get("incident", plan.uid), state))
    changed = [Planned("incident", public.uid, public.public_id, public.number + 1, Change.FIGURES, {}, public) for public in others]
    for plan in changed:
        plan.content = own(plan.before.content) | {"result": as_published(incident.result(plan.before, state))}
    touched = {state.read_as("incident", uid) for uid in incidents_of(planned, "statement")}
    changed = [plan for plan in changed if plan.uid in touched or plan.content != plan.before.content]
    state.lay({(plan.record, plan.uid): plan.as_public() for plan in changed})
    return Plan([*planned, *changed], state)


def incidents_of(planned, kind):
    """uids of the incidents that planned records of `kind` name, before or after."""
    model = public_kinds().get(kind)
    contents = [
        content for plan in planned if plan.record == kind for content in (plan.content, plan.before.content if plan.before else {})
    ]
    return {uid for content in contents for field, uid in model.references(content) if field == "incidents"}


def affected_incidents(planned, state):
    """Public incidents whose result may change, in ledger order."""
    if "incident" not in public_kinds():
        return []
    changing = [plan for plan in planned if rules_change(plan)]
    state.naming([plan.uid for plan in planned if plan.before is None or plan in changing])  # of all of them in one question
    statements = statements_naming({(plan.record, plan.uid) for plan in changing} | dropped_outlets(changing), state)
    uids = incidents_of(planned, "statement") | {plan.uid for plan in planned if plan.record == "incident"}
    uids |= {uid for public in statements for field, uid in public.names if field == "incidents"}
    uids |= public_kinds()["incident"].counted_together_with(uids, state)
    return sorted(state.load("incident", uids), key=lambda public: public.sequence or 0)


def dropped_outlets(planned):
    """("source", uid) of every source that spoke for an actor until now: what it said has another origin from now on."""
    before = [plan.before.content for plan in planned if plan.record == "actor" and plan.before]
    return {("source", uid) for content in before for uid in content.get("outlets", [])}


def rules_change(plan):
    """Whether the edition can change an origin, a toll or an evidence status."""
    fields = public_kinds()[plan.record].rule_fields
    before = plan.before.content if plan.before else {}
    return plan.is_tombstone or any(plan.content.get(name) != before.get(name) for name in fields)


def statements_naming(keys, state):
    """Public statements that name one of `keys` ((record, uid)), directly or through an article, an actor's children or an outlet."""
    seen, frontier, found = set(keys), set(keys), {}
    while frontier:
        naming = state.naming([uid for _record, uid in frontier])
        found.update({known.uid: known for known in naming if known.record == "statement"})
        reached = {(known.record, known.uid) for known in naming if known.record in ("source", "actor", "article")}
        actors = state.load("actor", [uid for record, uid in frontier if record == "actor"]) if "actor" in public_kinds() else []
        reached |= {("source", outlet) for actor in actors for outlet in actor.content["outlets"]}
        frontier = reached - seen
        seen |= reached
    return list(found.values())
