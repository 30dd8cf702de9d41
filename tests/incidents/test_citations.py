"""An incident is cited by the edition that was read, and described to machines in words that stand on its page."""

import html
import json
import re

import pytest

from incidents.pages import citations

DOCUMENT = {
    "id": "BW-2025-0001",
    "title": "Shots at 50% & more_\nnear {the} river",
    "edition": {"number": 3, "valid_from": "2025-12-26T09:00:00Z", "digest": "sha256:abc"},
}
URL = "https://example.org/incidents/BW-2025-0001/editions/3/"
DRONE = "/incidents/BW-2025-0001/drone-attack-chinese-mining-workers/"


def test_bibtex_keeps_signs_that_tex_reads():
    text = citations.citation(DOCUMENT, URL, "bib")
    assert r"title = {Shots at 50\% \& more\_ near \{the\} river}" in text.replace("{{", "{").replace("}}", "}")
    assert "year = {2025}" in text and f"url = {{{URL}}}" in text and text.count("{") == text.count("}")


def test_ris_is_lines_of_tag_and_value_that_end():
    lines = citations.citation(DOCUMENT, URL, "ris").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert lines[0] == "TY  - ELEC" and lines[-2:] == ["ER  - ", ""] and "ET  - 3" in lines


def test_csl_json_parses_and_is_dated_by_the_edition():
    (item,) = json.loads(citations.citation(DOCUMENT, URL, "json"))
    assert (item["issued"]["date-parts"], item["version"], item["URL"]) == ([[2025, 12, 26]], "3", URL)


@pytest.mark.usefixtures("demo_record")
class TestDemoRecord:
    @pytest.mark.parametrize("form", citations.FORMS)
    def test_the_file_is_pinned_to_the_edition_that_readers_see(self, client, form):
        now = client.get(f"/incidents/BW-2025-0001/cite.{form}")
        assert "/incidents/BW-2025-0001/editions/7/" in now.content.decode()
        assert now.headers["Content-Type"].startswith(citations.FORMS[form][0])
        then = client.get(f"/incidents/BW-2025-0001/cite.{form}?as_of=2025-12-02").content
        assert then == client.get(f"/incidents/BW-2025-0001/editions/2/cite.{form}").content

    def test_the_page_shows_each_citation_as_its_file_has_it(self, client):
        body = html.unescape(client.get(DRONE).content.decode())
        for form in citations.FORMS:
            text = client.get(f"/incidents/BW-2025-0001/editions/7/cite.{form}").content.decode()
            assert text.replace("\r\n", "\n").strip() in body.replace("\r\n", "\n")

    def test_the_data_for_search_engines_says_nothing_beside_the_page(self, client):
        body = client.get(DRONE).content.decode()
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.S)
        seen = re.sub(r"\s+", " ", html.unescape(re.sub(r"</?(?:bdi|cite|a|span)\b[^>]*>", "", body.replace(block[0], ""))))
        said = [text for key, text in texts(json.loads(block[1])) if key[0] != "@" and not text.startswith("http://testserver/")]
        assert len(said) > 30
        assert [text for text in said if re.sub(r"\s+", " ", text) not in seen and text[:10] not in seen] == []

    def test_every_incident_is_described_in_every_language(self, client):
        for prefix in ("/ru", "/tg", "/prs"):
            body = client.get(f"{prefix}/incidents/BW-2025-0003/", follow=True).content.decode()
            json.loads(re.search(r'ld\+json">(.*?)</script>', body, re.S)[1])

    def test_its_links_lead_to_pages_of_the_record(self, client):
        block = re.search(r'ld\+json">(.*?)</script>', client.get(DRONE).content.decode(), re.S)[1]
        links = {text.removeprefix("http://testserver") for key, text in texts(json.loads(block)) if key == "url"}
        assert links and all(client.get(link).status_code == 200 for link in links)

    def test_words_cannot_end_the_data_block(self, client):
        from tests.factories import make_incident, make_statement, make_user

        incident = make_incident(title="</script><b>&amp;")
        make_statement(incident, killed=1)
        incident.publish(by=make_user())
        body = client.get(f"/incidents/{incident.edition.public_id}/", follow=True).content.decode()
        block = re.search(r'ld\+json">(.*?)</script>', body, re.S)[1]
        assert json.loads(block)["@graph"][0]["name"] == "</script><b>&amp;"


def texts(value, key="-"):
    """Every text of the data with the key under which it stands."""
    if isinstance(value, str):
        yield key, value
    pairs = value.items() if isinstance(value, dict) else ((key, one) for one in value) if isinstance(value, list) else ()
    for name, one in pairs:
        yield from texts(one, name)
