"""The answer to what a reader asked, in one sentence ready to quote, made from the data alone."""

import pytest
from django.utils.translation import override

from incidents.pages import answer_line

TAJIKISTAN = {"type": "actor", "id": "AC-1", "name": "Government of Tajikistan"}
EMBASSY = {"id": "AC-9", "name": "Embassy of China"}


def make_parts(best=5, **kwargs):
    said = {"low": best, "best": best, "high": best, "open_ended": False, "incidents": 2, "not_reported": 0, "uncounted": 0}
    said |= {"measure": "killed", "group": "all", "nationality": "", "start": "2025-11-26", "end": "2025-12-01", "by": [], "others": []}
    return said | kwargs


def make_other(low=6, high=None, **kwargs):
    return {"group": "all", "nationality": "", "low": low, "best": low, "high": high, "recorded": 5, "incidents": 2} | kwargs


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (make_parts(), "5 people killed in 2 incidents, 26 November – 1 December 2025."),
        (make_parts(1, incidents=1, end="2025-11-26"), "1 person killed in 1 incident, 26 November 2025."),
        (make_parts(end="2026-01-18"), "5 people killed in 2 incidents, 26 November 2025 – 18 January 2026."),
        (
            make_parts(nationality="CN", high=6, open_ended=True),
            "5 people (nationals of China; 5-6 or more) killed in 2 incidents, 26 November – 1 December 2025.",
        ),
        (make_parts(group="civilians", measure="injured"), "5 civilians injured in 2 incidents, 26 November – 1 December 2025."),
        (make_parts(None), "2 incidents, 26 November – 1 December 2025; deaths not reported."),
        (make_parts(None, uncounted=1), "2 incidents, 26 November – 1 December 2025; deaths reported without a number."),
        (make_parts(not_reported=1), "5 people killed in 2 incidents, 26 November – 1 December 2025; deaths not reported in 1 of them."),
        (
            make_parts(by=[TAJIKISTAN, None]),
            "5 people killed in 2 incidents, 26 November – 1 December 2025, "
            "by the count of Government of Tajikistan and an article's own words.",
        ),
        (make_parts(by=[TAJIKISTAN] * 4), "5 people killed in 2 incidents, 26 November – 1 December 2025, by the count of 4 origins."),
        (
            make_parts(others=[make_other(by=[TAJIKISTAN, EMBASSY])]),
            "5 people killed in 2 incidents, 26 November – 1 December 2025; Government of Tajikistan and Embassy of China say 6 or more.",
        ),
        (
            make_parts(14, incidents=4, others=[make_other(by=[EMBASSY], nationality="CN")]),
            "14 people killed in 4 incidents, 26 November – 1 December 2025; "
            "Embassy of China says 6 or more nationals of China in 2 of them, where this record holds 5.",
        ),
    ],
)
def test_the_sentence_says_what_the_record_holds(said, sentence):
    assert answer_line.sentence(said) == sentence


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (make_parts(1, incidents=1, end="2025-11-26"), "Погибло: 1 человек в 1 инциденте, 26 ноября 2025."),
        (make_parts(2, group="civilians", measure="injured"), "Ранено: 2 гражданских лица в 2 инцидентах, 26 ноября – 1 декабря 2025."),
        (
            make_parts(5, group="state_forces", measure="detained", incidents=21),
            "Задержано: 5 сотрудников силовых структур в 21 инциденте, 26 ноября – 1 декабря 2025.",
        ),
        (
            make_parts(nationality="CN", high=6, open_ended=True, by=[TAJIKISTAN, None], not_reported=1),
            "Погибло: 5 человек (граждане Китая; 5-6 или больше) в 2 инцидентах, 26 ноября – 1 декабря 2025, "
            "по подсчёту: Government of Tajikistan и слова самой статьи; в 1 из них о погибших не сообщается.",
        ),
        (
            make_parts(22, by=[TAJIKISTAN] * 5),
            "Погибло: 22 человека в 2 инцидентах, 26 ноября – 1 декабря 2025, по подсчёту 5 первоисточников.",
        ),
        (make_parts(None, incidents=1), "1 инцидент, 26 ноября – 1 декабря 2025; о погибших не сообщается."),
        (
            make_parts(14, incidents=4, others=[make_other(by=[EMBASSY], nationality="CN")]),
            "Погибло: 14 человек в 4 инцидентах, 26 ноября – 1 декабря 2025; "
            "иное число: Embassy of China — 6 или больше (граждане Китая) в 2 из них, в этой базе — 5.",
        ),
    ],
)
def test_the_sentence_is_russian_where_the_page_is(said, sentence):
    with override("ru"):
        assert answer_line.sentence(said) == sentence


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (1, "1 заявление"),
        (3, "3 заявления"),
        (11, "11 заявлений"),
        (71, "71 заявление, сделано 26 ноября – 1 декабря 2025; для 5 день не сообщается."),
    ],
)
def test_statements_are_counted_in_russian(statements, words):
    with override("ru"):
        said = {"statements": statements, "dated": statements - 5 * (statements > 5), "start": "2025-11-26", "end": "2025-12-01"}
        assert answer_line.sentence(said).startswith(words)


@pytest.mark.parametrize(
    ("incidents", "words"), [(1, "в 1 инциденте"), (2, "в 2 инцидентах"), (5, "в 5 инцидентах"), (21, "в 21 инциденте")]
)
def test_russian_bends_the_word_with_the_number(incidents, words):
    with override("ru"):
        assert words in answer_line.sentence(make_parts(incidents=incidents))


def test_from_right_to_left_ranges_and_names_keep_their_own_direction():
    with override("prs"):
        said = answer_line.sentence(make_parts(high=6, open_ended=True, by=[TAJIKISTAN]))
    assert "\u20685-6\u2069" in said
    assert "\u2068Government of Tajikistan\u2069" in said


def test_of_no_incident_nothing_is_said():
    assert answer_line.parts([], {}) is None


@pytest.mark.usefixtures("demo_record")
class TestDemoRecord:
    @pytest.mark.parametrize(
        ("path", "words"),
        [
            (
                "/incidents/?nationality=CN",
                "5 people (nationals of China; 5-6 or more) killed in 2 incidents, 26 November – 1 December 2025",
            ),
            ("/incidents/?nationality=CN", "Government of Tajikistan and Embassy of China say 6 or more civilians, nationals of China."),
            ("/map/?place=khatlon", "9 people killed in 2 incidents"),
            ("/incidents/?as_of=2025-12-02", "5 people killed in 2 incidents"),
            ("/tallies/?measure=missing", "4 incidents, 26 November 2025 – 18 January 2026; missing people not reported."),
            ("/statements/", "71 statements, said 1 December 2025 – 18 January 2026; 47 with no day reported."),
        ],
    )
    def test_each_list_and_tally_answers_in_a_sentence(self, client, path, words):
        assert words in self.answer(client, path)

    def test_the_answer_is_dated(self, client):
        assert "as of 2025-12-02T23:59:59Z 2 December 2025" in self.answer(client, "/incidents/?as_of=2025-12-02", with_moment=True)
        assert "as of 2026-01-18" in self.answer(client, "/incidents/", with_moment=True)

    def test_a_tally_is_cited_with_its_moment_and_the_digest_of_the_record(self, client):
        body = client.get("/tallies/?by=province").content.decode()
        cited = body[body.index('id="cite-sentence"') :].split("</p>")[0]
        assert "/tallies/?by=province&amp;as_of=2026-01-18T" in cited and "sha256:" in cited

    def test_the_address_that_a_tally_is_cited_by_shows_the_same_numbers(self, client):
        body = client.get("/tallies/").content.decode()
        pinned = body[body.index("http://testserver/tallies/?as_of=") :].split("<")[0].removeprefix("http://testserver")
        assert self.answer(client, pinned) == self.answer(client, "/tallies/")

    def answer(self, client, path, with_moment=False):
        import html
        import re

        body = client.get(path).content.decode()
        found = re.search(r'<span id="answer-line">(.*?)</p>', body, re.S)[1]
        if with_moment:
            found = re.sub(r'<time[^>]*datetime="([^"]*)">', r"\1 ", found)
        return html.unescape(re.sub(r"<[^>]+>", "", found))
