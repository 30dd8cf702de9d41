"""Letters in names: one form, nothing hidden, a word for what is not what it looks like."""

import pytest
from django.core.exceptions import ValidationError

from borderwatch.texts.letters import mixed_scripts, mixed_sentences
from tests.desk import desk_url, errors, save, signed_in
from tests.factories import make_actor, make_article, make_incident, make_place


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x07", "\n"])
def test_a_name_that_hides_something_is_refused_wherever_records_are_validated(hidden):
    for record in (make_actor(f"Rah{hidden}mon"), make_place(f"Khat{hidden}lon", slug="khatlon")):
        with pytest.raises(ValidationError, match="hidden character"):
            record.full_clean()
    actor = make_actor("Rahmon")
    actor.aliases = [f"Rakh{hidden}mon"]
    with pytest.raises(ValidationError) as refused:
        actor.full_clean()
    assert "aliases" in refused.value.message_dict


@pytest.mark.django_db
def test_the_form_names_the_character_beside_the_field():
    incident = make_incident()
    response = save(signed_in("contributor"), desk_url(incident), title="Clash \u202eat the ford")
    assert "right-to-left override, U+202E" in errors(response)


@pytest.mark.django_db
def test_what_persian_and_pashto_need_stays():
    for name in ("جلال\u200cآباد", "کندهار", "د افغانستان اسلامي امارت"):
        assert make_actor(name).name == name


@pytest.mark.django_db
def test_text_has_one_form_once_it_is_saved():
    actor = make_actor("Cafe\u0301 Душанбеи\u0306", aliases=["E\u0301"])
    assert (actor.name, actor.aliases) == ("Café Душанбей", ["É"])
    assert make_article(text="Cafe\u0301\nand more").text == "Café\nand more"


def test_a_word_of_two_alphabets_is_named():
    assert mixed_scripts("Эмомали Рaхмон") == [("Рaхмон", [("a", "LATIN")])]
    assert mixed_scripts("Rahmon Раҳмон رحمان 3-я") == []
    assert "“a” is Latin" in mixed_sentences("Рaхмон")[0]
