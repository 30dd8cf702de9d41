"""Pages of sources and articles: reliability in words, what was published, what it reports."""

import pytest

from tests.incidents.test_pages import read, text_of

pytestmark = pytest.mark.usefixtures("demo_record")


def test_a_source_says_its_reliability_in_words_with_the_reason(client):
    page = read(client, "/sources/SO-1/")
    assert "F reliability cannot be judged" in page
    assert "Publisher not known" in page


def test_a_source_lists_what_it_published(client):
    assert "Tensions Rise Along the Tajikistan-Afghanistan Border" in read(client, "/sources/SO-1/")


def test_an_article_lists_its_incidents_and_what_it_reports(client):
    page = read(client, "/articles/AR-1/")
    assert "BW-2025-0001" in page or "Drone attack on Chinese workers" in page
    assert "What it reports that was said" in page and "original not held" in page


def test_an_article_not_public_yet_says_so(client):
    answer = client.get("/articles/AR-5/?as_of=2025-12-02")
    assert answer.status_code == 404 and "Not public on that day" in text_of(answer)


def test_an_unknown_record_is_not_found(client):
    for path in ("/sources/SO-999/", "/articles/AR-999/", "/articles/AR-999/?as_of=2025-12-02"):
        assert client.get(path).status_code == 404
