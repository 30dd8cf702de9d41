"""The demonstration data set, loaded and replayed: what the public record then says."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest

from incidents.demo import uid_of
from incidents.models import Actor, Incident, Statement
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement
from incidents.rule.comparisons import compare
from incidents.tallies import tally
from sources.models import Article, Source
from sources.published import PublishedArticle, PublishedSource

pytestmark = pytest.mark.usefixtures("demo_record")
CALLED = ("i1", "i2", "i3", "i4")


def document(key, kind="incident", model=PublishedIncident):
    return json.loads(model.objects.current().get(uid=uid_of(kind, key)).document)


def statement(key):
    return document(key, "statement", PublishedStatement)


def documents():
    return [document(key) for key in CALLED]


def people(bucket):
    return bucket["group"], bucket["nationality"], bucket["best"]


def as_of(day):
    moment = datetime.combine(datetime.fromisoformat(day), time.max, tzinfo=UTC)
    return PublishedIncident.objects.as_of(moment)


def differing(key, on):
    return [one for one in document(key)["evidence"]["differences"] if one["on"] == on]


def test_the_whole_record_is_public():
    public = [model.objects.current().count() for model in (PublishedIncident, PublishedArticle, PublishedSource)]
    assert public == [4, 5, 5]
    assert PublishedStatement.objects.current().count() >= 45
    assert PublishedActor.objects.current().count() >= 35


def test_the_toll_of_each_incident_follows_from_its_claims():
    assert [one["toll"]["killed"]["best"] for one in documents()] == [3, 2, 5, 4]
    assert [one["toll"]["injured"] for one in documents()] == [None] * 4
    assert {people(bucket) for bucket in document("i1")["toll"]["buckets"]} == {("civilians", "CN", 3)}
    clash = {people(bucket) for bucket in document("i3")["toll"]["buckets"]}
    assert clash == {("all", "", 5), ("state_forces", "TJ", 2), ("armed_group", "", 3)}


def test_more_than_five_stands_beside_both_attacks():
    for key in ("i1", "i2"):
        shown = {(one["low"], one["high"], one["recorded"]) for one in document(key)["toll"]["together"] if one["measure"] == "killed"}
        assert (6, None, 5) in shown


def test_the_evidence_counts_origins():
    evidence = [one["evidence"] for one in documents()]
    assert [one["status"] for one in evidence] == ["corroborated", "corroborated", "single-source", "single-source"]
    assert [[actor["name"] for actor in one["acknowledged_by"]] for one in evidence] == [["Taliban authorities in Afghanistan"]] * 3 + [[]]
    assert [one["disputed_on"] for one in evidence] == [["responsibility"], ["responsibility"], [], []]


def test_the_accounts_differ_where_the_articles_do():
    assert [answer["value"] for answer in differing("i3", "date")[0]["answers"]] == ["2025-12-24", "2025-12-25"]
    assert len(differing("i2", "date")[0]["answers"]) == 4
    assert {answer["value"] for answer in differing("i3", "label")[0]["answers"]} == {"terrorist organization", "intruders", "militants"}
    assert len(differing("i1", "responsibility")[0]["answers"]) == 6
    assert [one["measure"] for one in differing("i1", "together")] == ["killed", "injured"]


def test_the_tally_of_the_period_is_open_ended():
    total = tally(documents(), by="month")["total"]
    assert (total["incidents"], total["low"], total["best"], total["high"], total["open_ended"]) == (4, 14, 14, 15, True)
    chinese = tally(documents(), by="year", nationality="CN")["total"]
    assert (chinese["low"], chinese["best"], chinese["high"]) == (5, 5, 6)


def test_the_other_count_is_compared():
    result = compare(statement("fn-afp"), documents())
    assert (result["claimed"]["killed"]["low"], result["recorded"]["killed"]["best"]) == (16, 14)
    assert result["difference"] == {"incidents": 1, "killed": 2}


@pytest.mark.parametrize(("day", "incidents"), [("2025-11-20", 0), ("2025-12-02", 2), ("2025-12-28", 3), ("2026-01-19", 4)])
def test_the_record_grew_as_things_became_known(day, incidents):
    assert as_of(day).count() == incidents


def test_the_day_of_the_drone_attack_became_known_on_26_december():
    uid = uid_of("incident", "i1")
    assert [as_of(day).get(uid=uid).content["started_on"] for day in ("2025-12-25", "2025-12-26")] == ["2025-11-24", "2025-11-26"]


def test_the_clash_was_placed_in_khatlon_on_27_december():
    editions = PublishedIncident.objects.filter(uid=uid_of("incident", "i3")).order_by("number")
    assert [(row.content["place"], row.content["place_precision"]) for row in editions] == [("tajikistan", 6), ("khatlon", 4)]
    assert editions[1].valid_from - editions[0].valid_from < timedelta(days=1, minutes=1)


def test_the_exercise_stays_on_the_desk():
    for model in (Source, Article, Actor, Incident, Statement):
        unpublished = model.objects.filter(public_id__isnull=True)
        assert unpublished.exists()
        assert all("xercise" in f"{record} {record.note}" for record in unpublished)


def test_the_captured_text_of_the_exercise_holds_its_quotes():
    for statement in Statement.objects.filter(span_start__isnull=False):
        assert statement.article.text[statement.span_start : statement.span_end] == statement.quote


def test_a_reply_and_a_derived_figure_name_what_they_rest_on():
    assert statement("rf-no-response")["in_reply_to"] == statement("rf-toll")["id"]
    derived = [figure for one in document("i2")["statements"] for figure in one["figures"] if figure["calculation"]]
    assert len(derived) == 2 and all(len(figure["derived_from"]) == 2 for figure in derived)
