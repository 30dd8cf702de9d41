"""What holds for every set of statements, whatever they say (quick: few examples; ./test --long: many)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from incidents import toll
from incidents.evidence import differences, evidence
from incidents.tallies import tally
from tests.incidents import rule_by_the_letter
from tests.incidents.accounts_drawn import ID, OTHER, figures, statements
from tests.incidents.claims import CHINA, as_list_item, make_document, make_figure, make_statement

MEASURES = ("killed", "injured", "missing", "detained")


def results(found):
    """Every counted total and bucket of a toll."""
    return [found[measure] for measure in MEASURES if found[measure] and found[measure]["counted"]] + found["buckets"]


def result_of(given_statements):
    return toll.toll(ID, given_statements)


def everything(given_statements):
    return result_of(given_statements), evidence(ID, given_statements), differences(ID, given_statements)


def figures_of(given_statements):
    return {figure["id"]: (figure, statement) for statement in given_statements for figure in statement["figures"]}


@given(statements())
def the_rule_says_what_its_text_says(drawn):
    for measure in ("killed", "injured"):
        found, expected = result_of(drawn)[measure], rule_by_the_letter.toll(drawn, ID, measure)
        if expected is None:
            assert found is None
        elif expected == "uncounted":
            assert found["counted"] is False
        else:
            assert (found["low"], found["high"], found["open_ended"]) == (expected["low"], expected["high"], expected["open"])
            assert found["best"] in expected["bests"]


def test_the_rule_says_what_its_text_says(record_property):
    the_rule_says_what_its_text_says()
    drawn = settings.default.max_examples
    record_property("promise", f"Q13: the rule gives what its text says on {drawn:,} drawn sets of statements; its properties hold")


@given(statements())
def test_low_best_and_high_stand_in_order(drawn):
    for result in results(result_of(drawn)):
        assert 0 <= result["low"] <= result["best"] <= result["high"]


@given(statements(), st.randoms())
def test_the_order_of_statements_and_figures_is_irrelevant(drawn, random):
    shuffled = [{**one, "figures": random.sample(one["figures"], len(one["figures"]))} for one in drawn]
    random.shuffle(shuffled)
    assert everything(shuffled) == everything(drawn)


@given(statements())
def test_null_never_becomes_zero(drawn):
    found = result_of(drawn)
    for measure in MEASURES:
        counted = {number for number, (figure, _statement) in figures_of(drawn).items() if figure["low"] is not None}
        if found[measure] and found[measure]["counted"]:
            assert set(found[measure]["used"]) <= counted and found[measure]["best_from"]
        elif found[measure]:
            assert [found[measure][name] for name in ("low", "best", "high")] == [None] * 3
    assert all(one["low"] is not None for one in (*found["buckets"], *found["together"]))


@given(statements())
def test_what_is_set_aside_has_no_effect(drawn):
    """Taking a figure away that was set aside changes nothing but the list of those set aside."""
    found = result_of(drawn)
    for entry in found["set_aside"]:
        without = [{**one, "figures": [figure for figure in one["figures"] if figure["id"] != entry["figure"]]} for one in drawn]
        expected = {**found, "set_aside": [other for other in found["set_aside"] if other != entry]}
        if entry["reason"] != "superseded":  # one that supersedes another in its turn is a link of a chain
            assert result_of(without) == expected


@given(statements())
def test_all_superseded_and_rejected_figures_together_have_no_effect(drawn):
    found = result_of(drawn)
    aside = {entry["figure"] for entry in found["set_aside"]}
    without = [{**one, "figures": [figure for figure in one["figures"] if figure["id"] not in aside]} for one in drawn]
    assert result_of(without) == {**found, "set_aside": []}


@given(statements(), figures(), st.sampled_from(["excluded", "retracted", "uncertain"]))
def test_a_rejected_figure_more_has_no_effect(drawn, figure, reason):
    fields = {"retracted": {"retracted_on": "2025-12-09"}, "uncertain": {"certainty": "possible"}}.get(reason, {})
    verdict = {"verdict": "excluded"} if reason == "excluded" else {}
    more = make_statement(make_figure(**{**figure, **verdict, "id": "FG-999"}), id="ST-999", origin=CHINA, act="background", **fields)
    before, after = result_of(drawn), result_of([*drawn, more])
    assert {**after, "set_aside": [entry for entry in after["set_aside"] if entry["figure"] != "FG-999"]} == before
    assert evidence(ID, [*drawn, more])["origins"] == evidence(ID, drawn)["origins"]


@given(statements())
def test_every_figure_about_the_incident_is_accounted_for(drawn):
    found = result_of(drawn)
    used = {number for measure in MEASURES if found[measure] for number in found[measure]["used"]}
    aside = {entry["figure"] for entry in found["set_aside"]}
    together = {entry["figure"] for entry in found["together"]}
    assert not used & aside and not used & together and not aside & together
    about = {number: figure for number, (figure, _statement) in figures_of(drawn).items() if ID in figure["incidents"]}
    silent = set(about) - used - aside - together
    assert used | aside | together <= set(about)
    assert all(about[number]["low"] is None for number in silent)


@given(statements())
def test_best_comes_from_figures_that_are_used(drawn):
    for result in results(result_of(drawn)):
        assert result["best_from"] and set(result["best_from"]) <= set(result["used"])


@given(statements())
def test_open_ended_needs_a_used_figure_that_is_open(drawn):
    known = figures_of(drawn)
    for result in results(result_of(drawn)):
        if result["open_ended"]:
            assert any(known[number][0]["high"] is None for number in result["used"])


@given(statements(), st.data())
def test_an_outlet_more_that_relays_the_same_words_changes_no_number_and_no_origin(drawn, data):
    superseded = {one["supersedes"] for one in drawn}
    originals = [one for one in drawn if one["origin"] and one["id"] not in superseded]  # old words that come late are another matter
    if not originals:
        return
    original = data.draw(st.sampled_from(originals))
    relayed = [{**figure, "id": f"FG-9{figure['id'][3:]}", "verdict": relayed_verdict(figure)} for figure in original["figures"]]
    relay = {**original, "id": "ST-900", "article": {**original["article"], "id": "AR-9"}, "figures": relayed}
    before, after = result_of(drawn), result_of([*drawn, relay])
    for measure in MEASURES:
        assert numbers(after[measure]) == numbers(before[measure])
    assert evidence(ID, [*drawn, relay])["origins"] == evidence(ID, drawn)["origins"]
    assert evidence(ID, [*drawn, relay])["status"] == evidence(ID, drawn)["status"]


def relayed_verdict(figure):
    """One figure of a bucket is preferred; its relay is heard like any other."""
    return "excluded" if figure["verdict"] in ("excluded", "preferred") else "auto"


def numbers(result):
    return result and {name: result[name] for name in ("low", "best", "high", "open_ended", "counted")}


@given(statements())
def test_people_in_all_are_the_toll(drawn):
    for measure in MEASURES:
        assert toll.people_total(ID, drawn, measure) == result_of(drawn)[measure]


@given(statements())
def test_some_of_the_people_are_never_more_than_all(drawn):
    everybody = toll.people_total(ID, drawn, "killed")
    for group, nationality in (("civilians", ""), ("all", "CN"), ("civilians", "CN")):
        some = toll.people_total(ID, drawn, "killed", group, nationality)
        assert not some or not some["counted"] or some["high"] <= everybody["high"]


# Evidence and differences


@given(statements())
def test_corroborated_is_two_origins_and_narration_is_none(drawn):
    found = evidence(ID, drawn)
    vouching = [one for one in drawn if one["origin"] and one["act"] in ("report", "claim", "confirmation")]
    assert (found["status"] == "corroborated") == (len(found["origins"]) > 1)
    assert len(found["origins"]) <= len({one["origin"]["id"] for one in vouching})
    assert not [origin for origin in found["acknowledged_by"] if origin in found["origins"]]


@given(statements())
def test_a_difference_has_more_than_one_answer_each_said_by_somebody(drawn):
    known = {one["id"] for one in drawn}
    for difference in differences(ID, drawn):
        assert len(difference["answers"]) > 1 and ID in difference["incidents"]
        assert all(answer["statements"] and set(answer["statements"]) <= known for answer in difference["answers"])


@given(statements())
def test_disputed_numbers_are_among_the_differences(drawn):
    if "numbers" in evidence(ID, drawn)["disputed_on"]:
        killed_or_injured = [result_of(drawn)[measure] for measure in ("killed", "injured")]
        assert any(result and result["low"] != result["high"] for result in killed_or_injured)


# Tallies

ALONE = figures(incidents=((ID,), (OTHER,)))


def documents(drawn):
    """Two incidents, a month apart, of which the same statements tell."""
    return [make_document(ID, drawn, "2025-11-30"), make_document(OTHER, drawn, "2025-12-01")]


@given(statements(ALONE))
def test_without_together_figures_a_tally_is_the_sum_of_its_incidents(drawn):
    found, those = tally(documents(drawn), by="month"), documents(drawn)
    counted = [one["toll"]["killed"] for one in those if one["toll"]["killed"] and one["toll"]["killed"]["counted"]]
    for name in ("low", "best", "high"):
        assert found["total"][name] == (sum(one[name] for one in counted) if counted else None)
    assert found["total"]["incidents"] == len(counted) + found["total"]["not_reported"] + found["total"]["uncounted"]
    assert found["rows_add_up"] is True
    assert found == tally([as_list_item(one) for one in those], by="month")


@given(statements())
def test_together_figures_widen_and_never_move_best(drawn):
    found = tally(documents(drawn), by="country")["total"]
    alone = [{**one, "figures": [figure for figure in one["figures"] if not figure["together"]]} for one in drawn]
    without = tally(documents(alone), by="country")["total"]
    assert found["best"] == without["best"]
    if found["best"] is not None:
        assert 0 <= found["low"] <= without["low"] <= found["best"] <= without["high"] <= found["high"]


@given(statements())
def test_a_row_of_some_people_is_the_tally_of_those_people(drawn):
    for by in ("group", "nationality"):
        for row in tally(documents(drawn), by=by)["rows"]:
            who = {by: row["key"]} if row["key"] else {}
            only = tally([one for one in documents(drawn) if one["id"] in row["ids"]], by="country", **who)["total"]
            assert {name: row[name] for name in only} == only
