"""What colleagues say about a record: beside its fields, until somebody settles it; asking for changes; assignment."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from borderwatch.comments import settle
from borderwatch.models import Comment
from tests.desk import desk_url, list_url, make_colleague, messages_of, opened, save, signed_in
from tests.factories import make_actor, make_incident, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db


def say(client, record, **sent):
    return client.post(desk_url(record, "comment"), sent, follow=True)


def test_a_comment_stands_beside_its_field_until_somebody_settles_it():
    incident, editor = make_incident(review_state="draft"), signed_in("editor", "karim")
    say(editor, incident, field="title", **{"text-title": "Say whose <border> it is."})
    page = signed_in("contributor", "farida").get(desk_url(incident)).content.decode()
    row = page[page.index("field-title") : page.index("field-summary")]
    assert "karim" in row and "Say whose &lt;border&gt; it is." in row and "Open comments (1)" in page
    comment = incident.comments.get()
    say(signed_in("contributor", "farida"), incident, settle=str(comment.pk))
    comment.refresh_from_db()
    assert comment.settled_by_name == "farida" and not incident.comments.open()
    assert "settled by farida" in editor.get(desk_url(incident)).content.decode()


def test_a_comment_is_about_the_record_a_field_or_its_rows_and_says_something():
    statement, editor = make_statement(make_incident(), killed=3), make_colleague("editor")
    assert [statement.comment(editor, "See.", field).field for field in ("", "quote", "figures")] == ["", "quote", "figures"]
    for text, field in (("  ", ""), ("See.", "uid"), ("See.", "nonsense"), ("See.", "history")):
        with pytest.raises(ValidationError):
            statement.comment(editor, text, field)
    with pytest.raises(PermissionDenied):
        statement.comment(make_user("nobody"), "See.")
    with pytest.raises(PermissionDenied):
        settle(statement.comments.first(), make_user("nobody"))


@pytest.mark.parametrize(
    "sent", [{}, {"text": " "}, {"text": "x", "about": "uid"}, {"settle": "٣"}, {"settle": "9" * 40}, {"field": "title"}]
)
def test_a_comment_that_says_nothing_is_refused_with_a_message(sent):
    incident = make_incident()
    response = say(signed_in("editor"), incident, **sent)
    assert response.status_code == 200 and messages_of(response) and not Comment.objects.exists()


def test_saying_something_saves_nothing_else_and_is_no_part_of_the_record():
    incident = publish_incident()
    version = incident.version
    say(signed_in("contributor"), incident, text="Which unit?", about="summary")
    incident.refresh_from_db()
    assert incident.version == version and not incident.has_unpublished_changes


def test_lists_count_open_comments_and_find_them():
    commented, other = make_actor("One"), make_actor("Two")
    commented.comment(make_colleague("editor"), "Which spelling?")
    client = signed_in("contributor")
    rows = {record.name: record.open_comments for record in client.get(list_url(type(other))).context["cl"].result_list}
    assert rows == {"One": 1, "Two": 0}
    found = client.get(list_url(type(other)), {"queue": "comments"}).context["cl"].result_list
    assert [record.name for record in found] == ["One"]


def test_comments_move_with_a_merge():
    one, other = make_actor("Ministry of Defence"), make_actor("Defence Ministry")
    for actor in (one, other):
        actor.publish(by=make_user())
    one.comment(make_colleague("editor"), "Which spelling?")
    one.merge_into(other, by=make_user(), note="One body.")
    assert [comment.text for comment in other.comments] == ["Which spelling?"] and not one.comments.exists()


# Review


def test_asking_for_changes_sends_back_to_draft_with_a_comment():
    incident = make_incident(review_state="in_review")
    response = say(signed_in("editor", "karim"), incident, ask="changes", text="Name the district.", about="place")
    incident.refresh_from_db()
    assert incident.review_state == "draft" and "draft again" in messages_of(response)
    assert incident.comments.open().get().field == "place"
    assert incident.history.first().history_change_reason == "Asked for changes"


def test_asking_for_changes_needs_words_an_editor_and_a_review():
    editor, contributor = make_colleague("editor"), make_colleague("contributor")
    incident = make_incident(review_state="in_review")
    with pytest.raises(ValidationError):
        incident.ask_for_changes(editor, " ")
    with pytest.raises(PermissionDenied):
        incident.ask_for_changes(contributor, "Please.")
    with pytest.raises(ValidationError):
        make_incident(review_state="approved").ask_for_changes(editor, "Please.")
    incident.refresh_from_db()
    assert incident.review_state == "in_review" and not Comment.objects.exists()


def test_whoever_approves_is_told_of_open_comments():
    incident = make_incident(review_state="in_review")
    incident.comment(make_colleague("contributor"), "Is the date right?")
    client = signed_in("editor")
    response = client.post(desk_url(incident), opened(client, desk_url(incident)) | {"_review": "approved"}, follow=True)
    assert "Saved and approved" in messages_of(response) and "successfully" not in messages_of(response)
    assert "1 open comment" in messages_of(response)


@pytest.mark.parametrize(("role", "state"), [("contributor", "in_review"), ("editor", "approved")])
def test_a_contributors_change_of_what_was_approved_waits_for_review_again(role, state):
    client = signed_in(role)
    incident, unchanged = make_incident(), make_incident()
    with_rows = make_incident()
    with_rows.participations.create(described_as="three individuals", role="target")
    save(client, desk_url(incident), title="Another title")
    save(client, desk_url(unchanged))
    save(client, desk_url(with_rows), participations__0__described_as="four individuals")
    for one, wanted in ((incident, state), (unchanged, "approved"), (with_rows, state)):
        one.refresh_from_db()
        assert one.review_state == wanted


def test_one_button_assigns_an_incident_to_who_presses_it():
    incident = make_incident(review_state="draft")
    save(signed_in("contributor", "farida"), desk_url(incident), _assign="me")
    incident.refresh_from_db()
    assert incident.assigned_to == User.objects.get(username="farida")
