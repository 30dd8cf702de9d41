"""Publications that wait for their hour: what was announced is what is published then, or nothing is."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from borderwatch.ledger import database_now
from borderwatch.models import Edition, Release, ScheduledPublication
from borderwatch.publishing.scheduling import cancel, publish_due, schedule, seconds_to_next
from incidents.published import PublishedIncident
from tests.desk import make_colleague
from tests.factories import make_actor, make_incident, make_statement, publish_incident

pytestmark = pytest.mark.django_db


def in_an_hour():
    return database_now() + datetime.timedelta(hours=1)


def make_ready(**kwargs):
    incident = make_incident(**kwargs)
    make_statement(incident, killed=5, speaker=make_actor())
    return incident


def scheduled_for(incident, by=None, **kwargs):
    return schedule([incident], by or make_colleague("editor"), in_an_hour(), **kwargs)


def let_the_hour_come():
    ScheduledPublication.objects.update(due_at=database_now(), asked_at=database_now() - datetime.timedelta(hours=1))


def test_it_is_published_at_its_hour_and_not_before():
    scheduled = scheduled_for(make_ready(), note="Checked twice.")
    assert publish_due() == [] and not Edition.objects.exists()
    assert 3590 < seconds_to_next() <= 3600
    let_the_hour_come()
    before = database_now()
    assert [one.pk for one in publish_due()] == [scheduled.pk]
    release = Release.objects.get()
    assert (release.note, release.by_name) == ("Checked twice.", "some-editor") and release.recorded_at >= before
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.release, scheduled.outcome) == ("published", release, "")
    assert publish_due() == [] and Release.objects.count() == 1


def test_other_releases_in_between_do_not_matter_though_they_take_its_numbers():
    scheduled_for(make_ready(title="Waits"))
    publish_incident(title="Was faster")
    let_the_hour_come()
    publish_due()
    assert dict(PublishedIncident.objects.current().values_list("title", "public_id")) == {
        "Was faster": "BW-2025-0001",
        "Waits": "BW-2025-0002",
    }


def change_a_figure(incident, user):
    figure = incident.statements.get().figures.get()
    figure.low = figure.best = figure.high = 9
    figure.save()


def reopen(incident, user):
    incident.review_state = "in_review"
    incident.save()


def take_the_role(incident, user):
    user.groups.clear()


def lock_out(incident, user):
    user.is_active = False
    user.save()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (change_a_figure, "not what was announced"),
        (reopen, "an editor must approve it first"),
        (take_the_role, "some-editor may not publish these: incidents"),
        (lock_out, "may not use the desk any more"),
        (lambda incident, user: user.delete(), "may not use the desk any more"),
    ],
)
def test_what_changed_in_between_is_refused_with_the_reason(change, reason):
    incident, user = make_ready(), make_colleague("editor")
    scheduled = scheduled_for(incident, user)
    change(incident, user)
    let_the_hour_come()
    publish_due()
    scheduled.refresh_from_db()
    assert scheduled.state == "refused" and reason in scheduled.outcome and not Edition.objects.exists()


def test_a_failing_program_refuses_one_and_goes_on_with_the_next(monkeypatch):
    first, second = make_ready(title="First"), make_ready(title="Second")
    scheduled_for(first), scheduled_for(second)
    let_the_hour_come()
    missing = type(first).missing
    monkeypatch.setattr(type(first), "missing", lambda self: 1 / 0 if self.title == "First" else missing(self))
    assert [one.state for one in publish_due()] == ["refused", "published"]
    assert "ZeroDivisionError" in ScheduledPublication.objects.get(state="refused").outcome


def test_what_would_be_refused_now_is_not_scheduled():
    editor = make_colleague("editor")
    with pytest.raises(ValidationError, match="approve it first"):
        scheduled_for(make_ready(review_state="draft"))
    incident = make_ready()
    for due_at, reason in ((database_now(), "is past"), (database_now() + datetime.timedelta(days=400), "more than a year")):
        with pytest.raises(ValidationError, match=reason):
            schedule([incident], editor, due_at)
    with pytest.raises(ValidationError, match="may not publish"):
        scheduled_for(incident, make_colleague("contributor"))
    with pytest.raises(ValidationError, match="changed since this page was opened"):
        scheduled_for(incident, fingerprint="0" * 64)
    scheduled_for(incident)
    with pytest.raises(ValidationError, match="waits already"):
        scheduled_for(incident)
    with pytest.raises(ValidationError, match="nothing to publish"):
        scheduled_for(publish_incident())
    assert ScheduledPublication.objects.count() == 1


def test_a_cancelled_publication_is_not_made():
    scheduled = scheduled_for(make_ready())
    with pytest.raises(ValidationError, match="may not publish"):
        cancel(scheduled, make_colleague("contributor"))
    cancel(scheduled, make_colleague("editor"))
    let_the_hour_come()
    assert publish_due() == [] and not Edition.objects.exists()
    with pytest.raises(ValidationError, match="ended already"):
        cancel(scheduled, make_colleague("editor"))


def test_the_command_says_what_it_did():
    scheduled_for(make_ready())
    changed = make_ready(title="Changed")
    scheduled_for(changed)
    change_a_figure(changed, None)
    let_the_hour_come()
    out = io.StringIO()
    call_command("publish_due", stdout=out)
    assert "release 1" in out.getvalue() and "refused. Something changed" in out.getvalue()
