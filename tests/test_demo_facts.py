"""The demonstration data set, read as files: no database, no loader. What it says is what the five articles say."""

import json
from datetime import date
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
ARTICLES = ["rf", "pc", "tr", "ji", "fn"]
KINDS = ["sources", "articles", "actors", "incidents"]
OUR_VOICE_AVOIDS = ("terrorist", "neutrali", "martyr", "regime")


def read(name):
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def by_key(rows):
    return {row["key"]: row for row in rows}


SOURCES, PUBLISHED, ACTORS, INCIDENTS = (by_key(read(f"{kind}.json")) for kind in KINDS)
STATEMENTS = by_key(row for article in ARTICLES for row in read(f"statements/{article}.json"))
FIGURES = by_key(figure for statement in STATEMENTS.values() for figure in statement.get("figures", []))
STEPS = read("releases.json")
EXERCISE = read("exercise.json")


def statements_of(article):
    return [row for row in STATEMENTS.values() if row["article"] == article]


def incidents_of(statement):
    return [link["incident"] for link in statement.get("incidents", [])]


def places_named():
    for incident in [*INCIDENTS.values(), *edits("incident")]:
        yield from (incident.get("place"), incident.get("launched_from"))
    for statement in STATEMENTS.values():
        yield from (
            statement.get("about_place"),
            statement.get("covers_place"),
            *(answer.get("place") for answer in statement.get("assertions", [])),
        )


def edits(kind):
    return [edit for step in STEPS for edit in step.get("edit", []) if edit["kind"] == kind]


def labels_of(key):
    return {label["words"] for label in STATEMENTS[key].get("labels", [])}


def answers(about, incident, role="occurrence"):
    """What certain statements answer for an incident: (first day, last day) or place, by statement."""
    found = {}
    for key, statement in STATEMENTS.items():
        certain = {link["incident"] for link in statement.get("incidents", []) if link["certainty"] == "certain"}
        for answer in statement.get("assertions", []):
            about_it = incident in certain and answer.get("incident", incident) == incident
            if about_it and (answer["about"], answer["role"]) == (about, role):
                found[key] = answer.get("place") or (answer["starts_on"], answer["ends_on"])
    return found


def test_there_are_five_articles_four_incidents_and_enough_statements_of_each_article():
    assert set(PUBLISHED) == set(ARTICLES)
    assert set(INCIDENTS) == {"i1", "i2", "i3", "i4"}
    at_least = {"rf": 9, "pc": 14, "tr": 13, "ji": 8, "fn": 9}
    assert all(len(statements_of(article)) >= least for article, least in at_least.items())
    assert len(ACTORS) >= 35


def test_every_reference_leads_to_a_record():
    for article in PUBLISHED.values():
        assert {article["source"], *article.get("cites", [])} <= SOURCES.keys()
    for actor in ACTORS.values():
        assert set(actor.get("outlets", [])) <= SOURCES.keys()
        assert {actor.get("parent"), *(office.get("body") for office in actor.get("offices", []))} - {None} <= ACTORS.keys()
    for statement in STATEMENTS.values():
        parts = statement.get("figures", []) + statement.get("labels", [])
        named = [statement.get(name) for name in ("speaker", "on_behalf_of", "based_on", "attributed_to")]
        assert {*named, *(part.get("party") or part.get("actor") for part in parts)} - {None} <= ACTORS.keys()
        assert {statement.get("in_reply_to"), statement.get("supersedes")} - {None} <= STATEMENTS.keys()
        assert {*incidents_of(statement), *(part["incident"] for part in parts if part.get("incident"))} <= INCIDENTS.keys()
        assert statement["article"] in PUBLISHED


def test_every_participant_is_a_known_actor_according_to_a_known_statement():
    for incident in [*INCIDENTS.values(), *edits("incident")]:
        for part in incident.get("participations", []):
            assert part.get("actor") in ACTORS or part["described_as"]
            assert incident["key"] in incidents_of(STATEMENTS[part["according_to"]])


def test_slugs_are_unique():
    for rows in (SOURCES, ACTORS, INCIDENTS):
        assert len({row["slug"] for row in rows.values()}) == len(rows)


def test_every_place_is_in_the_gazetteer():
    lines = (DEMO.parent / "gazetteer.jsonl").read_text(encoding="utf-8").splitlines()
    assert set(places_named()) - {None} <= {json.loads(line)["slug"] for line in lines}


def test_the_unidentified_publisher_vouches_for_nothing():
    assert {article["source"] for article in PUBLISHED.values()} == {"unidentified"}
    assert (SOURCES["unidentified"]["kind"], SOURCES["unidentified"]["reliability"]) == ("unknown", "F")
    assert {key: article["cites"] for key, article in PUBLISHED.items() if "cites" in article} == {
        "pc": ["reuters"],
        "fn": ["khovar", "afp"],
    }
    assert not any("origin" in article for article in PUBLISHED.values())


def test_an_article_without_quotation_marks_has_no_quotes():
    assert [row["key"] for row in statements_of("tr") if row.get("quote")] == []


def test_narration_has_no_speaker_and_everything_else_has_one_or_says_who():
    for statement in STATEMENTS.values():
        assert (statement["attribution"] == "none") == (not statement.get("speaker") and not statement.get("speaker_as"))


def test_every_statement_and_article_has_words_of_our_own():
    assert all(row["text"].strip() and "“" not in row["text"] for row in STATEMENTS.values())
    assert all(row["summary"].strip() and row["note"].strip() for row in PUBLISHED.values())


def test_our_own_voice_calls_nobody_names():
    ours = [row["text"] for row in STATEMENTS.values()]
    ours += [row.get(name, "") for row in [*INCIDENTS.values(), *edits("incident")] for name in ("title", "summary", "where_description")]
    ours += [row["summary"] for row in PUBLISHED.values()] + [step.get("note", "") for step in STEPS]
    ours += [row.get("description", "") for row in ACTORS.values()] + [row["name"] for row in ACTORS.values()]
    assert [text for text in ours if any(word in text.lower() for word in OUR_VOICE_AVOIDS)] == []


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure["key"])
def test_a_figure_is_in_order_or_reported_without_a_number(figure):
    if "low" not in figure:
        assert figure["wording"] and "best" not in figure and "high" not in figure
    else:
        assert figure["low"] <= figure["best"] <= figure.get("high", figure["best"])


def test_a_derived_figure_shows_its_calculation_and_a_judged_one_its_reason():
    derived = {key: figure for key, figure in FIGURES.items() if figure.get("calculation") or figure.get("derived_from")}
    assert set(derived) == {"rf-killed-second", "fn-killed-second"}
    for figure in derived.values():
        assert figure["calculation"]
        assert set(figure["derived_from"]) <= FIGURES.keys()
    assert {key: bool(figure.get("verdict_reason")) for key, figure in FIGURES.items() if "verdict" in figure} == {"fn-killed-second": True}


def numbers(incident):
    """(statement, measure, group, nationality, low, best, high) of figures about this incident alone."""
    rows = set()
    for key, statement in STATEMENTS.items():
        for figure in statement.get("figures", []):
            alone = figure.get("incident") or (incidents_of(statement)[0] if len(incidents_of(statement)) == 1 else None)
            if alone == incident:
                rows.add(
                    (
                        key,
                        figure["measure"],
                        figure.get("group", "all"),
                        figure.get("nationality", ""),
                        figure["low"],
                        figure["best"],
                        figure.get("high"),
                    )
                )
    return rows


def test_each_incident_has_the_figures_that_the_articles_give_for_it_alone():
    assert numbers("i1") == {("rf-drone", "killed", "civilians", "CN", 3, 3, 3)}
    assert numbers("i2") == {("rf-toll", "killed", "all", "", 2, 2, 2), ("fn-five", "killed", "civilians", "CN", 2, 2, 2)}
    assert numbers("i3") == {
        ("tr-gknb", "killed", "all", "", 5, 5, 5),
        ("tr-gknb", "killed", "armed_group", "", 3, 3, 3),
        ("ji-thursday", "killed", "all", "", 5, 5, 5),
        ("ji-official", "killed", "state_forces", "TJ", 2, 2, 2),
        ("ji-official", "killed", "armed_group", "", 3, 3, 3),
    }
    assert numbers("i4") == {(key, "killed", "armed_group", "", 4, 4, 4) for key in ("fn-officials", "fn-security")}


def together(measure):
    """Figures of both attacks: (low, high, wording) by statement."""
    return {
        key: (figure.get("low"), figure.get("high"), figure["wording"])
        for key, statement in STATEMENTS.items()
        for figure in statement.get("figures", [])
        if len(incidents_of(statement)) == 2 and "incident" not in figure and figure["measure"] == measure
    }


def test_accounts_differ_on_the_dead_of_both_attacks():
    killed = together("killed")
    assert killed["rf-toll"] == (5, 5, "five people")
    assert killed["pc-tajik-officials"] == killed["pc-embassy"] == (6, None, "more than five Chinese citizens")
    assert killed["fn-five"] == (5, 5, "five Chinese nationals")
    assert killed["tr-two-attacks"] == (None, None, "several Chinese nationals")


def test_accounts_differ_on_the_injured_of_both_attacks():
    injured = together("injured")
    assert [injured[key][:2] for key in ("rf-toll", "pc-tajik-officials", "pc-embassy")] == [(5, 5)] * 3
    assert injured["fn-five"] == (None, None, "several wounded")


def test_accounts_differ_on_the_days():
    assert answers("date", "i1")["tr-drone"] == ("2025-11-26", "2025-11-26")
    assert len(set(answers("date", "i2").values())) == 4
    assert answers("date", "i3") == {"tr-gknb": ("2025-12-24", "2025-12-24"), "ji-thursday": ("2025-12-25", "2025-12-25")}
    assert answers("date", "i3", "crossing") == {"tr-gknb": ("2025-12-23", "2025-12-23")}
    assert answers("date", "i4", "announcement") == {"fn-officials": ("2026-01-18", "2026-01-18")}


def test_places_are_no_more_exact_than_the_articles():
    assert set(answers("place", "i1", "launch").values()) == set(answers("place", "i2", "launch").values()) == {"afghanistan"}
    assert set(answers("place", "i3").values()) == set(answers("place", "i4").values()) == {"khatlon"}
    assert {key: INCIDENTS[key]["place_precision"] for key in ("i1", "i2", "i4")} == {"i1": 6, "i2": 6, "i4": 4}


def test_accounts_differ_on_who_is_behind_the_two_attacks():
    blamed = {
        key: row["attributed_to_as"]
        for key, row in STATEMENTS.items()
        if set(incidents_of(row)) == {"i1", "i2"} and row.get("attributed_to_as")
    }
    assert set(blamed) == {
        "rf-rahmon",
        "pc-muttaqi-condemn",
        "pc-kabul-elements",
        "pc-muhriddin-malicious",
        "tr-taliban-blame",
        "tr-analysts",
    }
    named = {key: row["attributed_to"] for key, row in STATEMENTS.items() if row.get("attributed_to")}
    assert named == {"rf-rahmon": "afghan-citizens", "tr-analysts": "iskp"}


def test_a_foreign_minister_who_names_no_attacker_blames_nobody():
    statement = STATEMENTS["ji-muttaqi-concern"]
    assert "attributed_to" not in statement
    assert "some malicious actors" in statement["attributed_to_as"]


def test_accounts_differ_on_what_the_dead_are_called():
    assert labels_of("ji-label") == {"terrorist organization"}
    assert labels_of("tr-gknb") == {"terrorist organization", "intruders"}
    assert labels_of("ji-thursday") == {"militants"}
    assert labels_of("fn-security") == {"terrorists"}
    assert labels_of("fn-labels") == {"smugglers", "terrorists"}
    assert incidents_of(STATEMENTS["fn-labels"]) == []
    assert labels_of("rf-tajik-taliban") == {"Tajik Taliban"}
    assert "speaker" not in STATEMENTS["rf-tajik-taliban"]


def test_the_other_count_of_the_dead_is_compared_and_linked_to_no_incident():
    tally = STATEMENTS["fn-afp"]
    assert (tally["act"], tally["speaker"], tally["based_on"], incidents_of(tally)) == ("tally", "afp-agency", "gov-tj", [])
    assert (tally["covers_start"], tally["covers_end"], tally["incidents_low"]) == ("2025-11-01", "2026-01-18", 5)
    assert [(figure["low"], figure["high"], figure.get("group", "all")) for figure in tally["figures"]] == [(16, 16, "all")]
    assert "18 January 2026" in tally["covers_note"]


def test_the_length_of_the_border_stands_on_the_border():
    lengths = {row["key"]: row["text"] for row in STATEMENTS.values() if row["key"].endswith("-border")}
    assert {STATEMENTS[key]["about_place"] for key in lengths} == {"tajikistan-afghanistan-border"}
    said = {"rf-border": "1,357", "pc-border": "1,344", "ji-border": "1,350", "fn-border": "1,350"}
    assert all(length in lengths[key] for key, length in said.items())


def root(actor):
    while ACTORS[actor].get("parent"):
        actor = ACTORS[actor]["parent"]
    return actor


def vouching(incident):
    """Roots of those whose statements say that it happened, by certain links (rule BW-1, evidence)."""
    acts = {"report", "claim", "confirmation", "attribution"}
    links = [
        (row, link)
        for row in STATEMENTS.values()
        for link in row.get("incidents", [])
        if link == {"incident": incident, "certainty": "certain"}
    ]
    return {root(row["speaker"]) for row, _link in links if row["act"] in acts and row.get("speaker")}


def test_tajikistan_and_china_vouch_for_the_attacks_and_tajikistan_alone_for_the_clashes():
    assert [vouching(key) for key in ("i1", "i2", "i3", "i4")] == [{"gov-tj", "gov-cn"}, {"gov-tj", "gov-cn"}, {"gov-tj"}, {"gov-tj"}]


def test_names_are_kept_in_every_spelling():
    aliases = {alias for actor in ACTORS.values() for alias in [actor["name"], *actor.get("aliases", [])]}
    assert {"Emomali Rakhmon", "Emomali Rahmon", "ISKP", "IS-KP", "Daesh", "GKNB", "ГКНБ", "Tajik Taliban"} <= aliases
    assert root("jamaat") == "jamaat"


def test_the_replay_publishes_every_statement_and_in_order():
    moments = [step["at"] for step in STEPS]
    assert moments == sorted(moments) and all(moment.endswith("Z") for moment in moments)
    assert [key for step in STEPS for key in step.get("enter", [])] == ARTICLES
    days = {step["at"][:10] for step in STEPS}
    assert days == {"2025-12-01", "2025-12-03", "2025-12-26", "2025-12-27", "2026-01-18"}
    alone = {step["publish"]["key"] for step in STEPS if step["publish"]["kind"] == "statement"}
    assert {key for key, row in STATEMENTS.items() if not incidents_of(row)} <= alone


def test_no_article_enters_before_it_could_be_read():
    entered = {key: step["at"][:10] for step in STEPS for key in step.get("enter", [])}
    assert all(date.fromisoformat(entered[key]) >= date.fromisoformat(article["published_on"]) for key, article in PUBLISHED.items())


def test_the_exercise_is_marked_and_its_quotes_stand_in_its_text():
    article = EXERCISE["articles"][0]
    assert "exercise" not in {step["publish"]["key"] for step in STEPS}
    assert all(
        name.startswith("[Exercise]") for name in (article["headline"], EXERCISE["incidents"][0]["title"], EXERCISE["sources"][0]["name"])
    )
    assert 300 <= len(article["text"].split()) <= 450
    for statement in EXERCISE["statements"]:
        assert article["text"][statement["span_start"] : statement["span_end"]] == statement["quote"]
        assert statement["is_ready"] is False
