"""Numbers and labels as an editor types them, and quotes found in a text."""

import pytest
from django.core.exceptions import ValidationError

from incidents.desk import quick_labels, quick_numbers, quoting
from incidents.models import Figure

READ = [
    ("5 killed", "killed", "all", "", 5, 5, 5, ""),
    ("more than 5 killed", "killed", "all", "", 6, None, None, "more than 5"),
    ("at least 5 dead", "killed", "all", "", 5, None, None, "at least 5"),
    ("5-6 injured", "injured", "all", "", 5, None, 6, ""),
    ("between 5 and 6 injured", "injured", "all", "", 5, None, 6, "between 5 and 6"),
    ("5-6 best 6 injured", "injured", "all", "", 5, 6, 6, ""),
    ("several injured", "injured", "all", "", None, None, None, "several"),
    ("3 killed CN civilians", "killed", "civilians", "CN", 3, 3, 3, ""),
    ("two Tajik border guards were killed", "killed", "state_forces", "TJ", 2, 2, 2, "two"),
    ('about 40 detained "some forty"', "detained", "all", "", 40, 40, 40, "some forty"),
    ("0 missing", "missing", "all", "", 0, 0, 0, ""),
]


@pytest.mark.parametrize(("typed", "measure", "group", "nationality", "low", "best", "high", "wording"), READ)
def test_a_number_is_read_as_it_is_said(typed, measure, group, nationality, low, best, high, wording):
    (read,) = quick_numbers.read_figures(typed)
    expected = {"measure": measure, "group": group, "nationality": nationality, "low": low, "best": best, "high": high, "wording": wording}
    assert read == expected
    assert quick_numbers.is_written(Figure(**read))
    assert quick_numbers.told(read)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("killed", "begins with no number"),
        ("5", "say what happened to them"),
        ("up to 5 killed", "without a smallest number"),
        ("5 frogs killed", "“frogs” is not understood"),
        ("6-5 killed", "the smallest number comes first"),
        ("9999999 killed", "begins with no number"),
    ],
)
def test_a_number_that_cannot_be_read_says_what_to_write(typed, told):
    with pytest.raises(ValidationError) as refused:
        quick_numbers.read_figures(f"3 injured; {typed}")
    assert told in " ".join(refused.value.messages)


def test_several_numbers_stand_between_semicolons():
    assert [read["low"] for read in quick_numbers.read_figures('5 killed; 2 injured "two; or so";\nseveral missing;')] == [5, 2, None]


def test_labels_name_the_words_and_who_is_called_so():
    assert quick_labels.read_labels("“robbers” = those who fired; bandits = Border Group") == [
        ("robbers", "those who fired"),
        ("bandits", "Border Group"),
    ]
    with pytest.raises(ValidationError, match="then who is called so"):
        quick_labels.read_labels("robbers")


TEXT = "📝 He said: “the  first\nword”. Раҳмон гуфт. «صدای دو قایق» She said: “the first – word”. The end."


def test_a_quote_is_found_letter_by_letter_first_then_whatever_its_spaces_and_marks():
    assert [TEXT[slice(*place)] for place in quoting.places(TEXT, "Раҳмон гуфт")] == ["Раҳмон гуфт"]
    assert [TEXT[slice(*place)] for place in quoting.places(TEXT, "THE FIRST WORD")] == ["the  first\nword"]
    assert [TEXT[slice(*place)] for place in quoting.places(TEXT, '"the first - word"')] == ["“the first – word”"]
    assert [TEXT[slice(*place)] for place in quoting.places(TEXT, "Раҳмон … دو قایق")] == ["Раҳмон гуфт. «صدای دو قایق"]
    assert len(quoting.places(TEXT, "said")) == 2
    assert quoting.places(TEXT, "nowhere") == quoting.places(TEXT, " ") == []


def test_quotes_that_lie_over_each_other_cut_the_text_and_lose_nothing_of_it():
    pieces = quoting.pieces("abcdefg", [(0, 4, "long"), (2, 6, "late"), (2, 3, "short"), (5, 99, "outside")])
    assert "".join(piece.text for piece in pieces) == "abcdefg"
    assert [(piece.text, piece.keys, piece.begins) for piece in pieces] == [
        ("ab", ["long"], ["long"]),
        ("c", ["short", "long", "late"], ["short", "late"]),
        ("d", ["long", "late"], []),
        ("ef", ["late"], []),
        ("g", [], []),
    ]
