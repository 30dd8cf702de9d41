"""What accounts differ on is two clicks from the list, the count by others one click from the first page."""

import html
import re

import pytest

pytestmark = pytest.mark.usefixtures("demo_record")
LIST = "/incidents/"
DIFFERENCES = {
    "the toll of both attacks": ("BW-2025-0001", ["6 or more", "“several Chinese nationals”", "Embassy of China"]),
    "the injured of both attacks": ("BW-2025-0001", ["“several wounded”"]),
    "the day of the drone attack": ("BW-2025-0001", ["26 November 2025", "between 24 November and 30 November 2025"]),
    "the day of the armed attack": (
        "BW-2025-0002",
        ["between 24 November and 1 December 2025", "between 21 November and 10 December 2025"],
    ),
    "the day of the clash": ("BW-2025-0003", ["24 December 2025", "25 December 2025"]),
    "who is behind the attacks": (
        "BW-2025-0002",
        ["Afghan citizens", "“certain circles”", "“malicious groups”", "unidentified armed groups", "ISKP"],
    ),
    "what the dead of the clash are called": ("BW-2025-0003", ["“terrorist organization”", "“intruders”", "“militants”"]),
    "what the dead of January are called": ("BW-2026-0001", ["“terrorists”"]),
}


def links(client, path):
    body = client.get(path, follow=True).content.decode()
    return {html.unescape(link) for link in re.findall(r'<a [^>]*href="([^"]+)"', body)}


def words_of(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<q [^>]*>(.*?)</q>", r"“\1”", markup, flags=re.S))))


@pytest.mark.parametrize("row", DIFFERENCES)
def test_every_difference_is_two_clicks_from_the_list(client, row):
    public_id, answers = DIFFERENCES[row]
    page = next(link for link in links(client, LIST) if link.startswith(f"/incidents/{public_id}/"))
    seen = words_of(client.get(page).content.decode().split('id="accounts"')[1])
    assert "#accounts" in links(client, page)
    assert [answer for answer in answers if answer not in seen] == []


def test_the_count_by_afp_is_one_click_from_the_first_page(client):
    assert "/tallies/comparisons/" in links(client, "/")
    seen = words_of(client.get("/tallies/comparisons/").content.decode())
    for words in ("Agence France-Presse", "16", "14 (14-15 or more)", "at least 1", "Assumption:", "Drone attack on Chinese workers"):
        assert words in seen, words


def test_what_the_dead_of_no_described_incident_are_called_is_one_click_from_the_list(client):
    assert "/tallies/comparisons/" in links(client, LIST)
    seen = words_of(client.get("/tallies/comparisons/").content.decode())
    assert re.search("“smugglers” ?: some of the dead in AFP’s count ?, by Government of Tajikistan", seen)


def test_every_row_of_a_tally_opens_its_incidents_and_leads_to_their_claims(client):
    opened = links(client, "/tallies/?by=province")
    claims = [link for link in opened if link.startswith("/incidents/BW-") and link.endswith("#killed")]
    assert len(claims) == 4
    assert "/incidents/?place=khatlon" in opened
    assert all(f'id="{link.split("#")[1]}"' in client.get(link.split("#")[0]).content.decode() for link in claims)


def test_a_source_says_whose_words_it_relays_and_what_it_originated(client):
    page = words_of(client.get("/sources/SO-1/", follow=True).content.decode())
    assert "Whose words it relays" in page and "its own words corroborate nothing" in page
    assert "/statements/?source=SO-1&speaker=AC-1" in links(client, "/sources/SO-1/")


def test_an_actor_shows_what_it_is_called_by_whom_and_who_blames_it(client):
    assert re.search(
        r"“terrorists” by Security services of Tajikistan", words_of(client.get("/actors/AC-38/", follow=True).content.decode())
    )
    blamed = words_of(client.get("/actors/AC-12/", follow=True).content.decode())
    assert "Who says that it did something" in blamed and "Analysts (not named)" in blamed


def test_the_border_shows_its_three_lengths_in_one_table(client):
    table = client.get("/places/tajikistan-afghanistan-border/").content.decode().split('id="background"')[1].split("</table>")[0]
    assert all(length in table for length in ("1,357", "1,344", "1,350"))


def test_the_incident_page_is_light(client):
    for public_id in ("BW-2025-0001", "BW-2025-0002"):
        assert len(client.get(f"/incidents/{public_id}/", follow=True).content) < 120_000
