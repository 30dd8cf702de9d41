"""Records for tests: `make_incident(**kwargs)` and friends fill in what a test does not care about."""

import itertools

from django.contrib.auth.models import User

from incidents.models import Actor, Figure, Incident, Place, Statement
from sources.models import Article, Source

number = itertools.count(1)


def make_user(username="editor", **kwargs):
    return User.objects.get_or_create(username=username, defaults=kwargs)[0]


def make_place(name="Khatlon", slug=None, kind="province", country="TJ", **kwargs):
    return Place.objects.get_or_create(slug=slug or name.lower(), defaults={"name": name, "kind": kind, "country": country, **kwargs})[0]


def make_source(name="Khovar", kind="news_agency", **kwargs):
    return Source.objects.create(name=name, slug=kwargs.pop("slug", f"source-{next(number)}"), kind=kind, **kwargs)


def make_article(headline="Clash at the border", source=None, **kwargs):
    return Article.objects.create(headline=headline, source=source or make_source(), **kwargs)


def make_actor(name="Government of Tajikistan", kind="state_body", **kwargs):
    return Actor.objects.create(name=name, slug=kwargs.pop("slug", f"actor-{next(number)}"), kind=kind, **kwargs)


def make_incident(title="Clash at the Panj", started_on="2025-12-24", review_state="approved", **kwargs):
    slug = kwargs.pop("slug", f"incident-{next(number)}")
    incident = Incident.objects.create(
        title=title, slug=slug, started_on=started_on, review_state=review_state, kind=kwargs.pop("kind", "armed_clash"), **kwargs
    )
    incident.refresh_from_db()
    return incident


def make_statement(*incidents, act="claim", killed=None, **kwargs):
    """A statement about `incidents`; `killed` is a number, or a dict of Figure fields."""
    statement = Statement.objects.create(
        article=kwargs.pop("article", None) or make_article(), act=act, text=kwargs.pop("text", "They said so."), **kwargs
    )
    for incident in incidents:
        statement.statement_incidents.create(incident=incident)
    if killed is not None:
        make_figure(statement, **(killed if isinstance(killed, dict) else {"low": killed, "best": killed, "high": killed}))
    return statement


def make_figure(statement, measure="killed", **kwargs):
    return Figure.objects.create(statement=statement, measure=measure, **kwargs)


def publish_incident(by=None, killed=5, speaker=None, **kwargs):
    """An incident made public with one statement that counts its dead."""
    incident = make_incident(**kwargs)
    make_statement(incident, killed=killed, speaker=speaker or make_actor())
    incident.publish(by=by or make_user())
    return incident
