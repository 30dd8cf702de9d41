"""Words for changes: what a reader is told of the difference between two editions."""

from django.utils.translation import override

from borderwatch.templatetags.record import number_changes
from borderwatch.texts.changed_fields import told


def change(field, before, after):
    return {"field": field, "before": before, "after": after}


def test_a_best_number_that_moved_is_said_in_words():
    changes = [
        change("toll.killed.best", 3, 5),
        change("toll.injured.best", None, 2),
        change("toll.killed.low", 3, 4),
        change("title", "A", "B"),
    ]
    assert list(number_changes(changes)) == ["killed: 3 → 5", "injured: not reported → 2"]


def test_a_zero_is_a_number():
    zero = change("toll.killed.best", None, 0)
    assert list(number_changes([zero])) == ["killed: not reported → 0"]
    assert [(one["before"], one["after"]) for one in told("incident", [zero])] == [("nothing", "0")]


def test_an_empty_list_in_the_place_of_nothing_is_no_change():
    assert [one["field"] for one in told("incident", [change("participations", None, []), change("title", "A", "B")])] == ["title"]


def test_codes_are_said_in_words_and_the_records_own_words_bear_their_language():
    with override("ru"):
        changes = [
            change("kind", "shelling", "drone_strike"),
            change("summary", "A shot.", "Two shots."),
            change("translations.ru.title", None, "Б"),
        ]
        kind, summary, title = told("incident", changes)
    assert (kind["field"], kind["before"], kind["after"], kind["language"]) == ("вид", "Обстрел", "Удар беспилотника", "")
    assert (summary["after"], summary["language"], title["language"]) == ("Two shots.", "en", "ru")


def test_what_a_rule_kept_for_itself_is_not_told():
    changes = [change("toll.buckets.killed/all.used", ["FG-1"], ["FG-2"]), change("evidence.origins.0.id", "AC-1", "AC-2")]
    assert told("incident", changes) == []


def test_a_field_that_only_sounds_like_a_day_is_none():
    assert told("incident", [change("evidence.disputed_on", [], ["responsibility", "date"])])[0]["after"] == "who did it, when"
