"""Articles that may be one: found by address in any form, and by text in any script."""

import pytest

from sources.models import Article, Shingle
from sources.similar import KEPT, same_address, texts_in_common
from tests.factories import make_article

STORY = [f"On day {day} the district office counted {day * 3} families that had left village number {day}." for day in range(1, 30)]
CYRILLIC = [f"Дар рӯзи {day} идораи ноҳия {day * 3} оиларо, ки аз деҳаи {day} рафтанд, ба қайд гирифт." for day in range(1, 30)]
PERSIAN = [f"در روز {day} اداره ولسوالی {day * 3} خانواده را که از قریه {day} رفته بودند ثبت کرد." for day in range(1, 30)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/news/story.html",
        "http://www.example.org/news/story.html/",
        "https://example.org/news/story.html?utm_source=feed&fbclid=1#top",
        "https://m.example.org/news/story.html",
        "https://amp.example.org/news/story.html",
        "https://example.org/amp/news/story.html",
        "https://example.org/news/story.html?amp=1",
        "https://example.org/news/story.html?outputType=amp",
        "https://example.org/news/story.amp.html",
        "https://example.org/news/story.html/amp/",
        "https://www.google.com/amp/s/example.org/news/story.html",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/story.html",
        "example.org/news/story.html",
    ],
)
def test_an_address_is_known_in_every_form(address):
    article = make_article(url="https://example.org/news/story.html")
    assert same_address(Article.objects.all(), address) == article


@pytest.mark.django_db
@pytest.mark.parametrize(
    "stored", ["http://m.example.org/story", "https://example.org/amp/story", "https://example.org/story?outputType=amp"]
)
def test_a_form_that_is_stored_is_found_by_the_plain_address(stored):
    article = make_article(url=stored)
    assert same_address(Article.objects.all(), "https://www.example.org/story/") == article


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["https://example.org/other", "https://example.org/story?id=2", "https://example.net/story", "", "//", "http://[1"]
)
def test_another_page_is_another_page(address):
    make_article(url="https://example.org/story?id=1")
    assert same_address(Article.objects.all(), address) is None


@pytest.mark.django_db
@pytest.mark.parametrize("story", [STORY, CYRILLIC, PERSIAN], ids=["latin", "cyrillic", "persian"])
def test_a_text_that_stands_in_another_is_found_with_its_share(story):
    copy = make_article(text=" ".join(story))
    make_article(text="An entirely different text, in other words, about the price of melons in the market. " * 4)
    relay = " ".join([*story[:16], *(f"What the agency added itself, sentence {part} of four." for part in range(4))])
    found = texts_in_common(Article.objects.all(), relay.upper())
    assert [one.article for one in found] == [copy]
    assert 0.7 < found[0].share < 0.95 and 0.4 < found[0].its_share < 0.65


@pytest.mark.django_db
def test_the_fingerprint_follows_the_text():
    article = make_article(text=" ".join(STORY))
    assert article.shingles.count() == KEPT
    article.text = " ".join(PERSIAN)
    article.save()
    assert texts_in_common(Article.objects.all(), " ".join(STORY)) == []
    article.text = ""
    article.save()
    assert not Shingle.objects.exists()


@pytest.mark.django_db
def test_a_short_text_is_like_nothing():
    make_article(text="Two guards died.")
    assert texts_in_common(Article.objects.all(), "Two guards died.") == []
