"""docs/examples/mirror.py keeps a copy equal to the record through whatever editors publish, in any order."""

import io
import json
import random
import shutil
from pathlib import Path
from runpy import run_path
from urllib.error import HTTPError

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from borderwatch.ledger import write_restored_backup
from borderwatch.models import Change
from borderwatch.projection import lock, public_data_changed
from borderwatch.published import public_kinds
from incidents.models import Actor, Incident, Statement
from sources.models import Article, Source
from tests.factories import make_actor, make_article, make_figure, make_incident, make_source, make_statement, make_user

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
MIRROR = run_path(str(Path(__file__).parents[1] / "docs" / "examples" / "mirror.py"))
KINDS = (Source, Actor, Article, Statement, Incident)


def ask(address, timeout):
    """The test site's answer as urlopen gives it."""
    answer = Client().get(address.removeprefix(SITE), follow=True)
    if answer.status_code >= 400:
        raise HTTPError(address, answer.status_code, answer.reason_phrase, answer.headers, io.BytesIO(answer.content))
    return io.BytesIO(answer.content)


def follow(folder):
    MIRROR["follow"].__globals__["urlopen"] = ask
    return MIRROR["follow"](SITE, folder)


def copied(folder):
    """(kind, id) → document of the copy."""
    found = {path: json.loads(path.read_text()) for path in folder.glob("*/*.json")}
    return {(path.parent.name, path.stem): document for path, document in found.items()}


def served(site=SITE):
    """The same of the site: every current document."""
    return {
        (f"{kind}s", row.public_id): json.loads(row.document.replace('"url": "/', f'"url": "{site}/'))
        for kind, model in public_kinds().items()
        for row in model.objects.current()
    }


class Newsroom:
    """Editors who do whatever the desk allows, drawn by chance."""

    def __init__(self, seed):
        self.chance, self.user = random.Random(seed), make_user()
        self.done = dict.fromkeys(("add", "say", "rename", "correct", "move", "withdraw", "merge", "seal", "retract"), 0)

    def public(self, *models):
        return [record for model in models or KINDS for record in model.objects.order_by("pk") if record.edition]

    def one(self, *models):
        found = self.public(*models)
        return self.chance.choice(found) if found else None

    def release(self):
        """One release of a kind drawn by chance; what the desk refuses is tried another way."""
        while True:
            name = self.chance.choice(["add", "add", "say", "say", *self.done])
            try:
                if getattr(self, name)():
                    self.done[name] += 1
                    return
            except ValidationError:
                continue

    def add(self):
        incident = make_incident(f"Incident {self.chance.random()}")
        self.tell(incident)
        return incident.publish(by=self.user)

    def tell(self, *incidents):
        speaker = self.one(Actor) if self.chance.random() < 0.7 else None
        article = self.one(Article) if self.chance.random() < 0.5 else None
        parent = self.one(Actor) if self.chance.random() < 0.5 else None
        speaker = speaker or make_actor(f"Actor {self.chance.random()}", parent=parent)
        reply = self.one(Statement) if self.chance.random() < 0.3 else None
        article = article or make_article(f"Article {self.chance.random()}", source=self.one(Source) or make_source())
        said = make_statement(*incidents, speaker=speaker, article=article, in_reply_to=reply, killed=self.chance.randint(0, 9))
        if self.chance.random() < 0.3:
            said.labels.create(actor=self.one(Actor), described="they", words="bandits", language="en")
        return said

    def say(self):
        incidents = self.public(Incident)
        if not incidents:
            return None
        return self.tell(*self.chance.sample(incidents, min(len(incidents), self.chance.choice((1, 1, 2))))).publish(by=self.user)

    def rename(self):
        record = self.one(Source, Actor, Article, Incident)
        if record is None:
            return None
        name = "name" if hasattr(record, "name") else "headline" if hasattr(record, "headline") else "title"
        setattr(record, name, f"Renamed {self.chance.random()}")
        record.save()
        return record.publish(by=self.user)

    def correct(self):
        said = self.one(Statement)
        if said is None:
            return None
        figure = said.figures.first() or make_figure(said, low=1)
        figure.low = figure.best = figure.high = self.chance.randint(0, 30)
        figure.save()
        return said.publish(by=self.user, kind=Change.CORRECTION, note="Miscounted.")

    def move(self):
        """An actor under another, or an outlet that speaks for it."""
        actor, other = self.one(Actor), self.one(Actor)
        if actor is None or actor == other:
            return None
        if self.chance.random() < 0.4:
            actor.outlets.add(self.one(Source))
        else:
            actor.parent = None if actor.parent else other
            actor.full_clean()
            actor.save()
        return actor.publish(by=self.user)

    def withdraw(self):
        record = self.one()
        return record and record.withdraw(by=self.user, reason="Not as it seemed.")

    def merge(self):
        found = self.public(self.chance.choice(KINDS[:3]))
        if len(found) < 2:
            return None
        record, other = self.chance.sample(found, 2)
        return record.merge_into(other, by=self.user, note="One and the same.")

    def seal(self):
        record = self.one() if self.chance.random() < 0.3 else None
        return record and record.seal(by=self.user, reason="It endangers a person.")

    def retract(self):
        article = self.one(Article)
        if article is None:
            return None
        article.retracted_on = None if article.retracted_on else "2025-12-31"
        article.save()
        return article.publish(by=self.user)


def test_a_mirror_stays_equal_through_random_releases(tmp_path, is_long):
    newsroom, count = Newsroom(seed=5), 200 if is_long else 25
    for release in range(count):
        newsroom.release()
        if newsroom.chance.random() < 0.6 or release == count - 1:
            follow(tmp_path)
            assert copied(tmp_path) == served(), f"after release {release + 1}"
    assert all(newsroom.done.values()) or not is_long, newsroom.done


def test_a_renamed_actor_reaches_the_copies_of_what_names_it(tmp_path):
    incident, actor = make_incident(), make_actor("Border Force")
    make_statement(incident, speaker=actor)
    incident.publish(by=make_user())
    follow(tmp_path)
    actor.name = "Border Troops"
    actor.save()
    actor.publish(by=make_user())

    follow(tmp_path)

    assert copied(tmp_path)["incidents", incident.public_id]["statements"][0]["speaker"]["name"] == "Border Troops"


def test_after_a_restored_backup_everything_is_read_again(tmp_path):
    newsroom = Newsroom(seed=1)
    newsroom.add()
    follow(tmp_path)
    lost = tmp_path / "incidents" / "BW-2025-0099.json"
    shutil.copy(tmp_path / "incidents" / "BW-2025-0001.json", lost)
    lock()
    write_restored_backup("2025-12-01T00:00:00Z", 100)
    public_data_changed()

    follow(tmp_path)

    assert not lost.exists() and copied(tmp_path) == served()


def test_a_change_shown_by_too_many_is_followed_by_starting_over(tmp_path, monkeypatch):
    newsroom = Newsroom(seed=1)
    newsroom.add()
    follow(tmp_path)
    newsroom.rename()
    monkeypatch.setattr("borderwatch.api.changes.MOST_SHOWN", 0.5)

    follow(tmp_path)

    assert copied(tmp_path) == served()


def test_nothing_new_is_nothing_to_read(tmp_path):
    Newsroom(seed=1).add()
    assert follow(tmp_path) and not follow(tmp_path)
