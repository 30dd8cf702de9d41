"""The readers' pages of the demo record say what the record holds."""

import html
import json
import re

import pytest

from incidents.published import PublishedIncident, PublishedStatement
from tests.factories import make_incident, make_statement, make_user, publish_incident

pytestmark = pytest.mark.usefixtures("demo_record")
DRONE, ASSAULT, CLASH, FOUR = "BW-2025-0001", "BW-2025-0002", "BW-2025-0003", "BW-2026-0001"
EVERY = {DRONE, ASSAULT, CLASH, FOUR}


def text_of(answer):
    """What a reader of the page sees, in one line."""
    body = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.S)
    words = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))
    return re.sub(r" (?=[,.:;)])", "", words)


def read(client, path):
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return text_of(answer)


def incidents_on(client, path):
    return {public_id for public_id in EVERY if public_id in read(client, path)}


@pytest.mark.parametrize(
    "path",
    "/ /incidents/ /map/ /timeline/ /statements/ /statements/ST-1/ /actors/ /actors/AC-1/ /sources/ /sources/SO-1/ /articles/ "
    "/articles/AR-1/ /places/ /places/khatlon/ /tallies/ /tallies/comparisons/ /corrections/ /methodology/ /data/ /about/".split(),
)
def test_every_page_answers_without_a_cookie(client, path):
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_the_incident_page_answers_what_when_where_how_many_and_how_sure(client):
    page = read(client, f"/incidents/{DRONE}/")
    for answer in (
        "26 November 2025",
        "province not reported",
        "3 killed by the count of Government of Tajikistan",
        "injured: not reported",
        "Corroborated: Government of Tajikistan, Government of China.",
        "Disputed: who did it",
    ):
        assert answer in page, answer


def test_a_number_opens_to_its_claims_with_words_speaker_article_and_reliability(client):
    body = client.get(f"/incidents/{DRONE}/", follow=True).content.decode()
    opened = re.search(r'<details class="number" id="killed">.*?</details>', body, re.S).group()
    for part in ("three Chinese citizens", "Government of Tajikistan", "reliability cannot be judged", "Tajikistan reinforces frontier"):
        assert part in opened, part


def test_figures_for_several_incidents_stand_beside_each_of_them(client):
    for public_id in (DRONE, ASSAULT):
        assert "6 or more civilians, nationals of China killed" in read(client, f"/incidents/{public_id}/")


def test_accounts_that_differ_stand_side_by_side(client):
    page = read(client, f"/incidents/{CLASH}/")
    assert "24 December 2025" in page and "25 December 2025" in page
    assert "terrorist organization" in page and "intruders" in page and "militants" in page


def test_a_statement_can_be_linked_to(client):
    statement = PublishedStatement.objects.current().order_by("pk").first().public_id
    body = client.get(f"/incidents/{DRONE}/", follow=True).content.decode()
    assert f'id="{statement}"' in body and f'href="/statements/{statement}/"' in body


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", EVERY),
        ("kind=drone_strike", {DRONE}),
        ("place=khatlon", {CLASH, FOUR}),
        ("killed_min=5", {CLASH}),
        ("evidence=corroborated", {DRONE, ASSAULT}),
        ("q=guards&place=khatlon", {CLASH}),
        ("as_of=2025-11-20", set()),
        ("as_of=2025-12-02", {DRONE, ASSAULT}),
        ("as_of=2025-12-28", {DRONE, ASSAULT, CLASH}),
    ],
)
def test_the_list_shows_what_was_asked_for(client, query, wanted):
    assert incidents_on(client, f"/incidents/?{query}") == wanted


def test_a_misspelt_parameter_is_named_and_the_rest_is_shown(client):
    page = read(client, "/incidents/?plaec=khatlon")
    assert "plaec" in page and "not known here" in page
    assert set(re.findall(r"BW-\d{4}-\d{4}", page)) >= EVERY


def test_a_malformed_value_shows_its_error_and_no_rows(client):
    page = read(client, "/incidents/?since=yesterday")
    assert "YYYY-MM-DD" in page
    assert not re.findall(r"BW-\d{4}-\d{4}", page)


def test_downloads_keep_the_filters(client):
    body = client.get("/incidents/?place=khatlon&as_of=2025-12-28&cursor=").content.decode()
    for code in ("csv", "geojson", "jsonl", "xlsx"):
        assert f'href="/incidents.{code}?place=khatlon&amp;as_of=2025-12-28"' in body


def test_every_file_that_a_page_offers_is_there(client):
    for path in ("/incidents/?place=khatlon", "/statements/", "/actors/", "/articles/", "/sources/", "/data/"):
        offered = re.findall(r'href="(/[\w/]+\.(?:csv|jsonl|geojson|xlsx)[^"]*)"', client.get(path).content.decode())
        assert offered
        for address in offered:
            answer = client.get(html.unescape(address))
            assert answer.status_code == 200 and b"".join(answer), address


def test_a_chosen_filter_can_be_taken_back(client):
    body = client.get("/incidents/?place=khatlon&kind=armed_clash").content.decode()
    assert 'href="/incidents/?kind=armed_clash"' in body and 'href="/incidents/?place=khatlon"' in body


def test_choosing_one_kind_leaves_the_others_to_be_chosen(client):
    page = read(client, "/incidents/?kind=drone_strike")
    assert "Armed clash (2)" in page


def test_headings_sort_and_say_so(client):
    body = client.get("/incidents/?ordering=-killed").content.decode()
    assert 'aria-sort="descending"' in body
    killed = [int(number) for number in re.findall(r'short-best">(\d+)', body)]
    assert killed == [5, 4, 3, 2]


def test_links_stay_on_the_day_that_is_shown(client):
    body = client.get(f"/incidents/{DRONE}/drone-attack-chinese-mining-workers/?as_of=2025-12-02").content.decode()
    assert "The record as it stood on" in body
    assert 'href="/statements/ST-1/?as_of=2025-12-02"' in body


def test_a_record_of_another_day_shows_that_day(client):
    assert "week of 24 November 2025" in read(client, f"/incidents/{DRONE}/?as_of=2025-12-02")
    answer = client.get(f"/incidents/{CLASH}/?as_of=2025-12-02")
    assert answer.status_code == 404 and "Not public on that day" in text_of(answer)


def test_the_future_is_refused(client):
    answer = client.get(f"/incidents/{DRONE}/?as_of=2999-01-01")
    assert answer.status_code == 400 and "future" in text_of(answer)


def test_the_tally_is_the_sum_of_the_record(client):
    page = read(client, "/tallies/?since=2025-11-01&until=2026-01-18")
    assert "14 killed 14-15 or more in 4 incidents" in page


def test_not_reported_is_never_zero(client):
    page = read(client, "/tallies/?measure=missing")
    assert "not reported" in page and " 0 missing" not in page


def test_the_count_by_afp_is_compared(client):
    page = read(client, "/tallies/comparisons/")
    assert "Agence France-Presse" in page
    assert re.search(r"Incidents with deaths 5 or more 4 at least 1 .*Killed 16 14 \(14-15 or more\) 2", page)


def test_the_border_shows_its_three_lengths(client):
    page = read(client, "/places/tajikistan-afghanistan-border/")
    assert sum(length in page.replace(",", "") for length in ("1357", "1344", "1350")) >= 1


def test_an_old_edition_stays_readable(client):
    page = read(client, f"/incidents/{DRONE}/editions/1/")
    assert "Edition 1" in page
    assert client.get(f"/incidents/{DRONE}/editions/99/").status_code == 404


def test_an_address_without_or_with_another_slug_moves_to_its_own(client):
    for path in (f"/incidents/{DRONE}/", f"/incidents/{DRONE}/another-slug/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/incidents/{DRONE}/drone-attack-chinese-mining-workers/")


def test_a_withdrawn_record_says_why_and_since_when(client):
    publish_incident(title="Shots near the river")
    row = PublishedIncident.objects.current().get(title="Shots near the river")
    incident = make_record_of(row)
    incident.withdraw(by=make_user(), reason="It did not happen here.")
    answer = client.get(f"/incidents/{row.public_id}/")
    assert answer.status_code == 410
    assert f"Withdrawn: {row.public_id}" in text_of(answer) and "It did not happen here." in text_of(answer)
    assert "Shots near the river" not in text_of(answer) and row.slug not in answer.content.decode()
    assert "Shots near the river" in client.get(f"/incidents/{row.public_id}/editions/").content.decode()


def make_record_of(row):
    from incidents.models import Incident

    return Incident.objects.get(uid=row.uid)


def test_words_of_the_desk_cannot_become_markup(client):
    incident = make_incident(title="<script>alert(1)</script> & co")
    make_statement(incident, killed=1, text="<b>bold</b>")
    incident.publish(by=make_user())
    row = PublishedIncident.objects.current().get(slug=incident.slug)
    body = client.get(f"/incidents/{row.public_id}/{row.slug}/").content.decode()
    assert "<script>alert" not in body and "<b>bold" not in body


def test_the_feeds_hold_what_is_public(client):
    feed = client.get("/feeds/incidents.atom?place=khatlon").content.decode()
    assert CLASH in feed and DRONE not in feed
    assert client.get("/feeds/corrections.atom").status_code == 200


def test_the_sitemap_lists_every_public_record(client):
    sitemap = client.get("/sitemap.xml").content.decode()
    assert all(f"/incidents/{public_id}/" in sitemap for public_id in EVERY)


def test_a_large_sitemap_is_an_index_of_smaller_ones(client, monkeypatch):
    monkeypatch.setattr("borderwatch.public.sitemaps.ADDRESSES_AT_ONCE", 3)
    assert "/sitemap-incident.xml" in client.get("/sitemap.xml").content.decode()
    assert f"/incidents/{DRONE}/" in client.get("/sitemap-incident.xml").content.decode()


def test_no_inline_style_or_script_stands_on_a_page(client):
    for path in ("/", "/incidents/", f"/incidents/{DRONE}/", "/map/", "/timeline/", "/tallies/"):
        body = client.get(path, follow=True).content.decode()
        assert not re.search(r"<script(?![^>]*src=)(?! type=\"application/ld\+json\")|\sstyle=|\son\w+=", body), path


def test_the_sitemap_lists_exactly_what_is_public_in_every_language(client, settings):
    from borderwatch.published import public_kinds
    from incidents.places import Place

    sitemap = client.get("/sitemap.xml", HTTP_ACCEPT_LANGUAGE="ru").content.decode()
    paths = [path.removeprefix("http://testserver") for path in re.findall(r"<loc>(.*?)</loc>", sitemap)]
    own = [path for path in paths if not re.match("/(ru|tg|prs)/", path)]
    records = [
        row.document and re.search('"url": "([^"]+)"', row.document)[1]
        for model in public_kinds().values()
        for row in model.objects.current()
    ]
    places = [f"/places/{slug}/" for slug in Place.objects.values_list("slug", flat=True)]
    standing = [path for path in own if path.count("/") < 3 or path == "/tallies/comparisons/" or path == "/data/dictionary/"]
    assert sorted(own) == sorted({*records, *places, *standing}) and len(paths) == 4 * len(own) == len(set(paths))
    assert f'hreflang="prs" href="http://testserver/prs/incidents/{DRONE}/drone-attack-chinese-mining-workers/"' in sitemap
    assert all(client.get(path).status_code == 200 for path in [*standing, records[0], f"/prs{records[-1]}"])


def test_an_error_is_reported_with_the_id_and_the_edition(client, settings):
    assert 'href="/about/#contact">Report an error' in client.get("/statements/ST-1/").content.decode()
    settings.CONTACT_EMAIL = "desk@example.org"
    for path in (f"/incidents/{DRONE}/", "/statements/ST-1/", "/actors/AC-1/", "/sources/SO-1/", "/articles/AR-1/"):
        body = client.get(path + "?utm_source=mail", follow=True).content.decode()
        letter = html.unescape(re.search(r'href="(mailto:[^"]+)"', body)[1])
        assert letter.startswith("mailto:desk@example.org?subject=") and path.split("/")[2] in letter and "edition%20" in letter, path


@pytest.mark.parametrize("path", [f"/incidents/{DRONE}/", f"/prs/incidents/{DRONE}/", f"/incidents/{DRONE}/editions/1/"])
def test_what_search_engines_read_is_json_and_names_the_page(client, path):
    body = client.get(path, follow=True).content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', body, re.S)[1])
    kinds = [one["@type"] for one in told["@graph"]]
    assert told["@context"] == "https://schema.org" and {"Event", "Report", "Claim"} <= set(kinds)
    report = told["@graph"][kinds.index("Report")]
    assert report["url"] == re.search(r'rel="canonical" href="([^"]+)"', body)[1] and report["about"]["@id"].startswith(report["url"])
