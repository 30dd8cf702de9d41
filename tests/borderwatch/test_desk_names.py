"""Choosing a record by name: any spelling in any script finds it; what is written so stands first."""

import pytest

from tests.desk import signed_in
from tests.factories import make_actor, make_place, make_source

pytestmark = pytest.mark.django_db


def chosen(field, term, app="incidents", model="statement"):
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return [one["text"] for one in signed_in("contributor").get("/admin/autocomplete/", asked).json()["results"]]


@pytest.mark.parametrize("typed", ["rakhmon", "Rahmon", "Раҳмон", "Рахмон", "رحمان"])
def test_an_actor_is_found_by_a_spelling_that_stands_nowhere(typed):
    make_actor("Emomali Rahmon", kind="person")
    make_actor("Rahimov", kind="person")
    assert chosen("speaker", typed) == ["Emomali Rahmon"]


def test_the_beginning_of_a_name_is_enough():
    make_actor("Emomali Rahmon", kind="person")
    assert chosen("speaker", "Рахм") == ["Emomali Rahmon"]
    assert chosen("speaker", "Ра") == []


def test_what_is_written_so_stands_before_what_sounds_so():
    make_actor("Aziz Rahmon", kind="person")
    make_actor("Bobo Rakhmon", kind="person")
    assert chosen("speaker", "rakhmon") == ["Bobo Rakhmon", "Aziz Rahmon"]


def test_sources_and_places_are_found_too():
    make_source("Khovar")
    make_place("Ishkoshim", kind="settlement")
    assert chosen("source", "Ховар", "sources", "article") == ["Khovar"]
    assert chosen("about_place", "Ишкашим") == ["Ishkoshim (settlement)"]


def test_the_list_is_searched_alike():
    make_actor("Emomali Rahmon", kind="person")
    page = signed_in("contributor").get("/admin/incidents/actor/?q=рахмон").content.decode()
    assert "Emomali Rahmon" in page
