"""Pages of records around which very much stands: an import can hang thousands of statements on one article."""

import pytest

from tests.factories import make_actor, make_article, make_incident, make_statement, make_user

pytestmark = pytest.mark.django_db


def test_an_article_and_an_actor_with_much_to_show_lead_to_the_lists(client, monkeypatch):
    monkeypatch.setattr("incidents.pages.around.MOST", 2)
    article, actor = make_article(), make_actor()
    for number in range(3):
        incident = make_incident(f"Clash {number}")
        incident.participations.create(actor=actor, role="target")
        make_statement(incident, article=article)
        incident.publish(by=make_user())
    shown = client.get("/articles/AR-1/", follow=True).content.decode()
    assert shown.count('id="ST-') == 2 and "/statements/?source=SO-1" in shown
    shown = client.get("/actors/AC-1/", follow=True).content.decode()
    assert "/incidents/?actor=AC-1&amp;role=target" in shown
