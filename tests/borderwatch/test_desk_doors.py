"""The side doors of the admin: nothing is guessed through lookups, nothing forged is taken, nothing malformed breaks."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from incidents.models import Actor, Figure, Incident, Place, Statement
from sources.models import Article, Source
from tests.desk import desk_url, list_url, make_colleague, messages_of, opened, save, signed_in
from tests.factories import make_actor, make_article, make_incident, make_place, make_source, make_statement, make_user, publish_incident

pytestmark = pytest.mark.django_db
RECORDS = (Source, Article, Actor, Incident, Statement)
LISTS = (*RECORDS, Place)
NASTY = ["\0", "9" * 40, "%00", "-1", "0", "abc", "٣", "NaN", "'\"", "1,2", "‮", " ", "[]", "{}", "__", "a" * 5000]


def test_readers_see_only_the_sign_in_page():
    for model in LISTS:
        response = Client().get(list_url(model))
        assert response.status_code == 302 and "/admin/login/" in response.url


def test_no_address_tells_whether_a_record_exists():
    asked = "/admin/r/1/1/"
    assert signed_in("contributor").get(asked).status_code == 404
    assert "view_on_site" not in {getattr(url, "name", "") for url in admin.site.get_urls()}


@pytest.mark.parametrize("model", LISTS)
def test_a_list_answers_only_its_own_filters(model):
    client = signed_in("contributor")
    for lookup in ("note__startswith", "id__gt", "history__id", "uid", "article__text__contains", "source__note__startswith", "x"):
        response = client.get(list_url(model), {lookup: "a"})
        assert response.status_code == 302 and response.url == list_url(model), lookup
    assert "something this list does not know" in messages_of(client.get(list_url(model)))


@pytest.mark.parametrize("model", LISTS)
def test_every_filter_and_column_of_a_list_answers(model):
    client = signed_in("editor")
    for field in ("published", "kind__exact", "o", "p", "q", "e"):
        assert client.get(list_url(model), {field: "1"}, follow=True).status_code == 200
    response = client.get(list_url(model), {"q": "a"})
    for spec in response.context["cl"].filter_specs:
        for choice in spec.choices(response.context["cl"]):
            assert client.get(list_url(model) + choice["query_string"]).status_code == 200


@pytest.mark.parametrize("value", NASTY)
def test_nothing_malformed_breaks_a_list(value, is_long):
    client = signed_in("contributor")
    make_incident()
    asked = {Incident: ("q", "o", "p", "kind__exact", "assigned_to__id__exact"), Statement: ("published", "article__id__exact", value)}
    names = ("q", "o", "p", "kind__exact", "published", "all", "e", "_popup", "article__id__exact", "place__country", value)
    for model, few in (dict.fromkeys(LISTS, names) if is_long else asked).items():
        for name in few:
            response = client.get(list_url(model), {name: value})
            assert response.status_code in (200, 302, 400), (model, name, value)


@pytest.mark.parametrize("value", [*NASTY[:2], *(pytest.param(value, marks=pytest.mark.long) for value in NASTY[2:])])
def test_nothing_malformed_breaks_a_form(value):
    client = signed_in("contributor")
    assert client.get(list_url(Statement, "add"), dict.fromkeys(("article", "incident", "speaker"), value)).status_code == 200
    statement = make_statement(make_incident(), killed=3)
    sent = opened(client, desk_url(statement))
    names = ("article", "said_on", "act", "span_start", "translations", "figures-0-low", "figures-0-incident", "figures-0-derived_from")
    assert save(client, desk_url(statement), sent, **dict.fromkeys(names, value)).status_code == 200
    names = ("figures-0-id", "figures-TOTAL_FORMS", "statement_incidents-0-incident", "statement_incidents-INITIAL_FORMS")
    for name in names:
        assert save(client, desk_url(statement), sent, **{name: value}).status_code in (200, 302), name


@pytest.mark.parametrize("value", NASTY)
def test_nothing_malformed_breaks_the_choices_or_an_address(value):
    client = signed_in("contributor")
    asked = {"app_label": "incidents", "model_name": "statement", "field_name": "speaker"}
    assert client.get("/admin/autocomplete/", asked | {"term": value}).status_code == 200
    assert client.get("/admin/autocomplete/", asked | {"term": "a", "page": value}).status_code in (200, 404)
    for page in ("change", "publish", "withdraw", "preview", "history", "delete"):
        address = f"{list_url(Incident)}{value.replace('/', '')}/{page}/"
        assert client.get(address.replace("\0", "%00"), follow=True).status_code in (200, 403, 404)


def test_choices_are_for_those_who_may_see_the_record():
    client = signed_in("contributor")
    asked = {"app_label": "incidents", "model_name": "incident", "field_name": "assigned_to", "term": ""}
    assert client.get("/admin/autocomplete/", asked).status_code == 403


def test_links_fill_in_only_what_they_may():
    incident = make_incident(review_state="draft")
    sent = opened(
        signed_in("editor"), f"{list_url(Statement, 'add')}?article={make_article().pk}&incident={incident.pk}&note=x&visibility=internal"
    )
    assert sent["article"] and sent["statement_incidents-0-incident"] == str(incident.pk)
    assert sent["note"] == "" and sent["visibility"] == "public" and "is_ready" not in sent


def test_half_a_letter_is_refused_and_shown_as_it_was_typed():
    response = save(signed_in("contributor"), desk_url(make_source()), translations=r'{"ru": {"name": "\ud800"}}')
    assert response.status_code == 200 and "translations" in response.context["adminform"].form.errors
    assert r"\ud800" in response.content.decode()


def test_a_choice_that_no_database_can_hold_is_refused():
    user = make_user("somebody")
    assert save(signed_in("admin"), desk_url(user), groups="9223372036854775808").status_code in (200, 400)


def test_an_empty_name_of_a_field_is_none():
    assert signed_in("contributor").get(desk_url(make_source()), {"_to_field": ""}).status_code == 200


def test_lists_of_other_apps_take_no_malformed_choice():
    sent = {"action": "delete_selected", "index": "0", "select_across": "0", "_selected_action": "Infinity"}
    assert signed_in("admin").post("/admin/auth/user/", sent).status_code == 302


# Roles


def test_a_contributor_asks_for_review_and_cannot_approve():
    incident, client = make_incident(review_state="draft"), signed_in("contributor")
    save(client, desk_url(incident), review_state="approved", _review="approved", title="Forged")
    incident.refresh_from_db()
    assert (incident.review_state, incident.title) == ("draft", "Forged")
    save(client, desk_url(incident), _review="in_review")
    incident.refresh_from_db()
    assert incident.review_state == "in_review"


def test_an_editor_approves():
    incident = make_incident(review_state="in_review")
    save(signed_in("editor"), desk_url(incident), _review="approved")
    incident.refresh_from_db()
    assert incident.review_state == "approved"


def test_only_editors_judge_figures():
    statement = make_statement(make_incident(), killed=3)
    judged = {"figures-0-verdict": "excluded", "figures-0-verdict_reason": "A misprint."}
    save(signed_in("contributor"), desk_url(statement), **judged)
    assert Figure.objects.get().verdict == "auto"
    save(signed_in("editor"), desk_url(statement), **judged)
    assert Figure.objects.get().verdict == "excluded"


@pytest.mark.parametrize("page", ["publish", "withdraw"])
def test_a_contributor_can_neither_publish_nor_withdraw(page):
    incident = publish_incident()
    editions = incident.edition.number
    response = signed_in("contributor").post(
        desk_url(incident, page), {"press": f"update {'0' * 64}", "reason": "x", "fingerprint": "0" * 64}
    )
    assert response.status_code == 403 and incident.edition.number == editions


def test_forged_fields_are_ignored():
    incident = make_incident(review_state="draft")
    uid = incident.uid
    save(signed_in("editor"), desk_url(incident), uid="0" * 32, public_id="BW-1999-0001", id="999", pk="999")
    incident.refresh_from_db()
    assert (incident.uid, incident.public_id) == (uid, None)


def test_a_figure_is_about_an_incident_of_its_statement():
    statement, other = make_statement(make_incident(), killed=3), make_incident()
    response = save(signed_in("editor"), desk_url(statement), **{"figures-0-incident": str(other.pk)})
    assert response.status_code == 200 and "not about this incident" in response.content.decode()


def test_what_was_public_is_not_deleted_and_the_page_says_so():
    incident, client = publish_incident(), signed_in("admin")
    response = client.post(desk_url(incident, "delete"), {"post": "yes"}, follow=True)
    assert Incident.objects.exists() and "Withdraw it instead" in messages_of(response)
    assert "deletelink" not in client.get(desk_url(incident)).content.decode()


def test_what_others_need_is_not_deleted():
    actor = make_actor()
    make_statement(make_incident(), speaker=actor)
    response = signed_in("admin").post(desk_url(actor, "delete"), {"post": "yes"}, follow=True)
    assert response.status_code == 200 and Actor.objects.filter(pk=actor.pk).exists()


def test_what_only_the_database_refuses_is_told_on_the_form():
    incident = make_incident()
    statement = make_statement(incident, killed=3)
    make_statement(incident, killed={"low": 4, "verdict": "preferred", "verdict_reason": "Named dead."})
    judged = {"figures-0-verdict": "preferred", "figures-0-verdict_reason": "Seen.", "figures-0-incident": ""}
    response = save(signed_in("editor"), desk_url(statement), **judged)
    assert response.status_code == 200 and Figure.objects.filter(verdict="preferred").count() == 1


def test_lists_offer_no_action_that_asks_nothing_of_each_record():
    make_incident()
    for model in LISTS:
        assert "delete_selected" not in signed_in("admin").get(list_url(model)).content.decode()


# Finding


@pytest.mark.parametrize("term", ["rahmon", "Rakhmon", "Раҳмон", "РАХМОН", "emom rah"])
def test_an_actor_is_found_under_any_spelling(term):
    make_actor(name="Emomali Rahmon", kind="person", aliases=["Rakhmon", "Эмомалӣ Раҳмон", "Emomali Rahmon"])
    make_actor(name="Somebody else")
    asked = {"app_label": "incidents", "model_name": "statement", "field_name": "speaker", "term": term.replace("emom", "emom")}
    found = signed_in("contributor").get("/admin/autocomplete/", asked).json()["results"]
    assert [one["text"] for one in found] == ["Emomali Rahmon"]


def test_places_of_one_name_are_told_apart():
    tajikistan = make_place("Tajikistan", kind="country")
    province = make_place("Gorno-Badakhshan", slug="gbao", kind="province", parent=tajikistan)
    make_place("Ishkoshim", slug="ishkoshim-district", kind="district", parent=province, names={"ru": "Ишкашим", "also": ["Ishkashim"]})
    make_place("Ishkoshim", slug="ishkoshim-town", kind="settlement", parent=province, names={"ru": "Ишкашим"})
    asked = {"app_label": "incidents", "model_name": "incident", "field_name": "place", "term": "ишкашим"}
    found = {one["text"] for one in signed_in("contributor").get("/admin/autocomplete/", asked).json()["results"]}
    assert found == {"Ishkoshim (district), Gorno-Badakhshan, Tajikistan", "Ishkoshim (settlement), Gorno-Badakhshan, Tajikistan"}


def test_lists_of_words_are_typed_one_in_a_line():
    actor = make_actor(aliases=["One"])
    save(signed_in("contributor"), desk_url(actor), aliases="One\r\n Two  words \r\n\r\nOne")
    actor.refresh_from_db()
    assert actor.aliases == ["One", "Two words"]


@pytest.mark.parametrize("translations", ['["ru"]', '{"ru": "x"}', '{"ru": {"title": 1}}', "{"])
def test_translations_have_a_shape(translations):
    response = save(signed_in("contributor"), desk_url(make_source()), translations=translations)
    assert response.status_code == 200


# History


def test_the_history_tells_who_changed_what_and_why_rows_included():
    statement = make_statement(make_incident(), killed=3)
    client = signed_in("editor", "karim")
    save(client, desk_url(statement), figures__0__low="2", change_reason="Recounted")
    page = client.get(desk_url(statement, "history")).content.decode()
    assert "karim" in page and "Recounted" in page and "Figure changed" in page


def test_an_old_version_is_not_posted_back():
    incident = make_incident()
    entry = incident.history.first()
    response = signed_in("admin").post(f"{desk_url(incident, 'history')}{entry.pk}/", {"title": "Forged"})
    incident.refresh_from_db()
    assert response.status_code in (302, 404) and incident.title != "Forged"


def test_everything_on_the_desk_is_kept_from_caches():
    response = signed_in("editor").get(desk_url(make_incident(), "preview"))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Preview" in response.content.decode()


def test_people_without_a_role_see_nothing():
    client = Client()
    client.force_login(User.objects.create(username="nobody", is_staff=True))
    assert client.get(list_url(Incident)).status_code == 403
    assert client.get(desk_url(make_incident(), "publish")).status_code == 403
    assert make_colleague("contributor").has_perm("incidents.change_incident")


def test_a_public_statement_set_internal_stays_public_and_the_desk_says_so():
    statement = publish_incident().statements.get()
    response = signed_in("editor").post(
        desk_url(statement), opened(signed_in("editor"), desk_url(statement)) | {"visibility": "internal"}, follow=True
    )
    assert "public until you withdraw it" in messages_of(response) and statement.edition is not None


@pytest.mark.parametrize("names", ['["ru"]', '{"ru": 1}', '{"also": [1]}', "x"])
def test_names_of_places_have_a_shape(names):
    assert save(signed_in("admin"), desk_url(make_place()), names=names).status_code == 200
