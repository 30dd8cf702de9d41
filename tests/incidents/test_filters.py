"""What readers may ask of a list, and what they are told when they ask for something else."""

import pytest
from django.http import QueryDict

from borderwatch.lists import paging
from incidents.filters import ActorFilter, IncidentFilter, PlaceFilter, StatementFilter, TallyFilter
from sources.filters import ArticleFilter, SourceFilter
from tests.factories import make_actor, make_incident, make_place, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db
SETS = (IncidentFilter, StatementFilter, ActorFilter, PlaceFilter, TallyFilter, ArticleFilter, SourceFilter)

NASTY = [
    *("\0", "\t", "\u202e", "\ud7ff", "﷽", "🙂" * 60, "x " * 500, "<script>", "''; DROP TABLE", "%", "_", "\\", "=1+1"),
    *('"', "'", "*", "^", "(", "a:b", "NEAR(", '"" OR ""'),
    *("1" * 31, "-1", "-0", "1e9", "٣", "NaN", "inf", "1,2,3,4", "NaN,1,2,3", "[]", "null"),
    *("0000-01-01", "99999-01-01", "0001-01-01T00:00:00+23:59", "2025-13-01", "2025-02-30"),
    *("bnVsbA", "WzEsMiwzLDRd", "WyItZGF0ZSIsMCxudWxsLG51bGxd"),
]


def ids(query, filterset_class=IncidentFilter):
    asked = filterset_class(QueryDict(query))
    assert not asked.problems, asked.problems
    return {row.public_id for row in asked.qs}


def test_an_actor_is_asked_for_with_all_below_it():
    government = make_actor("Government")
    guards = make_actor("Border guards", parent=make_actor("Committee", parent=government))
    incident = make_incident()
    incident.participations.create(actor=guards, role="target")
    make_statement(incident, speaker=guards, killed=1)
    incident.publish(by=make_user())
    government.refresh_from_db()
    assert ids(f"actor={government.public_id}") == ids(f"speaker={government.public_id}&actor={guards.slug}") | {"BW-2025-0001"}
    assert ids(f"actor={government.public_id}&role=alleged_attacker") == set()
    assert ids(f"actor={government.public_id}&role=target") == {"BW-2025-0001"}


def test_a_former_slug_still_finds_its_actor():
    actor = make_actor("Guards", slug="old-word")
    incident = make_incident()
    incident.participations.create(actor=actor, role="target")
    make_statement(incident, speaker=actor)
    incident.publish(by=make_user())
    actor.refresh_from_db()
    actor.slug = "new-word"
    actor.save()
    actor.publish(by=make_user())
    assert ids("actor=old-word") == ids("actor=new-word") == {"BW-2025-0001"}


def test_a_draft_is_no_value_of_a_filter():
    draft = make_actor("Secret", slug="secret-actor")
    words = IncidentFilter({"actor": draft.slug}).problems[0]["message"]
    assert words.replace(draft.slug, "nobody") == IncidentFilter({"actor": "nobody"}).problems[0]["message"]


@pytest.mark.parametrize(
    "query, name, words",
    [
        ("since=yesterday", "since", "YYYY-MM-DD"),
        ("as_of=2999-01-01", "as_of", "future"),
        ("limit=100000", "limit", "from 1 to 200"),
        ("limit=0", "limit", "from 1 to 200"),
        ("killed_min=few", "killed_min", "whole number"),
        ("killed_min=٣", "killed_min", "whole number"),
        ("kind=riot", "kind", "drone_strike"),
        ("ordering=colour", "ordering", "-killed"),
        ("bbox=1,2,3", "bbox", "west,south,east,north"),
        ("place=atlantis", "place", "atlantis"),
        ("since=2025-01-01&since=2025-02-01", "since", "once"),
        ("cursor=abc", "cursor", "next"),
        ("colour=red", "colour", "killed_max"),
    ],
)
def test_problems_say_what_may_stand_there(query, name, words):
    asked = IncidentFilter(QueryDict(query))
    assert [problem["name"] for problem in asked.problems] == [name]
    assert words in asked.problems[0]["message"]


def test_a_malformed_value_shows_no_rows_and_a_misspelt_name_all(db):
    publish_incident()
    assert not IncidentFilter({"since": "never"}).qs.exists()
    misspelt = IncidentFilter({"sinze": "2025-01-01"})
    assert misspelt.unknown_parameters == ["sinze"] and misspelt.qs.exists()


def test_today_means_now(db):
    from django.utils import timezone

    publish_incident()
    assert ids(f"as_of={timezone.now():%Y-%m-%d}") == {"BW-2025-0001"}


def test_a_plus_sign_lost_on_the_way_is_read_as_one():
    assert IncidentFilter(QueryDict("as_of=2025-12-05T10:00:00+05:00")).as_of.hour == 5


@pytest.mark.parametrize("filterset_class", SETS)
def test_no_value_of_any_parameter_breaks_a_list(filterset_class):
    publish_incident()
    for name in filterset_class.base_filters:
        for value in NASTY:
            asked = filterset_class({name: value})
            assert asked.problems or paging.page(asked).rows is not None
        assert str(asked.form) and asked.chips is not None


def test_a_place_an_actor_and_a_source_are_asked_for_by_name_in_any_script():
    rahmon, place = make_actor("Emomali Rahmon", aliases=["Эмомалӣ Раҳмон"]), make_place("Khatlon", names={"tg": "Хатлон"})
    incident = make_incident(place=place)
    incident.participations.create(actor=rahmon, role="target")
    make_statement(incident, speaker=rahmon, killed=1)
    incident.publish(by=make_user())
    for query in ("actor=Rakhmon", "speaker=Эмомали Рахмон", "place=Хатлон", "place=Hatlon", "source=Khovar"):
        assert ids(query) == {"BW-2025-0001"}, query


def test_a_name_that_may_be_several_tells_them_apart():
    make_place("Badakhshan", slug="badakhshan-af"), make_place("Badakhshan", slug="badakhshan-tj")
    (problem,) = IncidentFilter(QueryDict("place=Badakhshon")).problems
    assert "badakhshan-af" in problem["message"] and "badakhshan-tj" in problem["message"]
