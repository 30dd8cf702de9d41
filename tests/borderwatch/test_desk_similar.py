"""What the desk says of records that may be one: while they are typed, on their form, and after they are saved."""

import pytest

from incidents.models import Actor, Incident
from sources.models import Article
from tests.desk import desk_url, list_url, messages_of, opened, save, signed_in
from tests.factories import make_actor, make_article, make_incident, make_place, make_source, make_statement, make_user

pytestmark = pytest.mark.django_db
STORY = " ".join(f"On day {day} the office counted {day * 3} families that had left village number {day}." for day in range(1, 20))


def said(model, role="contributor", **typed):
    response = signed_in(role).post(list_url(model, "similar"), typed)
    assert response.status_code == 200
    return response.content.decode()


def test_an_actor_called_alike_in_another_script_is_shown_with_the_way_there():
    actor = make_actor("Emomali Rahmon", kind="person")
    make_actor("Rahimov", kind="person")
    page = said(Actor, name="Раҳмон")
    assert "Emomali Rahmon" in page and desk_url(actor) in page and "Rahimov" not in page


def test_an_article_at_the_same_address_and_of_the_same_text_is_shown():
    make_article("Families leave", url="https://example.org/story")
    make_article("Counted", text=STORY)
    assert "Families leave" in said(Article, url="http://m.example.org/story/?utm_source=x")
    page = said(Article, text=f"{STORY} And a closing sentence of a few words that the other outlet wrote by itself.")
    assert "Counted" in page and "all of its text stands in this one" in page


def test_an_incident_of_the_same_days_and_place_is_shown():
    khatlon = make_place(latitude=37.8, longitude=69.6)
    make_incident("Known clash", place=khatlon)
    page = said(Incident, kind="armed_clash", started_on="24 Dec 2025", place=str(khatlon.pk))
    assert "Known clash" in page and "Khatlon" in page
    assert "Known clash" in said(Incident, kind="armed_clash", started_on="2025-12-24", latitude="37.7, 69.5")
    assert "Known clash" not in said(Incident, kind="armed_clash", started_on="2025-12-25")


def test_a_name_of_two_alphabets_is_named():
    assert "“a” is Latin" in said(Actor, name="Рaхмон")


def test_nonsense_is_answered_with_nothing():
    assert "<" not in said(Incident, kind="x" * 5000, started_on="\0", place="a", latitude="nan")
    assert "<" not in said(Article, url="http://[1", text="\0" * 200)
    assert "<" not in said(Actor, name="\n\n", aliases="\0")


def test_without_a_script_it_is_said_after_the_save_which_went_through():
    make_actor("Emomali Rahmon", kind="person")
    client = signed_in("contributor")
    sent = opened(client, list_url(Actor, "add")) | {"name": "Rakhmon", "slug": "rakhmon", "kind": "person"}
    del sent["outlets"]
    response = client.post(list_url(Actor, "add"), sent, follow=True)
    assert Actor.objects.filter(name="Rakhmon").exists()
    assert "Perhaps it is here already" in messages_of(response) and "Emomali Rahmon" in messages_of(response)


def test_an_editor_is_led_to_the_merge_page_of_two_public_records_and_a_contributor_is_not():
    one, other = make_actor("Rahmon", kind="person"), make_actor("Rakhmon", kind="person")
    incident = make_incident()
    for speaker in (one, other):
        make_statement(incident, speaker=speaker)
    incident.publish(by=make_user())
    other.refresh_from_db()
    one.refresh_from_db()
    link = f"{desk_url(other, 'merge')}?into={one.public_id}"
    assert link in signed_in("editor").get(desk_url(other)).content.decode()
    page = signed_in("contributor").get(desk_url(other)).content.decode()
    assert desk_url(one) in page and link not in page


def test_a_save_that_changes_no_name_says_nothing():
    make_actor("Rahmon", kind="person")
    response = save(signed_in("contributor"), desk_url(make_actor("Rakhmon", kind="person")), description="Changed.")
    assert response.status_code == 302
    assert "Perhaps" not in messages_of(signed_in("contributor", "another").get(list_url(Actor)))


def test_the_words_of_a_day_are_read_back():
    article = make_article(published_on="2025-12-26", source=make_source())
    client, url = signed_in("contributor"), list_url(make_statement(article=article), "day")
    answer = client.post(url, {"_day": "assertions-0-starts_on", "assertions-0-starts_on": "Monday", "article": article.pk}).json()
    assert answer == {"words": "Monday 22 December 2025", "is_wrong": False}
    assert client.post(url, {"_day": "said_on", "said_on": "soon"}).json()["is_wrong"]
    assert client.post(url, {}).json()["words"] == ""
