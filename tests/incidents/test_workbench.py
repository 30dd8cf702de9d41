"""The article workbench as plain forms: statements marked, read, taken over, moved; nothing overwritten, nothing lost."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from incidents.models import Actor, Incident, Statement
from tests.desk import desk_url, messages_of, signed_in
from tests.exercise import load_exercise
from tests.factories import make_actor, make_article, make_figure, make_incident, make_place, make_statement, make_user

pytestmark = pytest.mark.django_db
QUOTE = "Two of our people are dead and one is missing"


def bench(article, **query):
    return reverse("admin:incidents_statement_workbench", args=[article.pk], query=query)


def sent_from(response, **changed):
    """What a browser would send of the open form."""
    form = response.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields = {name: "on" if value is True else value for name, value in fields.items() if value not in (None, False)}
    for name in form.fields:
        if name in fields and hasattr(form.fields[name], "chooser"):
            fields[name] = form.fields[name].prepare_value(fields[name])
    return {**fields, **form.opened, "version": form.instance.version, "press": "save", **changed}


def mark(client, article, words, **changed):
    """Open a new statement with these words and save it."""
    opened = client.get(bench(article, quote=words))
    return client.post(bench(article, new=""), sent_from(opened, **{"act": "claim"} | changed), follow=True)


def refusals(response):
    return str(response.context["form"].errors)


def test_a_statement_is_marked_with_all_that_its_words_contain():
    editor, article, fishers, incident = signed_in("contributor"), load_exercise(), make_actor("Council of Fishers"), make_incident()
    saved = mark(
        editor,
        article,
        "Two of our … is missing",
        speaker="council of fish",
        numbers="2 killed; 1 missing",
        called="liars = the Command",
        incident=incident.title,
    )
    statement = Statement.objects.get()
    assert statement.quote == article.text[statement.span_start : statement.span_end] == QUOTE
    assert (statement.speaker, str(statement.said_on), statement.is_ready, statement.attribution) == (fishers, "2026-04-07", False, "named")
    assert [(figure.measure, figure.low, figure.incident) for figure in statement.figures.all()] == [
        ("killed", 2, incident),
        ("missing", 1, incident),
    ]
    assert [(label.words, label.described) for label in statement.labels.all()] == [("liars", "the Command")]
    assert "Read as: people killed: 2; person missing: 1" in messages_of(saved)
    assert f'data-statement="{statement.pk}">{QUOTE}</a></mark>' in saved.content.decode()


def test_speaker_day_and_incident_are_taken_over_from_the_statement_before():
    editor, article, incident = signed_in("editor"), load_exercise(), make_incident()
    make_statement(incident, article=article, speaker=make_actor("Somebody Else"), said_on="2026-04-05")
    form = editor.get(bench(article, new="")).context["form"]
    assert (form["speaker"].value(), str(form["said_on"].value())) == ("Somebody Else", "2026-04-05")
    assert form["incident"].value().startswith(incident.title)


def test_who_and_what_happened_are_made_in_place():
    editor, article, above = signed_in("contributor"), load_exercise(), make_actor("Government of Reeds")
    asked = mark(editor, article, QUOTE, speaker="Reed Bank Command", incident="Shots at Gravel Island")
    assert "Nothing on the desk is called “Reed Bank Command”" in refusals(asked)
    assert not Statement.objects.exists()
    made = {
        "speaker_kind": "state_forces",
        "speaker_parent": "Government of R",
        "incident_kind": "armed_clash",
        "incident_on": "last Monday",
    }
    mark(editor, article, QUOTE, speaker="Reed Bank Command", incident="Shots at Gravel Island", **made)
    actor, incident, statement = Actor.objects.get(name="Reed Bank Command"), Incident.objects.get(), Statement.objects.get()
    assert (actor.parent, actor.kind, actor.slug) == (above, "state_forces", "reed-bank-command")
    assert (str(incident.started_on), incident.review_state, incident.kind) == ("2026-04-06", "draft", "armed_clash")
    assert (statement.speaker, statement.incidents.get()) == (actor, incident)


def test_a_name_that_several_bear_asks_which():
    editor, article = signed_in("editor"), load_exercise()
    first, _second = make_actor("River Guard", parent=make_actor("Left Bank")), make_actor("River Guard", parent=make_actor("Right Bank"))
    assert "River Guard · Left Bank; River Guard · Right Bank" in refusals(mark(editor, article, QUOTE, speaker="river guard"))
    mark(editor, article, QUOTE, speaker="River Guard · Left Bank")
    assert Statement.objects.get().speaker == first


def test_incidents_are_found_by_title_place_and_day():
    place = make_place("Ishkoshim", names={"ru": "Ишкашим"})
    make_incident("Shots at the ferry", place=place, started_on="2025-12-24")
    label = "Shots at the ferry · 2025-12-24"
    ask = signed_in("editor").get
    for words in ("ferry", "Ишкашим", "24 Dec", "2025-12", "ishko 24"):
        assert ask(bench(load_exercise()) + "ask/", {"what": "incident", "words": words}).json() == {"choices": [label], "is_sure": True}


def test_words_that_stand_twice_are_chosen_and_words_that_stand_nowhere_are_refused():
    editor, article = signed_in("editor"), load_exercise()
    places = mark(editor, article, "from the reeds").context["form"].places
    assert len(places) == 2
    mark(editor, article, "from the reeds", place=places[1][0])
    assert f"{Statement.objects.get().span_start}-{Statement.objects.get().span_end}" == places[1][0]
    assert "do not stand in the captured text" in refusals(mark(editor, article, "from the moon"))
    mark(editor, article, "from the moon", is_unplaced="on")
    assert Statement.objects.filter(quote="from the moon", span_start=None).exists()


def test_a_bad_number_is_refused_and_what_was_typed_stays():
    refused = mark(signed_in("editor"), load_exercise(), QUOTE, numbers="5 frogs killed")
    assert "“frogs” is not understood" in refusals(refused)
    assert "5 frogs killed" in refused.content.decode()


def full_statement(article):
    """A statement with more than the short form shows."""
    first, second = make_incident("First"), make_incident("Second")
    statement = make_statement(
        first,
        second,
        article=article,
        speaker=make_actor(),
        original_text="Дар асл",
        covers_note="kept",
        quote=QUOTE,
        span_start=0,
        span_end=1,
    )
    statement.find_quote()
    statement.save()
    make_figure(statement, low=2, best=2, high=2, incident=first, verdict="excluded", verdict_reason="Misprint")
    make_figure(statement, low=3, best=3, high=3, wording="three of them")
    statement.labels.create(words='so "called"', described="them")
    statement.assertions.create(about="date", starts_on="2026-04-05", incident=first)
    return statement


def rows_of(statement):
    relations = (statement.figures, statement.labels, statement.assertions, statement.statement_incidents)
    return [list(relation.values()) for relation in relations]


def test_what_the_form_does_not_show_stays_when_an_old_statement_is_changed():
    editor, article = signed_in("editor"), load_exercise()
    statement = full_statement(article)
    before = rows_of(statement)
    opened = editor.get(bench(article, statement=statement.pk))
    assert "Misprint" not in opened.content.decode()
    assert [str(row) for row in opened.context["form"].untold] == ["2 killed", 'them: “so "called"”']
    response = editor.post(bench(article, statement=statement.pk), sent_from(opened, text="Told anew."))
    assert response.status_code == 302
    statement.refresh_from_db()
    assert (statement.text, statement.original_text, statement.covers_note) == ("Told anew.", "Дар асл", "kept")
    assert rows_of(statement) == before


def test_a_number_that_is_changed_stays_the_same_figure():
    editor, article, incident = signed_in("editor"), load_exercise(), make_incident()
    statement = make_statement(incident, article=article, killed=2, speaker=make_actor())
    make_figure(statement, measure="injured", low=4, best=4, high=4)
    killed, injured = statement.figures.all()
    opened = editor.get(bench(article, statement=statement.pk))
    assert opened.context["form"]["numbers"].value() == "2 killed; 4 injured"
    editor.post(bench(article, statement=statement.pk), sent_from(opened, numbers="3 killed"))
    assert [(figure.pk, figure.low, figure.incident) for figure in statement.figures.all()] == [(killed.pk, 3, incident)]
    assert injured.history.latest().history_type == "-"


def test_the_figures_of_a_statement_go_along_to_another_incident():
    editor, article = signed_in("editor"), load_exercise()
    wrong, right = make_incident("The wrong one"), make_incident("The right one")
    statement = make_statement(wrong, article=article, killed=2, speaker=make_actor())
    opened = editor.get(bench(article, statement=statement.pk))
    editor.post(bench(article, statement=statement.pk), sent_from(opened, incident="right one"))
    assert statement.incidents.get() == statement.figures.get().incident == right


def test_nobody_overwrites_a_colleague_on_the_workbench():
    editor, article = signed_in("editor"), load_exercise()
    statement = make_statement(make_incident(), article=article, killed=2, speaker=make_actor())
    first, second = (sent_from(editor.get(bench(article, statement=statement.pk))) for _ in range(2))
    editor.post(bench(article, statement=statement.pk), first | {"text": "Theirs.", "numbers": "5 killed"})
    refused = editor.post(bench(article, statement=statement.pk), second | {"text": "Mine.", "numbers": "7 killed"})
    shown = {field["label"]: (field["theirs"], field["yours"]) for field in refused.context["conflict"].fields}
    assert shown["Paraphrase"] == ("Theirs.", "Mine.")
    assert shown["Number"] == ("5 killed", "7 killed")
    assert statement.figures.get().low == 5
    editor.post(bench(article, statement=statement.pk), sent_from(refused))
    statement.refresh_from_db()
    assert (statement.text, statement.figures.get().low) == ("Mine.", 7)


def test_a_colleagues_numbers_stand_where_only_the_words_were_changed():
    editor, article = signed_in("editor"), load_exercise()
    statement = make_statement(make_incident(), article=article, killed=2, speaker=make_actor())
    first, second = (sent_from(editor.get(bench(article, statement=statement.pk))) for _ in range(2))
    editor.post(bench(article, statement=statement.pk), first | {"numbers": "5 killed"})
    refused = editor.post(bench(article, statement=statement.pk), second | {"text": "Mine."})
    assert refused.context["form"]["numbers"].value() == "5 killed"
    editor.post(bench(article, statement=statement.pk), sent_from(refused))
    assert statement.figures.get().low == 5


def test_quotes_are_found_again_in_a_text_that_was_captured_again():
    editor, article = signed_in("editor"), load_exercise()
    mark(editor, article, QUOTE, speaker="", numbers="2 killed")
    mark(editor, article, "eleven lamps")
    capture = {
        "press": "capture",
        "version": article.version,
        "text": "A new first line.\r\n\r\n" + article.text.replace("eleven", "twelve"),
    }
    page = editor.post(bench(article), capture, follow=True)
    words = page.content.decode()
    assert "The quote does not stand in the present text." in words
    assert "It comes from the text captured on" in words
    (movable,) = page.context["cards"].movable
    editor.post(bench(article), {"press": "move", "statement": movable.statement.pk})
    article.refresh_from_db()
    moved, lost = Statement.objects.order_by("pk")
    assert "\r" not in article.text
    assert moved.stands_in(article.text)
    assert not lost.stands_in(article.text)
    opened = editor.get(bench(article, statement=lost.pk))
    assert editor.post(bench(article, statement=lost.pk), sent_from(opened, text="Eleven.")).status_code == 302
    lost.refresh_from_db()
    assert (lost.quote, lost.text) == ("eleven lamps", "Eleven.")


def test_a_text_that_somebody_else_captured_meanwhile_is_not_overwritten():
    editor, article = signed_in("editor"), load_exercise(text="")
    assert "Paste the text of the article" in editor.get(bench(article)).content.decode()
    editor.post(bench(article), {"press": "capture", "version": 1, "text": "Theirs"})
    response = editor.post(bench(article), {"press": "capture", "version": 1, "text": "Mine"}, follow=True)
    assert "changed by somebody else" in messages_of(response)
    article.refresh_from_db()
    assert article.text == "Theirs"


def test_quotes_that_lie_over_each_other_each_open_their_statement():
    editor, article = signed_in("editor"), load_exercise()
    mark(editor, article, QUOTE)
    page = mark(editor, article, "are dead and one is missing,” its clerk")
    text = page.content.decode()
    for statement in Statement.objects.all():
        assert f'data-statement="{statement.pk}"' in text
        assert f'href="?statement={statement.pk}#statement-{statement.pk}" data-number=' in text
    assert 'data-depth="2"' in text


def test_the_article_leads_to_its_workbench():
    article = make_article()
    assert f'href="{bench(article)}"' in signed_in("contributor").get(desk_url(article)).content.decode()


def test_whoever_may_only_look_gets_no_form():

    reader, article = Client(), load_exercise()
    statement, user = make_statement(article=article), make_user("reader", is_staff=True)
    reader.force_login(user)
    assert reader.get(bench(article)).status_code == 403
    user.user_permissions.set(Permission.objects.filter(codename__in=("view_statement", "view_article")))
    page = reader.get(bench(article, statement=statement.pk))
    assert (page.status_code, page.context["form"]) == (200, None)
    assert "wb-open-link" not in page.content.decode()
    for posted in ({}, {"press": "capture", "text": "x"}, {"press": "move"}):
        assert reader.post(bench(article, statement=statement.pk), posted).status_code == 403
    assert reader.get(bench(article) + "ask/?what=actor&words=x").status_code == 403


def test_what_no_page_links_to_is_not_found_and_breaks_nothing():
    editor, article = signed_in("editor"), load_exercise()
    make_actor()
    make_incident()
    for query in ("statement=x", "statement=999999", "statement=9999999999999999999"):
        assert editor.get(f"{bench(article)}?{query}").status_code == 404
    for query in ("new&start=5&end=2", "new&start=1&end=99999999", "quote=%00", "new&start=-1"):
        assert editor.get(f"{bench(article)}?{query}").status_code == 200
    assert editor.get(f"{bench(article)}ask/?what=else").status_code == 404
    for what in ("actor", "incident", "numbers", "called"):
        for words in ("", "\0", "ж" * 3000, "%", "🙂", "5-", "a = b = c"):
            assert editor.get(bench(article) + "ask/", {"what": what, "words": words}).status_code == 200
