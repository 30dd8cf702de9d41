"""Readers' pages in English, Russian, Tajik and Dari: nothing left out, nothing broken, the language kept, no cookie."""

import re

import pytest
from django.conf import settings
from django.utils.translation import ngettext, override

from borderwatch.texts import dating
from borderwatch.texts.translations import translated
from tests import catalogues
from tests.catalogues import ROOT
from tests.page_words import in_latin

CODES = [code for code, _name in settings.LANGUAGES]
TRANSLATED = [code for code in CODES if code != settings.LANGUAGE_CODE]
PAGES = (
    "/ /incidents/ /incidents/BW-2025-0001/ /incidents/BW-2025-0001/editions/ /map/ /timeline/ /statements/ /statements/ST-1/ /actors/ "
    "/actors/AC-1/ /sources/ /sources/SO-1/ /articles/ /articles/AR-1/ /places/ /places/khatlon/ /tallies/ /tallies/comparisons/ "
    "/corrections/ /methodology/ /data/ /about/"
).split()
TOLD_PAGES = (
    "/changes/ /changes/?from=2025-12-02 /incidents/BW-2025-0001/editions/compare/?from=1&to=4 /incidents/BW-2025-0003/ "
    "/statements/ST-1/editions/compare/?all /actors/AC-1/editions/ /incidents/?killed_min=1&as_of=2025-12-28 /data/dictionary/ /feeds/"
).split()
SAME_IN_RUSSIAN = (
    r"BorderWatch|Natural Earth|UCDP GED|date_prec|where_prec|Frictionless|OpenAPI|JavaScript|Chromium|Firefox|Safari|https?://\S+"
    r"|\b(?:API|CSV|Excel|GeoJSON|JSON lines|CSL-JSON|JSON|SVG|ZIP|BibTeX|RIS|UTC|CC BY|ISO|ACLED|cookie|null|BW-1)\b"
    r"|sha256:\S+|\b(?:BW|ST|AR|AC|SO|FG)-[\d-]+\b"
)
"""Names of programs, formats and standards, and ids: what a Russian page writes in Latin letters too."""
TEMPLATES = [path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts]
READERS_ROOMS = ("borderwatch/public", "borderwatch/lists", "borderwatch/templatetags", "incidents/pages", "incidents/templatetags")
MODULES = [
    *(path for room in READERS_ROOMS for path in (ROOT / room).glob("*.py")),
    *(ROOT / "borderwatch" / f"{name}.py" for name in "codes texts/dating texts/field_words texts/nationals texts/telling".split()),
    *(ROOT / "borderwatch" / f"{name}.py" for name in "texts/text_differences texts/words formats/months".split()),
    *(ROOT / f"{name}.py" for name in "incidents/filters incidents/views incidents/feeds sources/filters sources/views".split()),
]


def marks(text):
    """What a translation must keep: placeholders, tags, and nothing that would be a tag only in one of the two."""
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*\}|</?\w+[^>]*>|%[sd]", text))


# The catalogues


def untranslated(language):
    known = {entry.key for entry in catalogues.entries(language) if all(entry.forms.values())}
    return {key: files for key, files in catalogues.asked(TEMPLATES + MODULES).items() if key not in known}


def test_every_text_of_the_readers_pages_is_translated_into_russian():
    assert not untranslated("ru")


@pytest.mark.parametrize("language", ["tg", "prs"])
def test_nearly_every_text_of_the_readers_pages_is_translated_into_tajik_and_dari(language):
    assert len(untranslated(language)) < 30, untranslated(language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess_that_nobody_looked_at(language):
    assert not [entry.text for entry in catalogues.entries(language) if "fuzzy" in entry.flags]


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_and_tags_are_those_of_the_english(language):
    for entry in catalogues.entries(language)[1:]:
        for number, form in entry.forms.items():
            english = entry.plural if number and entry.plural else entry.text
            assert not form or marks(form) == marks(english), entry.text


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_what_its_source_says(language):
    source, compiled = catalogues.source(language), catalogues.compiled(language)
    source.pop(""), compiled.pop("")
    assert compiled == source


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_with_a_number_has_each_plural_form(language):
    wanted = {0, 1, 2} if language == "ru" else {0, 1}
    assert {frozenset(entry.forms) for entry in catalogues.entries(language) if entry.plural} == {frozenset(wanted)}


def test_our_voice_calls_nobody_a_terrorist_in_any_language():
    for language in TRANSLATED:
        for entry in catalogues.entries(language):
            assert "“terrorist" in entry.text or not re.search("террорист|тероррист|تروریست", "".join(entry.forms.values())), entry.text


def test_russian_numbers_take_three_forms():
    with override("ru"):
        assert [ngettext("incident", "incidents", number) for number in (1, 2, 5, 11, 21)] == [
            "инцидент",
            "инцидента",
            "инцидентов",
            "инцидентов",
            "инцидент",
        ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("24 December 2025", "between 27 November and 1 December 2025", "November 2025")),
        ("ru", ("24 декабря 2025", "между 27 ноября и 1 декабря 2025", "ноябрь 2025")),
        ("tg", ("24 декабри соли 2025", "дар байни 27 ноябр ва 1 декабри соли 2025", "ноябри соли 2025")),
        ("prs", ("24 دسمبر 2025", "بین 27 نومبر و 1 دسمبر 2025", "نومبر 2025")),
    ],
)
def test_dates_are_said_as_the_language_says_them(language, words):
    asked = (("2025-12-24",), ("2025-11-27", "2025-12-01", 2), ("2025-11-01", "2025-11-30", 4))
    with override(language):
        assert tuple(re.sub("<[^>]+>", "", dating.in_words(*dates)) for dates in asked) == words


def test_lists_on_readers_pages_take_the_comma_of_the_language():
    bare = {path.name for path in TEMPLATES if ", " in text_alone(path)}
    assert bare <= {"_cite.html", "500.html", "data.html"}, "a citation, and pages that are English alone"


def text_alone(path):
    """A template without what is translated, tags and variables."""
    tokens = r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}"
    return re.sub("<[^>]*>", "", re.sub(tokens, "", path.read_text(encoding="utf-8"), flags=re.S))


# What stands on a page in its language


def test_a_record_shows_its_translation_and_says_where_there_is_none():
    document = {"id": "BW-2025-0009", "title": "Clash", "summary": "Two.", "translations": {"ru": {"title": "Бой"}}}
    russian, tajik = (translated(document, language, {}) for language in ("ru", "tg"))
    assert (russian["title"], russian["summary"], russian["untranslated"]) == ("Бой", "Two.", False)
    assert (tajik["title"], tajik["untranslated"]) == ("Clash", True)
    assert document["title"] == "Clash"


def test_names_follow_wherever_a_record_is_referred_to():
    known = {"AC-4": "Власти", "khatlon": "Хатлон"}
    place = {"id": "khatlon", "name": "Khatlon"}
    shown = translated({"origins": [{"id": "AC-4", "name": "Authorities"}], "answer": {"value": "Khatlon", "place": place}}, "ru", known)
    assert shown == {"origins": [{"id": "AC-4", "name": "Власти"}], "answer": {"value": "Хатлон", "place": place | {"name": "Хатлон"}}}


@pytest.mark.usefixtures("demo_record")
class TestPages:
    """Pages of the demonstration record, whose titles and names are translated into Russian."""

    @pytest.mark.parametrize("language", CODES)
    def test_every_page_answers_without_a_cookie_and_keeps_its_language(self, client, language):
        prefix = "" if language == "en" else f"/{language}"
        for path in PAGES:
            answer = client.get(prefix + path, follow=True, headers={"accept-language": "fr"})
            body = answer.content.decode()
            assert answer.status_code == 200, path
            assert not answer.cookies, path
            assert f'<html lang="{language}" dir="{"rtl" if language == "prs" else "ltr"}">' in body
            own = re.sub(r"<nav class=\"languages\".*?</nav>|<link[^>]*>", "", body, flags=re.S)
            links = [link for link in re.findall(r'<a [^>]*href="(/[^"]*)"', own) if not has_no_language(link)]
            assert links
            assert all(language_of(link) == language for link in links), (path, [one for one in links if language_of(one) != language])

    def test_each_page_names_itself_in_the_other_languages_with_its_parameters(self, client):
        body = client.get("/ru/incidents/?killed_min=1&as_of=2025-12-28").content.decode()
        for code in CODES:
            prefix = "" if code == "en" else f"/{code}"
            address = f"{prefix}/incidents/?killed_min=1&amp;as_of=2025-12-28"
            assert f'<link rel="alternate" hreflang="{code}" href="http://testserver{address}">' in body
            assert f'<a href="{address}" lang="{code}" hreflang="{code}"' in body

    def test_only_unread_translations_say_so(self, client):
        pages = {code: client.get("/about/" if code == "en" else f"/{code}/about/").content.decode() for code in CODES}
        assert [code for code, page in pages.items() if 'class="banner unreviewed"' in page] == ["tg", "prs"]

    def test_a_russian_page_shows_russian_titles_and_names(self, client):
        body = client.get("/ru/incidents/BW-2025-0001/", follow=True).content.decode()
        assert "Атака беспилотника на китайских рабочих" in body
        assert "Правительство Таджикистана" in body
        assert "ещё не переведено" not in body

    def test_an_english_title_on_another_page_is_marked_as_english(self, client):
        body = client.get("/tg/incidents/BW-2025-0001/", follow=True).content.decode()
        assert re.search(r'<h1 dir="auto" lang="en">Drone attack [^<]*<span class="untranslated quiet">\(ҳанӯз тарҷума нашудааст\)', body)

    def test_words_that_the_record_keeps_in_english_are_marked_where_the_page_is_not(self, client):
        english, dari = (client.get(f"{prefix}/incidents/BW-2025-0001/", follow=True).content.decode() for prefix in ("", "/prs"))
        assert '<span class="line quiet" dir="auto" lang="en">In the border region' in dari
        of_others = r'<html[^>]*>|<link[^>]*>|<blockquote[^>]*>|<\w+ class="verbatim[^>]*>|<a [^>]*hreflang[^>]*>'
        assert ' lang="en"' not in re.sub(of_others, "", english)

    def test_no_russian_page_says_an_english_word_that_is_not_marked_as_english(self, client):
        pages = {path: client.get(f"/ru{path}", follow=True).content.decode() for path in [*PAGES, *TOLD_PAGES]}
        assert {path: found for path, page in pages.items() if (found := in_latin(page, "ru", SAME_IN_RUSSIAN))} == {}

    def test_names_are_translated_on_pages_of_an_earlier_day_too(self, client):
        assert "Правительство Таджикистана" in client.get("/ru/incidents/?as_of=2025-12-28").content.decode()

    def test_a_feed_and_a_chosen_filter_speak_the_language_too(self, client):
        assert "Вооружённое нападение на китайских рабочих" in client.get("/ru/feeds/incidents.atom").content.decode()
        body = client.get("/ru/incidents/?actor=AC-1&place=khatlon").content.decode()
        chips = re.search(r'<ul class="chips".*?</ul>', body, re.S).group()
        assert "Правительство Таджикистана" in chips
        assert "Хатлонская область" in chips

    def test_drawings_use_a_point_in_every_language(self, client):
        for path in ("/ru/map/", "/ru/timeline/", "/ru/tallies/", "/ru/places/khatlon/"):
            assert not re.search(r'\b(?:x|y|x1|x2|cx|cy|r|width|height)="\d+,\d+"', client.get(path).content.decode())


def has_no_language(link):
    """Addresses that have no language: the API, the files, pictures, the desk."""
    return re.match(r"/(api|media|static|admin)/|/[\w-]+\.(csv|xlsx|jsonl|geojson|zip)", link)


def language_of(link):
    found = re.match(r"/(ru|tg|prs)/", link)
    return found.group(1) if found else "en"
