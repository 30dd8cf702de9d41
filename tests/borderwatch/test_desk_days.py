"""The desk's date fields read days as people write them; precision and last day follow from them."""

from datetime import date

import pytest

from incidents.models import Incident, Statement
from sources.models import Article
from tests.desk import desk_url, errors, list_url, opened, save, signed_in
from tests.factories import make_article, make_incident, make_statement

pytestmark = pytest.mark.django_db


def saved(record, **typed):
    response = save(signed_in("contributor"), desk_url(record), **typed)
    assert response.status_code == 302, errors(response)
    record.refresh_from_db()
    return record


def test_a_day_of_a_statement_is_read_from_its_article():
    statement = make_statement(make_incident(), article=make_article(published_on=date(2025, 12, 26)))
    assert saved(statement, said_on="last Thursday").said_on == date(2025, 12, 25)
    assert saved(statement, said_on="24 Dec").said_on == date(2025, 12, 24)


def test_an_answer_in_a_row_is_read_from_the_article_too():
    statement = make_statement(make_incident(), article=make_article(published_on=date(2025, 12, 26)))
    client = signed_in("contributor")
    row = {
        "assertions-TOTAL_FORMS": "1",
        "assertions-0-about": "date",
        "assertions-0-role": "occurrence",
        "assertions-0-starts_on": "Monday",
    }
    response = client.post(desk_url(statement), opened(client, desk_url(statement)) | row)
    assert response.status_code == 302, errors(response)
    assert statement.assertions.get().starts_on == date(2025, 12, 22)


def test_a_month_gives_its_first_day_and_the_precision():
    article = saved(make_article(), published_on="December 2025")
    assert (article.published_on, article.published_precision) == (date(2025, 12, 1), 4)
    assert saved(article, headline="Another").published_precision == 4
    assert saved(article, published_on="24.12.2025").published_precision == 1


def test_a_precision_that_is_set_stays():
    article = saved(make_article(), published_on="2025-12-01", published_precision="4")
    assert (article.published_on, article.published_precision) == (date(2025, 12, 1), 4)


def test_a_week_gives_an_incident_its_first_and_last_day():
    incident = saved(make_incident(), started_on="week of 1 Dec 2025")
    assert (incident.started_on, incident.ended_on, incident.effective_date_precision) == (date(2025, 12, 1), date(2025, 12, 7), 3)


def test_the_last_day_is_read_from_the_first():
    incident = saved(make_incident(), started_on="27 Nov 2025", ended_on="1 Dec")
    assert (incident.started_on, incident.ended_on) == (date(2025, 11, 27), date(2025, 12, 1))


def test_what_is_no_day_is_refused_with_examples():
    incident = make_incident()
    response = save(signed_in("contributor"), desk_url(incident), started_on="soon", ended_on="03/04/2025")
    assert "24 Dec, 24 December 2025" in errors(response) and "3 April 2025 or 4 March 2025" in errors(response)


def test_a_new_incident_takes_a_day_in_words():
    client = signed_in("contributor")
    sent = opened(client, list_url(Incident, "add"))
    client.post(list_url(Incident, "add"), sent | {"title": "Clash", "slug": "clash", "kind": "other", "started_on": "24 Dec 2025"})
    assert Incident.objects.get().started_on == date(2025, 12, 24)


def test_the_form_says_what_precision_follows_and_folds_the_choice():
    page = signed_in("contributor").get(desk_url(make_article())).content.decode()
    assert '<details class="own-precision"><summary>exact day' in page
    assert Article.objects.count() == 1 and not Statement.objects.exists()
