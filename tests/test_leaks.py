"""Nothing unpublished leaks: no planted word reaches a reader, and what was withdrawn is gone."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from borderwatch.published import public_kinds
from incidents.models import Actor, Incident
from tests.public_addresses import QUERIES, addresses, routes, whole_answer
from tests.sentinels import SEALED, WITHDRAWN, WORD, plant_beside_what_is_public, plant_drafts, plant_past

ROLES = (None, "contributor", "editor", "admin")
THE_PAST = re.compile(r"/editions/|/changes/")
"""Addresses that tell what stood there once. Days of the past do too; those that are asked for lie before what is planted."""


def test_every_public_route_is_listed():
    assert set(routes()) == set(QUERIES), "list the new route in tests/public_addresses.py, or take the old one out"


@pytest.fixture(autouse=True)
def _nothing_kept():
    """What another test's record was asked for is not answered from memory here."""
    for name in ("default", "answers"):
        caches[name].clear()


@pytest.fixture
def record(demo_record, db):
    """The demo record; its editor."""
    return get_user_model().objects.get(username="editor")


DIGESTS = re.compile(rb"[0-9a-f]{32,}")
"""Digests and ETags hold any five digits now and then."""


def browser(role):
    client = Client()
    if role:
        client.force_login(get_user_model().objects.get(username=role))
    return client


def plant(editor, drafts):
    """About `drafts` records in each state: draft, in review, approved, withdrawn, sealed; and unfinished work on what is public."""
    public = list(Incident.objects.filter(public_id__isnull=False).order_by("pk"))
    for _each in range(max(1, drafts // 5)):
        for word in (WITHDRAWN, SEALED):
            plant_past(word, editor, public[-1].place)
        plant_drafts(public[-1].place)
    for incident in public:
        plant_beside_what_is_public(incident)


def of_what_is_gone():
    """Addresses that ask by the ids of actors and sources that were withdrawn or sealed: lists, files and chips that could name them."""
    gone = {kind: public_kinds()[kind].objects.latest().filter(is_tombstone=True, merged_into=None) for kind in ("actor", "source")}
    for kind, names in (("actor", ("actor", "speaker")), ("source", ("source",))):
        for number in gone[kind].order_by("-pk").values_list("public_id", flat=True)[:2]:
            for path in ("incidents/", "statements/", "map/", "tallies/", "incidents.csv", "feeds/incidents.atom", "api/v1/tallies/"):
                yield from (f"/{path}?{name}={number}" for name in names)
    yield from (f"/api/v1/{name}/?q={WITHDRAWN[:6]}" for name in ("incidents", "statements", "actors", "sources", "articles"))


def leaks(address, answer):
    """The planted words that an answer shows and may not."""
    text, tells_the_past = answer.lower(), bool(THE_PAST.search(address))
    found = [word for word in (WORD, SEALED) if word.encode() in text]
    if WITHDRAWN.encode() in text and not tells_the_past:
        found.append(WITHDRAWN)
    if re.search(rb"77001|66001", DIGESTS.sub(b"", answer)) and not tells_the_past:
        found.append("a planted number")
    return found


def test_no_planted_word_reaches_a_reader(record, is_long, size, progress, record_property, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    plant(record, size("PLANTED", 1, 200))
    call_command("release_dataset", "2026-11", site="https://border.example", verbosity=0)
    roles, asked, found, told_of_the_past = ROLES if is_long else ROLES[:1], 0, [], 0
    for role in roles:
        client = browser(role)
        for address in (*addresses(most=12 if is_long else 3), *of_what_is_gone()):
            answer, asked = whole_answer(client, address), asked + 1
            assert not answer.startswith(b"500"), address
            found += [(role, address, word) for word in leaks(address, answer)]
            progress(f"{asked:,} answers, {roles.index(role) + 1} of {len(roles)} roles, {len(found)} leaks")
            told_of_the_past += WITHDRAWN.encode() in answer
    assert not found, "\n".join(map(str, found))
    assert told_of_the_past >= 10 * len(roles), "what was withdrawn is to be read in its editions and changes"
    drafts = Incident.objects.filter(slug__startswith=WORD).count() + 2 * Incident.objects.filter(slug__startswith=SEALED).count()
    told = f"{drafts} planted incidents in 5 states, {asked:,} answers on all public routes, {len(roles)} roles"
    record_property("promise", f"Q1 leaks: 0 over {told}")


def test_drafts_are_no_oracle_for_searches_and_filters(record, client):
    sources, _article, actor, incidents = plant_drafts(Incident.objects.first().place)
    plant_beside_what_is_public(Incident.objects.filter(public_id__isnull=False).first())
    without = client.get("/incidents/?q=neverwrittenanywhere").content.replace(b"neverwrittenanywhere", b"")
    for word in (f"{WORD}1", incidents[0].title, actor.name):
        assert client.get("/incidents/", {"q": word}).content.replace(word.encode(), b"") == without
    for address in (f"/incidents/{incidents[0].slug}/", f"/actors/{actor.slug}/", f"/sources/{sources.slug}/"):
        assert client.get(address).status_code == 404
    for name, hidden, unknown in (
        ("actor", actor.slug, "no-such-actor"),
        ("source", sources.slug, "no-such-source"),
        ("nationality", "ZZ", "QQ"),
    ):
        answers = [client.get("/api/v1/incidents/", {name: value}) for value in (hidden, unknown)]
        told = [(one.status_code, one.content.replace(value.encode(), b"")) for one, value in zip(answers, (hidden, unknown), strict=True)]
        assert told[0] == told[1], name


def test_the_words_of_drafts_are_free_for_what_is_published(record, client):
    """What a draft is called neither stops a publication nor changes its address."""
    taken = plant_drafts(Incident.objects.first().place)[2]
    actor = Actor.objects.create(name=taken.name, slug="free-to-take", kind="person")
    actor.publish(by=record)
    assert client.get(f"/actors/{actor.public_id}/", follow=True).redirect_chain[-1][0].endswith(f"/{actor.public_id}/free-to-take/")


def test_a_withdrawn_incident_is_gone_everywhere_but_in_its_past(record, client, record_property):
    incident = Incident.objects.get(public_id="BW-2026-0001")
    title, kept_for = incident.title, []
    for address in (
        "/",
        "/incidents/",
        "/api/v1/incidents/",
        "/incidents.csv",
        f"/incidents/BW-2026-0001/{incident.slug}/",
        "/sitemap-incident.xml",
    ):
        answer = client.get(address)
        kept_for.append(max(map(int, re.findall(r"max-age=(\d+)", answer.headers.get("Cache-Control", "")) or ["0"])))
        answer.getvalue()
    incident.withdraw(by=record, reason="Withdrawn for the test.")
    gone = client.get(f"/incidents/BW-2026-0001/{incident.slug}/")
    assert gone.status_code == 410 and b"Withdrawn for the test." in gone.content
    asked = [address for address in addresses() if not THE_PAST.search(address) and "/incidents/BW-2026-0001/" not in address]
    for address in asked:
        assert title.encode() not in whole_answer(client, address), address
    assert max(kept_for) <= 60
    record_property("promise", f"Q1 withdrawal: gone at once on {len(asked)} addresses, from copies after at most {max(kept_for)} s")


def test_every_older_edition_stays_readable(record, client):
    for model in public_kinds().values():
        for row in model.objects.filter(is_tombstone=False):
            assert client.get(f"/{model.list_name}/{row.public_id}/editions/{row.number}/").status_code == 200, row
