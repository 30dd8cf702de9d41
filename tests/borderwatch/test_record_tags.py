"""Words for changes: what a reader is told of the difference between two editions."""

from borderwatch.templatetags.record import number_changes, shown, told


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
    assert list(number_changes([change("toll.killed.best", None, 0)])) == ["killed: not reported → 0"]
    assert shown(0) == 0


def test_an_empty_list_in_the_place_of_nothing_is_no_change():
    assert told([change("toll.set_aside", None, []), change("title", "A", "B")]) == [change("title", "A", "B")]
