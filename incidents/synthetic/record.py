"""A made-up record of any size, for trials of speed: as a newsroom's would look, written by the code that publishes, or copied from that.

Nothing of it stands on the desk. Days are skewed to the recent, places cover every province, a few actors and words are very
frequent and most are rare (Zipf); an incident has about three statements, two actors and two articles; a fifth has later editions.
"""

import datetime
import random
import uuid
from collections import defaultdict
from contextlib import ExitStack

from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property

from borderwatch import search
from borderwatch.batches import in_batches
from borderwatch.benchmark.loading import without_indexes
from borderwatch.models import Change, Edition, Reference, Release
from borderwatch.projection import lock
from borderwatch.published import public_kinds
from borderwatch.publishing.planning import IdGiver, Planned, own, with_dependants
from borderwatch.publishing.verbs import write
from borderwatch.records import as_published
from borderwatch.state import PublicState
from incidents.models import Place
from incidents.synthetic import contents as contents
from incidents.synthetic.copies import publish_copies
from incidents.synthetic.families import families
from incidents.tallying.adding import recount
from incidents.tallying.counted import Added, CountedIncident, CountedPeople
from incidents.tallying.past import PastIncident, PastPeople

MADE_BY = "made up by make_synthetic"
"""The note of every release of a made-up record."""
RELEASE = 500
"""Incidents in one release."""
COMPOSED = 1500
"""Incidents, the earliest, that the code which publishes composes; the others are copies of these."""
SOURCES, ACTORS = 40, 400
MANY = 10_000
"""From so many incidents on, indexes are made after the rows."""
YEARS = 12
FADES_IN = 700
"""Days: an incident of today is e times as likely as one of so many days ago."""
REVISED = 0.2
"""The share of incidents with later editions."""


def holds_more():
    """Whether the record holds releases that were not made up."""
    return Release.objects.exclude(note=MADE_BY).exists()


def make(count, seed=1, progress=lambda done, total: None):
    """Add `count` made-up incidents to the public record, in releases of a few hundred. Returns the number of releases."""
    making = Making(random.Random(f"{seed}-{Release.objects.count()}"))  # noqa: S311 nothing secret
    before, done = Release.objects.count(), 0
    with ExitStack() as quickly:
        for days in in_batches(making.days(count), RELEASE):
            if done < COMPOSED:
                making.publish_incidents(days)
            else:
                making.copy_incidents(days, quickly if count >= MANY else None)
            done += len(days)
            progress(done, count)
    if count > COMPOSED:
        recount()
    return Release.objects.count() - before


def tables():
    """The tables that copies are written to."""
    models = [Edition, Reference, *public_kinds().values(), *filter(None, (model.facet_model for model in public_kinds().values()))]
    return [*(model._meta.db_table for model in [*models, CountedIncident, Added, CountedPeople, PastIncident, PastPeople]), search.TABLE]


class Making:
    """One run: who speaks, where things happen, and the releases one after another."""

    def __init__(self, chance):
        self.chance = chance
        self.pick = contents.Picking(chance)
        self.recent, self.composed, self.is_quick = [], [], False
        self.places = [(place.slug, place.kind) for place in Place.objects.filter(country__in=("TJ", "AF")).order_by("pk")]
        self.sources, self.actors = self.known("source"), self.known("actor")
        if not self.sources:
            self.publish_who_speaks()

    def days(self, count):
        """The days of the incidents, earliest first, most of them recent and none before what is public already."""
        today = timezone.now().date()
        ago = sorted((1 + int(self.chance.expovariate(1 / FADES_IN)) % (YEARS * 365) for _one in range(count)), reverse=True)
        return (today - datetime.timedelta(days=days) for days in ago)

    def known(self, record):
        """uids of what an earlier run made, most frequent first."""
        rows = public_kinds()[record].objects.current().order_by("pk")
        return [str(uid) for uid in rows.values_list("uid", flat=True)]

    def uid(self):
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    # Releases

    def publish_who_speaks(self):
        """The sources and actors, in a release of their own before everything else."""
        self.sources, self.actors = ([self.uid() for _one in range(count)] for count in (SOURCES, ACTORS))
        made = [("source", uid, contents.source(self.pick, place)) for place, uid in enumerate(self.sources, start=1)]
        for place, uid in enumerate(self.actors, start=1):
            parent = self.actors[place // 8] if place > 8 and place % 3 == 0 else None
            outlets = [self.sources[place]] if place < 8 else []
            made.append(("actor", uid, contents.actor(self.pick, place, parent, outlets)))
        self.publish(made, timezone.now() - datetime.timedelta(days=(YEARS + 1) * 365))

    def copy_incidents(self, days, quickly=None):
        """Copies of the incidents that this run composed, with their later editions; `quickly`: an ExitStack, no indexes until it ends."""
        families = self.families
        if quickly and not self.is_quick:
            self.is_quick = True
            quickly.enter_context(without_indexes(tables()))
        publish_copies(families, days, self.chance, MADE_BY)

    @cached_property
    def families(self):
        return families(self.composed)

    def publish_incidents(self, days):
        """New incidents of some days with all that is said about them, and what changed of the release before."""
        made = defaultdict(list)
        now = []
        for day in days:
            now.append(self.add_incident(made, day))
        for uid, day in self.recent:
            if self.chance.random() < REVISED / 2:
                self.add_statement(made, uid, day, self.add_article(made, day))
        made = [one for record in ("article", "statement", "incident") for one in made[record]]
        evening = datetime.datetime.combine(days[-1], datetime.time(20), datetime.UTC)
        self.publish(made, min(evening, timezone.now()), self.revised())
        self.recent = now

    @transaction.atomic
    def publish(self, made, at, revised=()):
        """One release of new records, (kind, uid, content) in the order of the ledger, and of revised ones."""
        lock()
        ids = IdGiver()
        planned = [self.new(record, uid, content, ids) for record, uid, content in made]
        release = write(with_dependants([*planned, *revised]), by=None, note=MADE_BY, at=at, ids=ids)
        self.composed.append(release.sequence)

    def new(self, record, uid, content, ids):
        for figure in content.get("figures", ()):
            figure["id"] = ids.give("FG-")
        return Planned(record, uid, ids.give(public_kinds()[record].prefix_for(content)), 1, Change.NEW, as_published(content))

    def revised(self):
        """Corrections and updates of incidents of the release before."""
        uids = [uid for uid, _day in self.recent if self.chance.random() < REVISED / 2]
        return [self.revision(before) for before in PublicState.current().load("incident", uids)]

    def revision(self, before):
        content = own(before.content) | {"summary": self.pick.words(80)}
        kind = self.chance.choice([Change.UPDATE, Change.CORRECTION])
        return Planned("incident", before.uid, before.public_id, before.number + 1, kind, content, before)

    # Records, each with what it needs before it

    def add_incident(self, made, day):
        uid = self.uid()
        articles = [self.add_article(made, day) for _one in range(self.chance.choice((1, 2, 2, 3)))]
        said = [self.add_statement(made, uid, day, self.chance.choice(articles)) for _one in range(self.chance.choice((2, 3, 3, 4)))]
        who = self.pick.several(self.actors, 2)
        place = self.chance.choice(self.places)
        made["incident"].append(("incident", uid, contents.incident(self.pick, day, place, who, said[0])))
        return uid, day

    def add_article(self, made, day):
        uid = self.uid()
        source, *cited = self.pick.several(self.sources, self.chance.choice((1, 1, 2)))
        made["article"].append(("article", uid, contents.article(self.pick, day, uid, source, cited)))
        return uid

    def add_statement(self, made, incident, day, article):
        uid = self.uid()
        speaker = self.pick.one(self.actors) if self.chance.random() < 0.8 else None
        made["statement"].append(("statement", uid, contents.statement(self.pick, day, article, speaker, incident)))
        return uid
