"""Actions on many records: what the page lists is what happens, to all of them or to none."""

import datetime
import re

import pytest
from django.utils import timezone

from borderwatch.desk import together
from borderwatch.models import Release, ScheduledPublication
from borderwatch.publishing.scheduling import publish_due
from incidents.models import Incident, Statement
from tests.desk import desk_url, list_url, make_colleague, messages_of, save, signed_in
from tests.factories import make_actor, make_article, make_incident, make_statement, publish_incident

pytestmark = pytest.mark.django_db
TOGETHER = "/admin/together/"


def choose(client, action, records, **more):
    """The page after choosing an action for records in their list."""
    sent = {"action": action, "_selected_action": [record.pk for record in records], **more}
    return client.post(list_url(type(records[0])), sent, follow=True)


def press(client, page, **more):
    """Press the button of a page that lists what will happen."""
    sent = {"record": page.context["keys"], "fingerprint": page.context["fingerprint"], **more}
    return client.post(page.context["address"], sent, follow=True)


def listed(page):
    """What will happen to which record, and why not to which."""
    return {str(record): sentence for _key, record, sentence in [*page.context["done"], *page.context["refused"]]}


def test_it_lists_what_will_happen_to_each_and_does_that():
    draft, approved = make_incident(title="A draft", review_state="draft"), make_incident(title="An approved one")
    client = signed_in("contributor")
    page = choose(client, "submit_for_review", [draft, approved])
    assert listed(page) == {"A draft": "Waits for review.", "An approved one": "Its review state is “Approved” already."}
    assert Incident.objects.get(title="A draft").review_state == "draft"
    press(client, page)
    assert set(Incident.objects.values_list("title", "review_state")) == {("A draft", "in_review"), ("An approved one", "approved")}
    assert Incident.objects.get(title="A draft").history.first().history_user.username == "some-contributor"


def test_what_changed_since_the_page_was_opened_is_not_done_to_any():
    incidents = [make_incident(title=f"Incident {number}", review_state="draft") for number in range(3)]
    client = signed_in("editor")
    page = choose(client, "submit_for_review", incidents)
    save(signed_in("contributor"), desk_url(incidents[2]), title="Changed")
    response = press(client, page)
    assert "so nothing was done" in response.content.decode() and "Changed" in listed(response)
    assert not Incident.objects.exclude(review_state="draft").exists()


def test_incidents_are_assigned_and_statements_marked_ready():
    incidents, karim = [make_incident(), make_incident()], make_colleague("contributor", "karim")
    client = signed_in("contributor")
    press(client, choose(client, "assign_to", incidents), assigned_to=karim.pk)
    assert karim.assigned_incidents.count() == 2
    statements = [make_statement(is_ready=False), make_statement()]
    page = choose(client, "mark_ready", statements)
    assert len(page.context["refused"]) == 1
    press(client, page)
    assert not Statement.objects.filter(is_ready=False).exists()


def test_drafts_are_deleted_and_what_was_public_or_is_needed_stays():
    public, needed, free = publish_incident(title="Public"), make_incident(title="Needed"), make_incident(title="Free")
    make_statement(needed)
    client = signed_in("editor")
    page = choose(client, "delete_drafts", [public, needed, free])
    told = listed(page)
    assert "It was public" in told["Public"] and "Other records need this one" in told["Needed"] and told["Free"] == "Deleted."
    press(client, page)
    assert set(Incident.objects.values_list("title", flat=True)) == {"Public", "Needed"}


@pytest.mark.parametrize("action", ["delete_drafts", "publish_together"])
def test_contributors_are_not_offered_what_they_may_not(action):
    incident, client = make_incident(), signed_in("contributor")
    page = choose(client, action, [incident])
    assert "keys" not in (page.context or {}) and "announced" not in (page.context or {})
    forged = client.post(f"{list_url(Incident)}bulk/{action}/", {"record": [incident.pk], "fingerprint": "0" * 64})
    assert forged.status_code in (403, 404) and Incident.objects.exists() and not Release.objects.exists()


def test_a_selection_across_pages_is_bounded(monkeypatch):
    monkeypatch.setattr("borderwatch.desk.bulk.MOST", 2)
    incidents = [make_incident(review_state="draft") for _ in range(3)]
    page = choose(signed_in("editor"), "submit_for_review", incidents[:1], select_across="1")
    assert "Choose at most 2 records at once" in messages_of(page) and "keys" not in page.context


# Several records in one release


def together_press(client, page, button, **more):
    pressed = re.search(rf'value="({button} [0-9a-f]{{64}})"', page.content.decode())
    assert pressed, f"the page offers no {button}"
    records = [value for _name, value in page.context["hidden"]]
    return client.post(TOGETHER, {"press": pressed[1], "record": records, **more}, follow=True)


def test_records_of_several_kinds_are_announced_and_published_in_one_release():
    first, second = make_incident(title="First"), make_incident(title="Second")
    make_statement(first, killed=5, speaker=make_actor())
    article, client = make_article("A piece of its own"), signed_in("editor")
    page = choose(client, "publish_together", [first, second])
    records = [value for _name, value in page.context["hidden"]]
    page = client.post(TOGETHER, {"record": records, "q": "piece of its own"})
    assert [str(record) for _key, record, _kind in page.context["found"]] == [article.headline]
    page = client.post(TOGETHER, {"record": [*records, together.key_of(article)]})
    assert {edition.title for edition in page.context["announced"].chosen} == {"First", "Second", article.headline}
    assert "Published: 3 records in one release" in messages_of(together_press(client, page, "new", note="All at once."))
    release = Release.objects.get()
    assert release.note == "All at once." and {first.edition.release, second.edition.release, article.edition.release} == {release}


def test_one_that_is_not_ready_keeps_back_all_and_is_named():
    ready, draft = make_incident(title="Ready"), make_incident(title="Not ready", review_state="draft")
    page = signed_in("editor").get(TOGETHER, {"record": [together.key_of(ready), together.key_of(draft)]})
    text = page.content.decode()
    assert "Not ready: Its review state" in text and "publish_form" not in text


def test_a_release_of_several_that_changed_meanwhile_is_refused():
    incidents = [publish_incident(title="One"), publish_incident(title="Two")]
    client = signed_in("editor")
    for incident in incidents:
        save(client, desk_url(incident), title=f"{incident.title} renamed")
    page = client.get(TOGETHER, {"record": [together.key_of(incident) for incident in incidents]})
    save(client, desk_url(incidents[0]), title="Unseen")
    response = together_press(client, page, "correction", note="Misspelt.")
    assert "changed since this page was opened" in response.content.decode() and Release.objects.count() == 2
    together_press(client, response, "correction", note="Misspelt.")
    assert [incident.edition.kind for incident in incidents] == ["correction", "correction"]


@pytest.mark.parametrize("asked", ["", "incident-0", "incident-x", "x-1", "incident-" + "9" * 40, "\0", "incident-٣", "-"])
def test_nothing_malformed_breaks_the_page(asked):
    assert signed_in("editor").get(TOGETHER, {"record": asked}).status_code == 200
    assert signed_in("editor").post(TOGETHER, {"record": asked, "press": asked, "q": asked}).status_code == 200


# At an hour


def test_a_day_and_a_time_schedule_it_and_the_first_page_tells_what_came_of_it():
    incident, client = make_incident(title="Waits"), signed_in("editor")
    page = client.get(desk_url(incident, "publish"))
    pressed = re.search(r'value="(new-later [0-9a-f]{64})"', page.content.decode())[1]
    sent = {"press": pressed, "note": "", "due_on": "2026-01-01", "due_time": "10:00"}
    assert "is past" in client.post(desk_url(incident, "publish"), sent).content.decode()
    sent["due_on"] = f"{timezone.now() + datetime.timedelta(days=30):%Y-%m-%d}"
    assert f"published at {sent['due_on']} 10:00 UTC" in messages_of(client.post(desk_url(incident, "publish"), sent, follow=True))
    assert "It waits for its hour" in client.get(desk_url(incident, "publish")).content.decode() and incident.edition is None
    assert "10:00 UTC: Waits" in client.get("/admin/").content.decode()
    Incident.objects.update(review_state="draft")
    scheduled = ScheduledPublication.objects.get()
    ScheduledPublication.objects.update(due_at=scheduled.asked_at)
    publish_due()
    assert "approve it first" in client.get("/admin/").content.decode()
    assert "approve it first" not in signed_in("editor", "somebody-else").get("/admin/").content.decode()
    assert "approve it first" in client.get(desk_url(scheduled)).content.decode()
    client.post(desk_url(scheduled))
    assert "approve it first" not in client.get("/admin/").content.decode()


def test_a_day_is_never_passed_over():
    incident, client = make_incident(), signed_in("editor")
    page = client.get(desk_url(incident, "publish"))
    pressed = re.search(r'value="(new [0-9a-f]{64})"', page.content.decode())[1]
    response = client.post(desk_url(incident, "publish"), {"press": pressed, "due_on": "2027-01-01"})
    assert "You gave a day or a time" in response.content.decode() and incident.edition is None
