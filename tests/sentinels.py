"""Words planted in every field of the desk that readers must never see, and how to find them."""

import datetime
import itertools

from django.db import models

from borderwatch.models import Comment, ScheduledPublication
from incidents.models import Actor, Assertion, Figure, Incident, Label, Office, Participation, Statement
from sources.models import Article, Source
from tests.factories import make_actor, make_article, make_incident, make_source, make_statement

number = itertools.count(1)
WORD = "sentinelle"
"""Begins every planted word; no letter of it changes in slugs, addresses or search."""
WITHDRAWN, SEALED = "zurueckgezogen", "versiegelt"
"""Begin the words of what was public once: readers may meet the first in editions and changes, the second nowhere."""
KEPT = {"uid", "public_id", "slug", "kind", "act", "denies", "attribution", "visibility", "review_state", "outcome", "reliability", "scale"}
KEPT |= {"certainty", "about", "role", "measure", "group", "nationality", "country", "verdict", "url", "image", "logo"}
KEPT |= {"language", "original_language"}
"""Fields that hold codes, or whose form the database checks; slugs are planted by hand."""


def planted(field):
    """A word that no other field holds, short enough for the field."""
    return f"{WORD}{next(number)}{field.name.replace('_', '')}"[: field.max_length or 200]


def plant(row, *names):
    """Fill every free text field of `row` (or just `names`) with words of their own, as an editor would: on the desk, saved."""
    for field in row._meta.concrete_fields:
        if field.name in KEPT or (names and field.name not in names):
            continue
        if isinstance(field, models.JSONField):
            setattr(row, field.name, {WORD: planted(field)} if field.default is dict else [planted(field)])
        elif isinstance(field, models.URLField) or field.name.endswith("_url"):
            setattr(row, field.name, f"https://example.org/{planted(field)}")
        elif isinstance(field, (models.CharField, models.TextField)) and not field.choices:
            setattr(row, field.name, planted(field))
    row.save()
    return row


def draft_incident(**kwargs):
    return plant(make_incident(slug=f"{WORD}-{next(number)}", **kwargs))


def plant_drafts(place):
    """Records of every kind that never were public: draft, in review, approved; with internal and unready statements."""
    source = plant(make_source(slug=f"{WORD}-{next(number)}"))
    article = plant(make_article(source=source), *[name for name in texts(Article) if name != "url"])
    actor = plant(make_actor(slug=f"{WORD}-{next(number)}", parent=plant(make_actor(slug=f"{WORD}-{next(number)}"))))
    plant(Office(actor=actor, started_on=datetime.date(2025, 1, 1)))
    incidents = [draft_incident(review_state=state, place=place, started_on="2025-12-24") for state in ("draft", "in_review", "approved")]
    for extra in ({}, {"visibility": "internal"}, {"is_ready": False}):
        statement = plant(make_statement(*incidents, article=article, speaker=actor, said_on="2025-12-24", **extra))
        plant_parts(statement, incidents[0], actor)
    return source, article, actor, incidents


def plant_parts(statement, incident, actor):
    plant(Figure(statement=statement, measure="killed", low=77001, best=77001, high=77001, party=actor, nationality="ZZ"))
    plant(Label(statement=statement, actor=actor))
    plant(Assertion(statement=statement, about="date", starts_on="2025-12-24", incident=incident))
    plant(Participation(incident=incident, actor=actor, role="target"))


def plant_past(word, editor, place):
    """An incident with a statement, its speaker and its source that were public under names which begin with `word`."""
    names = {"place": place, "started_on": "2025-12-24", "summary": f"{word} summary", "where_description": f"{word} where"}
    incident = make_incident(title=f"{word} title", slug=f"{word}-{next(number)}", **names)
    article = make_article(f"{word} headline", source=make_source(f"{word} source", slug=f"{word}-{next(number)}"))
    speaker = make_actor(f"{word} speaker", slug=f"{word}-{next(number)}")
    statement = make_statement(incident, article=article, speaker=speaker, text=f"{word} text", quote=f"{word} quote", killed=66001)
    incident.publish(by=editor)
    for record in (incident, statement, article, speaker, article.source):
        if word == SEALED:
            record.seal(by=editor, reason="It endangers a person.")
        elif not record.edition.is_tombstone:
            record.withdraw(by=editor, reason="Taken back.")


def plant_beside_what_is_public(incident):
    """Half-finished work around a public incident: its own edits, an internal statement, an unready one, captured text, notes."""
    article = Article.objects.filter(public_id__isnull=False).first()
    for extra in ({"visibility": "internal"}, {"is_ready": False}):
        statement = plant(make_statement(incident, article=article, **extra))
        plant_parts(statement, incident, Actor.objects.filter(public_id__isnull=False).first())
    plant(
        Incident.objects.get(pk=incident.pk),
        "title",
        "summary",
        "note",
        "where_description",
        "content_warning",
        "external_ids",
        "translations",
        "means",
    )
    plant(article, "note", "text", "headline", "summary", "byline")
    plant(Actor.objects.filter(public_id__isnull=False).last(), "note", "name", "description", "aliases")
    plant(Source.objects.filter(public_id__isnull=False).last(), "note", "name", "ownership", "reliability_reason")
    plant(
        Statement.objects.filter(public_id__isnull=False, speaker__isnull=False).last(),
        "note",
        "text",
        "quote",
        "speaker_as",
        "speaker_title",
    )
    words = f"{WORD}{next(number)}"
    due_at = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    waits = ScheduledPublication(records=[["incident", str(incident.uid)]], due_at=due_at, note=words, outcome=words, asked_by_name=words)
    waits.save()
    Comment.objects.create(record="incident", uid=incident.uid, text=words, said_by_name=words)


def texts(model):
    return [
        field.name for field in model._meta.concrete_fields if isinstance(field, (models.CharField, models.TextField, models.JSONField))
    ]
