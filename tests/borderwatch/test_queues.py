"""The first page of the desk: what waits, counted without composing a document for each record."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from borderwatch.desk import unpublished
from borderwatch.desk.queues import ORDER
from borderwatch.desk.unpublished import edited_uids
from borderwatch.models import Change, ScheduledPublication
from incidents.desk.derivations import changed_parents
from incidents.models import Incident, Statement
from tests.desk import desk_url as desk
from tests.desk import list_url, make_colleague, save, signed_in
from tests.factories import make_actor, make_article, make_figure, make_incident, make_place, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db
DESK = "/admin/"


def queues(client):
    return {queue.name: queue for queue in client.get(DESK).context["queues"]}


def waiting(client, name):
    """What the first page shows in a queue, as texts."""
    return [str(record) for _url, record in queues(client)[name].records]


def test_an_empty_desk_says_what_each_queue_is_for():
    page = signed_in("editor").get(DESK)
    assert [queue.name for queue in page.context["queues"]] == list(ORDER)
    assert all(queue.count == 0 for queue in page.context["queues"])
    assert all(str(queue.empty) in page.content.decode() for queue in page.context["queues"])


def test_each_queue_holds_what_waits_and_links_to_its_list():
    client, farida = signed_in("contributor", "farida"), make_colleague("contributor", "farida")
    editor = make_colleague("editor")
    make_incident("Assigned", review_state="draft", assigned_to=farida)
    written = make_incident("Written", review_state="draft")
    written.history.update(history_user=farida)
    written.comment(editor, "Where?")
    make_incident("Asked about", review_state="in_review")
    make_article("Nothing entered")
    make_statement(make_incident(), article=make_article("Entered"))
    make_statement(text="Lost.")
    make_statement(text="All told.", act="tally")
    make_statement(text="A quiet place.", about_place=make_place())
    shown = {name: waiting(client, name) for name in queues(client)}
    assert shown["assigned"] == ["Assigned"] and shown["drafts"] == shown["answers"] == shown["comments"] == ["Written"]
    assert shown["review"] == ["Asked about"] and shown["no-statements"] == ["Nothing entered"]
    assert [words.rsplit(": ", 1)[1] for words in shown["no-incident"]] == ["Lost."]
    for queue in queues(client).values():
        for url, words in queue.lists:
            assert str(client.get(url).context["cl"].result_count) == words.split()[0], queue.name


def test_ones_own_comments_and_settled_ones_do_not_wait():
    farida = make_colleague("contributor", "farida")
    incident = make_incident(assigned_to=farida)
    incident.comment(farida, "I shall ask.")
    assert not waiting(signed_in("contributor", "farida"), "answers")
    incident.comment(make_colleague("editor"), "And?")
    assert waiting(signed_in("contributor", "farida"), "answers")
    incident.comments.settle("farida")
    assert not waiting(signed_in("contributor", "farida"), "answers") and not waiting(signed_in("editor"), "comments")


# Public with unpublished edits


def test_an_edit_of_a_public_record_waits_until_it_is_published():
    incident, client = publish_incident(), signed_in("editor")
    assert not waiting(client, "edited")
    save(client, desk(incident), title="Another title")
    assert waiting(client, "edited") == ["Another title"]
    incident.refresh_from_db()
    incident.publish(by=make_user())
    assert not waiting(client, "edited")


def test_an_edit_that_readers_cannot_see_does_not_wait_and_is_composed_once(monkeypatch):
    incident, client = publish_incident(), signed_in("editor")
    save(client, desk(incident), note="Ask the ministry.")
    assert not waiting(client, "edited")
    composed = []
    monkeypatch.setattr(unpublished, "edited", lambda records: composed.extend(records) or [])
    assert not waiting(client, "edited") and not composed


@pytest.mark.parametrize("is_known", [True, False])
def test_a_figure_edited_in_its_statement_waits(is_known):
    statement, client = publish_incident().statements.get(), signed_in("editor")
    if is_known:
        assert not waiting(client, "edited")
    save(client, desk(statement), figures__0__low="4")
    assert len(waiting(client, "edited")) == 1
    assert edited_uids(Statement) == ([statement.uid], True)


def test_where_much_was_edited_a_few_are_looked_at_each_time(monkeypatch):
    monkeypatch.setattr(unpublished, "MOST", 2)
    for number in range(3):
        incident = publish_incident()
        incident.refresh_from_db()
        incident.title = f"Another title {number}"
        incident.save()
    cache.clear()
    assert [(len(uids), is_all) for uids, is_all in (edited_uids(Incident), edited_uids(Incident))] == [(2, False), (3, True)]


# Figures whose parents changed


def derived():
    """A sum of two figures; all three."""
    statement = make_statement(make_incident(), speaker=make_actor())
    parents = [make_figure(statement, low=low, best=low, high=low, group=group) for low, group in ((3, "civilians"), (2, "state_forces"))]
    total = make_figure(statement, low=5, best=5, high=5, calculation="3 + 2")
    total.derived_from.set(parents)
    return total, parents


def test_a_derived_figure_waits_when_a_parent_changes_until_somebody_looked():
    total, (parent, other) = derived()
    other.save()
    assert not changed_parents()
    parent.low = parent.best = parent.high = 4
    parent.save()
    client = signed_in("contributor")
    assert queues(client)["parents"].count == 1
    page = client.get("/admin/incidents/figure/parents/").content.decode()
    assert "<del><bdi>3 killed" in page and "<ins><bdi>4 killed" in page
    client.post("/admin/incidents/figure/parents/", {"figure": str(total.pk)})
    assert not changed_parents() and total.history.first().history_user.username == "some-contributor"
    assert client.post("/admin/incidents/figure/parents/", {"figure": "٣"}, follow=True).status_code == 200


def test_a_derived_figure_waits_when_a_parent_is_deleted():
    total, (parent, _other) = derived()
    parent.delete()
    (changed,) = changed_parents()[total.pk]
    assert changed.after is None and changed.before.low == 3


# What is scheduled


def test_what_was_refused_at_its_hour_waits_for_who_asked():
    farida = make_colleague("editor", "farida")
    kept = {"records": [], "due_at": timezone.now(), "fingerprint": "0" * 64, "kind": Change.UPDATE, "asked_by": farida}
    refused = ScheduledPublication.objects.create(**kept)
    ScheduledPublication.objects.filter(pk=refused.pk).update(state="refused", ended_at=timezone.now())
    ScheduledPublication.objects.create(**kept)
    shown = queues(signed_in("editor", "farida"))
    assert (shown["refused"].count, shown["scheduled"].count) == (1, 1)
    assert queues(signed_in("editor", "karim"))["refused"].count == 0


# Cheap


def test_the_first_page_asks_as_many_questions_for_many_records_as_for_few():
    client = signed_in("editor", "farida")
    counts = []
    for _round in range(2):
        for _one in range(6):
            incident = publish_incident(assigned_to=make_colleague("editor", "farida"))
            save(client, desk(incident), title=f"Another title {incident.pk}")
            incident.comment(make_colleague("editor"), "Seen?")
            make_statement()
            make_article()
        client.get(DESK)
        with CaptureQueriesContext(connection) as asked:
            client.get(DESK)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 60, counts
    assert client.get(list_url(Incident), {"queue": "edited"}).context["cl"].result_count == 12
