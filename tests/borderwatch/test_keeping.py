"""Parts of pages are kept under what they show: a publication elsewhere leaves them standing, a change in them never does."""

import pytest
from django.core.cache import caches
from django.template import RequestContext, Template
from django.test import RequestFactory

from borderwatch.projection import public_data_changed
from tests.factories import make_actor, make_user, publish_incident

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def kept_anew(monkeypatch):
    """Parts of pages that were rendered and kept, as they are."""
    found, cache = [], caches["rows"]
    write = cache.set
    monkeypatch.setattr(cache, "set", lambda key, text, *rest: (found.append(text), write(key, text, *rest)))
    return found


def test_a_publication_makes_only_its_own_row_anew(client, kept_anew):
    publish_incident(title="Clash at Sarigor")
    client.get("/incidents/")
    kept_anew.clear()
    publish_incident(title="Clash at Bahorak")
    assert client.get("/incidents/").content.count(b"Clash at ") == 2
    (row,) = [part for part in kept_anew if part.startswith("<tr")]
    assert "Bahorak" in row


def test_what_is_kept_is_neither_read_nor_asked_for_again(client, monkeypatch):
    incident = publish_incident(title="Clash at Sarigor")
    address = client.get(f"/api/v1/incidents/{incident.public_id}/").json()["url"]
    before = [client.get(path).content for path in ("/incidents/", address)]
    public_data_changed()
    monkeypatch.setattr("borderwatch.lists.serving.Listed.document", property(lambda item: pytest.fail(item.text)))
    monkeypatch.setattr("incidents.pages.around.editions", lambda page: pytest.fail("its editions"))
    assert [client.get(path).content for path in ("/incidents/", address)] == before


def test_what_a_row_or_a_page_shows_of_another_record_changes_with_it(client):
    speaker = make_actor(name="Ministry of Tides")
    incident = publish_incident(speaker=speaker)
    address = client.get(f"/api/v1/incidents/{incident.public_id}/").json()["url"]
    assert "Ministry of Tides" in client.get(address).content.decode()
    speaker.refresh_from_db()
    speaker.name = "Ministry of Floods"
    speaker.save()
    speaker.publish(by=make_user(), kind="correction", note="Its name is another.")
    page = client.get(address).content.decode()
    assert "Ministry of Floods" in page and "Ministry of Tides" not in page


def rendered(asked="/", **values):
    """A part that is kept, of a request for this address."""
    request = RequestFactory().get(asked)
    request.as_of_asked = request.GET.get("as_of", "")
    part = Template('{% load keeping record %}{% kept "rows" shown %}{{ unnamed }} {% page "incident-list" %}{% endkept %}')
    return part.render(RequestContext(request, values))


def test_a_part_is_kept_for_its_values_its_day_and_its_language(settings):
    assert rendered(shown={"id": 1}, unnamed="first") == "first /incidents/"
    assert rendered(shown={"id": 1}, unnamed="second") == "first /incidents/"
    assert rendered(shown={"id": 2}, unnamed="third") == "third /incidents/"
    assert rendered("/?as_of=2026-01-18", shown={"id": 1}, unnamed="then") == "then /incidents/?as_of=2026-01-18"
    settings.CONTACT_EMAIL = "editors@example.org"
    assert rendered(shown={"id": 1}, unnamed="fourth") == "fourth /incidents/"


def test_what_cannot_be_written_down_is_refused_rather_than_confused():
    with pytest.raises(TypeError):
        rendered(shown=object(), unnamed="one")
