"""The gazetteer fixture, read as a file: no database, no loader."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

GAZETTEER = Path(__file__).resolve().parent.parent / "fixtures" / "gazetteer.jsonl"
KEYS = {"slug", "name", "kind", "country", "code", "parent", "latitude", "longitude", "names", "external_ids"}
PARENT_KINDS = {
    "country": {None},
    "province": {"country"},
    "district": {"province"},
    "settlement": {"district", "province"},
    "crossing": {"district", "province"},
    "feature": {None, "country", "province", "district"},
}
LANGUAGES = {"tg", "ru", "prs", "ps"}
EXTERNAL_IDS = {"iso_3166_2", "hasc", "geonames", "wikidata", "wof", "osm"}
# south, north, west, east
BOXES = {"TJ": (36.6, 41.1, 67.3, 75.2), "AF": (29.3, 38.5, 60.5, 74.9)}
AFGHAN_PROVINCES = (
    "BAL BAM BDG BDS BGL DAY FRA FYB GHA GHO HEL HER JOW KAB KAN KAP KDZ KHO KNR LAG "
    "LOG NAN NIM NUR PAN PAR PIA PKA SAM SAR TAK URU WAR ZAB"
)
PROVINCE_CODES = {
    "TJ": {f"TJ-{part}" for part in ["DU", "GB", "KT", "RA", "SU"]},
    "AF": {f"AF-{part}" for part in AFGHAN_PROVINCES.split()},
}
BOTH_BANKS = [
    ("ishkoshim-tj", "ishkashim-af"),
    ("ishkoshim-district-tj", "ishkashim-district-af"),
    ("darvoz-district-tj", "darwaz-district-af"),
    ("shughnon-district-tj", "shighnan-district-af"),
    ("farkhor-district-tj", "farkhar-district-af"),
    ("gorno-badakhshan", "badakhshan"),
    ("panji-poyon", "sher-khan-bandar"),
    ("tem", "demogan"),
    ("ruzvay", "nusay-crossing"),
    ("vanj-crossing", "jomarj-e-bolo"),
    ("shohon", "khohon"),
    ("kokul", "ai-khanoum-crossing"),
    ("ishkoshim-crossing-tj", "ishkashim-crossing-af"),
]


@pytest.fixture(scope="module")
def places():
    return [json.loads(line) for line in GAZETTEER.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def by_slug(places):
    return {place["slug"]: place for place in places}


def of_kind(places, kind, country):
    return [place for place in places if (place["kind"], place["country"]) == (kind, country)]


def texts(place):
    names = place["names"]
    return [place["name"], *(names[language] for language in names if language != "also"), *names.get("also", [])]


def repeated(values):
    return sorted(value for value, count in Counter(values).items() if count > 1)


def test_every_line_is_one_compact_place_with_the_same_keys(places):
    lines = GAZETTEER.read_text(encoding="utf-8").splitlines()
    assert [json.dumps(place, ensure_ascii=False, separators=(",", ":")) for place in places] == lines
    assert all(set(place) == KEYS for place in places)


def test_slugs_are_unique_and_well_formed(places):
    slugs = [place["slug"] for place in places]
    assert repeated(slugs) == []
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


def test_parents_stand_before_their_children_and_are_of_a_larger_kind(places):
    seen = {None: None}
    for place in places:
        assert place["parent"] in seen, place["slug"]
        assert seen[place["parent"]] in PARENT_KINDS[place["kind"]], place["slug"]
        seen[place["slug"]] = place["kind"]


def test_a_place_lies_in_the_country_of_its_parent(places, by_slug):
    strays = [place["slug"] for place in places if place["parent"] and by_slug[place["parent"]]["country"] != place["country"]]
    assert strays == []


def test_only_shared_features_have_no_country(places):
    assert {place["slug"] for place in places if place["country"] == ""} == {
        "tajikistan-afghanistan-border",
        "panj-river",
        "amu-darya",
        "pamir",
    }


def test_neighbouring_countries_are_there(places):
    countries = [place["country"] for place in places if place["kind"] == "country"]
    assert sorted(countries) == ["AF", "CN", "IN", "IR", "KG", "PK", "RU", "TJ", "TM", "UZ"]


@pytest.mark.parametrize("country", ["TJ", "AF"])
def test_every_iso_province_is_there_once(places, country):
    provinces = of_kind(places, "province", country)
    assert sorted(place["code"] for place in provinces) == sorted(PROVINCE_CODES[country])
    assert all(place["external_ids"]["iso_3166_2"] == place["code"] for place in provinces)


def test_all_65_tajik_districts_and_cities_are_there(places, by_slug):
    districts = of_kind(places, "district", "TJ")
    assert len(districts) == 65
    assert repeated(place["code"] for place in districts) == []
    assert all(place["code"].startswith(by_slug[place["parent"]]["code"] + "-") for place in districts)


@pytest.mark.parametrize(
    ("slug", "former"),
    [
        ("jayhun-district", "Qumsangir"),
        ("shamsiddin-shohin-district", "Shuroobod"),
        ("lakhsh-district", "Jirgatol"),
        ("bokhtar", "Qurghonteppa"),
    ],
)
def test_former_names_are_found_under_the_current_one(by_slug, slug, former):
    assert former in by_slug[slug]["names"]["also"]


@pytest.mark.parametrize(("province", "count"), [("badakhshan", 28), ("takhar", 17), ("kunduz", 7), ("balkh", 16)])
def test_afghan_border_provinces_have_their_districts(places, province, count):
    assert sum(place["kind"] == "district" and place["parent"] == province for place in places) == count


def test_names_that_seeds_and_rules_rely_on_keep_their_slugs(by_slug):
    kinds = {
        slug: by_slug[slug]["kind"]
        for slug in ("khatlon", "badakhshan", "xinjiang", "dushanbe", "kabul", "khorugh", "panj-river", "panji-poyon")
    }
    assert kinds == {
        "khatlon": "province",
        "badakhshan": "province",
        "xinjiang": "province",
        "dushanbe": "settlement",
        "kabul": "settlement",
        "khorugh": "settlement",
        "panj-river": "feature",
        "panji-poyon": "crossing",
    }


@pytest.mark.parametrize(("tajik", "afghan"), BOTH_BANKS)
def test_a_name_on_both_banks_is_two_places(by_slug, tajik, afghan):
    assert (by_slug[tajik]["country"], by_slug[afghan]["country"]) == ("TJ", "AF")
    assert by_slug[tajik]["kind"] == by_slug[afghan]["kind"]


def test_no_two_places_of_one_parent_share_a_name(places):
    assert repeated((place["name"], str(place["parent"])) for place in places) == []


def test_coordinates_come_in_pairs_and_lie_within_the_country(places):
    for place in places:
        latitude, longitude = place["latitude"], place["longitude"]
        assert (latitude is None) == (longitude is None), place["slug"]
        if latitude is not None and place["country"] in BOXES:
            south, north, west, east = BOXES[place["country"]]
            assert south <= latitude <= north and west <= longitude <= east, place["slug"]


@pytest.mark.parametrize("kind", ["country", "province"])
def test_countries_and_provinces_can_be_put_on_a_map(places, kind):
    assert [place["slug"] for place in places if place["kind"] == kind and place["latitude"] is None] == []


def test_texts_are_normalised_and_carry_no_hidden_marks(places):
    hidden = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
    bad = [
        text
        for place in places
        for text in texts(place)
        if text != unicodedata.normalize("NFC", text).strip() or hidden.search(text) or not text
    ]
    assert bad == []


def test_names_are_in_known_languages_and_other_spellings_add_something(places):
    for place in places:
        assert set(place["names"]) <= LANGUAGES | {"also"}, place["slug"]
        also = place["names"].get("also", [])
        assert repeated(also) == [] and place["name"] not in also, place["slug"]


def test_each_language_is_in_its_own_script(places):
    scripts = {"tg": "CYRILLIC", "ru": "CYRILLIC", "prs": "ARABIC", "ps": "ARABIC"}
    for place in places:
        for language in LANGUAGES & set(place["names"]):
            letters = [letter for letter in place["names"][language] if letter.isalpha()]
            assert all(unicodedata.name(letter).startswith(scripts[language]) for letter in letters), (place["slug"], language)


def test_dari_names_use_afghan_words_for_units(places):
    assert [place["slug"] for place in places if "استان " in place["names"].get("prs", "")] == []


def test_tajik_units_have_tajik_russian_and_dari_names(places):
    units = of_kind(places, "province", "TJ") + of_kind(places, "district", "TJ")
    assert [place["slug"] for place in units if not {"tg", "ru", "prs"} <= set(place["names"])] == []


@pytest.mark.parametrize("scheme", sorted(EXTERNAL_IDS - {"geonames"}))
def test_an_external_id_belongs_to_one_place(places, scheme):
    assert repeated(place["external_ids"][scheme] for place in places if scheme in place["external_ids"]) == []


def test_external_ids_are_texts_of_known_schemes(places):
    for place in places:
        assert set(place["external_ids"]) <= EXTERNAL_IDS, place["slug"]
        assert all(isinstance(value, str) and value for value in place["external_ids"].values()), place["slug"]
