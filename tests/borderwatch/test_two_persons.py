"""The two-person rule: who wrote the last change may not publish it; only where the setting says so."""

import pytest
from django.core.exceptions import ValidationError

from borderwatch.publishing.two_persons import last_writers
from borderwatch.publishing.verbs import publish_many
from tests.desk import desk_url, make_colleague, save, signed_in
from tests.factories import make_incident, make_statement, publish_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_persons(settings):
    settings.TWO_PERSONS = True


def changed(record, by, **values):
    """The record, saved with these values in somebody's name."""
    record = type(record).objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = by
    record.save()
    return record


def test_who_wrote_the_last_change_may_publish_it_unless_the_rule_is_on(settings):
    writer = make_colleague("editor", "farida")
    incident = changed(make_incident(), writer, title="A clash")
    assert incident.publish(by=writer)


@pytest.mark.usefixtures("two_persons")
def test_who_wrote_the_last_change_may_not_publish_it():
    writer, other = make_colleague("editor", "farida"), make_colleague("editor", "karim")
    make_colleague("contributor")
    incident = changed(make_incident(), writer, title="A clash")
    with pytest.raises(ValidationError, match=r"somebody else has to publish it. Who may: karim\."):
        incident.publish(by=writer)
    with pytest.raises(ValidationError, match="Say who publishes"):
        incident.publish(by=None)
    assert incident.publish(by=other)


@pytest.mark.usefixtures("two_persons")
def test_reviewing_assigning_and_noting_are_no_change():
    writer, editor = make_colleague("contributor", "farida"), make_colleague("editor", "karim")
    incident = changed(make_incident(review_state="in_review"), writer, title="A clash")
    incident = changed(incident, editor, review_state="approved", assigned_to=editor, note="Seen.")
    assert incident.publish(by=editor)


@pytest.mark.usefixtures("two_persons")
def test_a_row_inside_counts_and_so_does_what_goes_along():
    editor = make_colleague("editor", "karim")
    incident = make_incident()
    statement = make_statement(incident, killed=3)
    figure = statement.figures.get()
    figure.low, figure._history_user = 2, editor
    figure.save()
    with pytest.raises(ValidationError, match="last change to “Narration"):
        incident.publish(by=editor)
    assert incident.publish(by=make_colleague("editor", "farida"))


@pytest.mark.usefixtures("two_persons")
def test_a_list_of_other_records_counts():
    editor = make_colleague("editor", "karim")
    article = publish_incident().statements.get().article
    article._history_user = editor
    article.cites.add(article.source)
    assert last_writers([article]) == {article: editor.pk}


@pytest.mark.usefixtures("two_persons")
def test_the_publish_page_says_it_beforehand_and_the_button_is_not_there():
    incident, client = make_incident(), signed_in("editor", "karim")
    save(client, desk_url(incident), title="A clash")
    page = client.get(desk_url(incident, "publish")).content.decode()
    assert "somebody else has to publish it" in page and 'name="press"' not in page
    assert 'name="press"' in signed_in("editor", "farida").get(desk_url(incident, "publish")).content.decode()


@pytest.mark.usefixtures("two_persons")
def test_many_records_are_asked_in_few_questions(django_assert_max_num_queries):
    writer, editor = make_colleague("editor", "farida"), make_colleague("editor", "karim")
    incidents = [changed(make_incident(), writer, title=f"Clash {number}") for number in range(30)]
    with django_assert_max_num_queries(3):
        assert set(last_writers(incidents).values()) == {writer.pk}
    with pytest.raises(ValidationError) as refused:
        publish_many(incidents, by=writer)
    assert len(refused.value.messages) == 5
    assert publish_many(incidents, by=editor)
