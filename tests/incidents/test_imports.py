"""Importing events: every row accounted for, nothing twice, nothing half, nothing invented."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from borderwatch.models import Edition, Release
from incidents.imports.plan import make_plan
from incidents.imports.reading import Unreadable, read
from incidents.imports.undo import undo
from incidents.imports.write import prepare, write
from incidents.models import Actor, Figure, ImportBatch, Incident, Participation, Statement
from incidents.published import PublishedIncident
from sources.models import Article, Source
from tests.factories import make_actor, make_incident, make_place, make_statement, make_user
from tests.incidents.import_files import ACLED, GED_19, GED_23, make_acled, make_ged, write_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Writes a file of these rows and returns its path."""

    def written(*rows, columns=GED_23, name="events.csv"):
        return write_csv(tmp_path / name, rows, columns)

    return written


def plan_of(path, layout="ucdp-ged"):
    return make_plan(layout, read(path))


def import_file(path, layout="ucdp-ged"):
    return write(plan_of(path, layout))


def errors_of(path, layout="ucdp-ged"):
    return [str(error) for error in plan_of(path, layout).errors]


def figures():
    return {figure.group: (figure.low, figure.best, figure.high) for figure in Figure.objects.all()}


# What an event becomes


def test_an_event_becomes_an_incident_with_the_data_sets_statement_and_figures(file):
    import_file(file(make_ged(36210, best=7, low=5, high=9, deaths_a=2, deaths_b=4, deaths_civilians=0, deaths_unknown=1)))

    incident = Incident.objects.get()
    assert (incident.kind, str(incident.started_on), incident.ended_on) == ("armed_clash", "2011-04-03", None)
    assert (incident.latitude, incident.longitude, incident.place, incident.place_precision) == (5.25, 26.5, None, 1)
    assert incident.where_description == "Lower village, Examplia"
    assert incident.external_ids == {"ucdp_ged": "36210"}
    statement = incident.statements.get()
    assert (statement.act, statement.attribution, statement.speaker) == ("report", "outlet", None)
    assert (statement.article.source.name, statement.article.source.kind) == ("UCDP GED", "research")
    assert figures() == {
        "all": (5, 7, 9),
        "state_forces": (0, 2, 2),
        "armed_group": (0, 4, 4),
        "civilians": (0, 0, 0),
        "status_unknown": (0, 1, 1),
    }


def test_sides_become_actors_once_and_are_known_again_by_id_and_by_name(file):
    known = make_actor("Front", kind="armed_group")

    import_file(file(make_ged(1), make_ged(2, side_a="Gov. of Examplia")))

    assert Actor.objects.count() == 2
    government = Actor.objects.get(name="Government of Examplia")
    assert (government.kind, government.external_ids) == ("state_body", {"ucdp": "901"})
    assert {part.actor for part in Participation.objects.all()} == {known, government}


def test_one_sided_violence_has_an_alleged_attacker_and_civilians_in_words(file):
    import_file(file(make_ged(type_of_violence=3, side_a="Front", side_b="Civilians", gwnoa="", deaths_b=0, deaths_civilians=3)))

    assert Incident.objects.get().kind == "attack_on_civilians"
    parts = {part.role: (str(part.actor), part.described_as) for part in Participation.objects.all()}
    assert parts == {"alleged_attacker": ("Front", ""), "target": ("None", "Civilians")}
    assert figures()["civilians"] == (0, 3, 3)


def test_two_sides_of_one_group_are_one_figure_that_keeps_both_numbers(file):
    import_file(file(make_ged(type_of_violence=2, side_a="Front", gwnoa="", side_b="Union", best=5, deaths_a=2, deaths_b=3)))

    figure = Figure.objects.get(group="armed_group")
    assert (figure.low, figure.best, figure.high) == (0, 5, 5)
    assert (figure.wording, figure.calculation) == ("deaths_a 2, deaths_b 3", "deaths_a + deaths_b")


def test_a_place_is_taken_from_the_gazetteer_only_where_its_names_leave_no_doubt(file):
    country = make_place("Afghanistan", kind="country", country="AF")
    province = make_place("Takhar", kind="province", country="AF", parent=country, names={"also": ["Takhar wilayat"]})
    for slug in ("darqad", "darqad-2"):
        make_place("Darqad", slug=slug, kind="district", country="AF", parent=province)
    where = {"country": "Afghanistan", "adm_1": "Takhar province"}

    import_file(file(make_ged(1, **where, adm_2="Darqad district"), make_ged(2, country="Tajikistan", adm_1="Takhar province")))

    places = {incident.external_ids["ucdp_ged"]: incident.place for incident in Incident.objects.all()}
    assert places == {"1": province, "2": None}


def test_two_events_that_share_day_point_and_dyad_are_two_incidents(file):
    import_file(file(make_ged(1), make_ged(2)))
    assert Incident.objects.count() == 2


def test_an_incident_that_an_editor_gave_the_id_gets_the_statement(file):
    mine = make_incident("Entered by hand", external_ids={"ucdp_ged": "5"})

    import_file(file(make_ged(5)))

    assert Incident.objects.get() == mine
    assert Statement.objects.get().incidents.get() == mine
    mine.refresh_from_db()
    assert mine.title == "Entered by hand"


# What real files hold


def test_contradicting_values_keep_best_and_widen_to_the_smallest_and_largest(file):
    path = file(make_ged(1, low=7, best=6, high=7, deaths_b=6), make_ged(2, low=8, best=8, high=4, deaths_b=8))

    import_file(path)

    spans = [(figure.low, figure.best, figure.high, figure.wording) for figure in Figure.objects.filter(group="all")]
    assert spans == [(6, 6, 7, "low 7, best 6, high 7"), (4, 8, 8, "low 8, best 8, high 4")]
    assert [(notice.row, notice.column) for notice in plan_of(path).notices] == [(2, "low"), (3, "high")]


def test_where_deaths_by_side_exceed_the_files_best_its_best_is_preferred(file):
    import_file(file(make_ged(best=3, deaths_a=2, deaths_b=4)))
    figure = Figure.objects.get(group="all")
    assert (figure.best, figure.verdict) == (3, "preferred")
    assert "6" in figure.verdict_reason


def test_an_empty_cell_is_no_figure_and_zero_is_one(file):
    nothing = dict.fromkeys(("low", "best", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), "")
    import_file(file(make_ged(1, **nothing), make_ged(2, best=0)))
    counted = {statement.incidents.get().external_ids["ucdp_ged"]: statement.figures.count() for statement in Statement.objects.all()}
    assert counted == {"1": 0, "2": 5}
    assert figures()["all"] == (0, 0, 0)


def test_sources_joined_in_one_cell_with_line_breaks_are_named_one_by_one(file):
    long = "; ".join(f"Agency {number}, a headline" for number in range(200))
    import_file(file(make_ged(1, source_article='"Agency, one\ntwo";Paper 4/4;Paper 4/4'), make_ged(2, source_article=long)))

    texts = list(Statement.objects.values_list("text", flat=True))
    assert texts[0].endswith("It relies on: Agency, one two; Paper 4/4.")
    assert "Agency 199, a headline" in texts[1]


def test_releases_of_both_styles_say_the_same(file):
    import_file(file(make_ged(1), name="ged231.csv"))
    older = make_ged(1, date_start="2011-04-03", date_end="2011-04-03")
    plan = plan_of(file(older, columns=GED_19, name="ged191.csv"))
    assert (len(plan.new), len(plan.changed), len(plan.same)) == (0, 0, 1)


@pytest.mark.parametrize("ending", ["xlsx", "jsonl", "tsv"])
def test_spreadsheets_and_json_lines_say_the_same_as_csv(file, tmp_path, ending):
    event = make_ged(1, best=4)
    import_file(file(event))
    path = tmp_path / f"events.{ending}"
    if ending == "xlsx":
        book = Workbook()
        book.active.append(GED_23)
        book.active.append([event.get(column) for column in GED_23])
        book.save(path)
    elif ending == "jsonl":
        path.write_text(json.dumps({column: event.get(column) for column in GED_23}))
    else:
        path.write_text("\t".join(GED_23) + "\n" + "\t".join(str(event.get(column, "")) for column in GED_23))
    assert len(plan_of(path).same) == 1


# What is refused


def test_a_file_without_a_header_is_refused(file):
    path = file(make_ged(1), make_ged(2))
    path.write_text(path.read_text().split("\n", 1)[1])
    with pytest.raises(Unreadable, match="not the header"):
        plan_of(path)


def test_a_column_that_is_missing_or_stands_there_twice_is_named(file):
    with pytest.raises(Unreadable, match="twice: id"):
        plan_of(file(make_ged(1), columns=[*GED_23, "id"]))
    with pytest.raises(Unreadable, match="best"):
        plan_of(file(make_ged(1), columns=[column for column in GED_23 if column != "best"]))


def test_files_that_cannot_be_read_say_why(tmp_path):
    for name, content, reason in (
        ("latin.csv", "id,côte\n".encode("latin-1"), "UTF-8"),
        ("empty.csv", b"", "empty"),
        ("quote.csv", b'id,name\n1,"open', "line"),
        ("events.pdf", b"%PDF", "ends in"),
        ("book.xlsx", b"no zip", "spreadsheet"),
        ("lines.jsonl", b'{"id": 1}\n{', "line 2"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Unreadable, match=reason):
            read(tmp_path / name)


def test_every_bad_cell_is_named_by_row_and_column_and_nothing_is_written(file):
    path = file(
        make_ged(1, source_article="two\nlines"),
        make_ged(2, deaths_a="many", latitude=95),
        make_ged(3, date_end="2011-04-01"),
        make_ged(4, low=""),
        make_ged(5, where_prec=9, date_start="1753-01-01"),
        make_ged(6, side_a="", longitude=""),
        make_ged(7, high="-1"),
    )
    expected = [
        "row 3: latitude: “95”",
        "row 3: deaths_a: “many”",
        "row 4: date_end: is before",
        "row 5: low: is empty",
        "row 6: date_start: 1753-01-01",
        "row 6: where_prec: “9”",
        "row 7: side_a: is empty",
        "row 7: longitude: is empty",
        "row 8: high: “-1”",
    ]
    errors = errors_of(path)
    assert [begins for begins in expected if not any(error.startswith(begins) for error in errors)] == []
    assert len(errors) == len(expected)
    with pytest.raises(ValidationError):
        import_file(path)
    assert not Incident.objects.exists() and not Source.objects.exists()


def test_a_key_that_stands_there_twice_is_named_with_both_rows(file):
    assert errors_of(file(make_ged(8), make_ged(9), make_ged(8))) == ["row 4: id: 8 stands in row 2 too"]


def test_a_shifted_row_is_an_error(file):
    path = file(make_ged(1))
    path.write_text(path.read_text().rstrip() + ",extra\n")
    assert errors_of(path) == ["row 2: has more cells than the header has columns"]


# Again


def test_the_same_file_again_changes_nothing(file):
    path = file(make_ged(1), make_ged(2))
    import_file(path)
    before = list(Incident.objects.values()), list(Figure.objects.values())

    assert import_file(path) is None

    assert before == (list(Incident.objects.values()), list(Figure.objects.values()))
    assert ImportBatch.objects.count() == Article.objects.count() == 1


def test_a_later_release_changes_what_it_changed_and_leaves_an_editors_work(file):
    import_file(file(make_ged(1, best=3), make_ged(2)))
    mine = Incident.objects.get(external_ids__ucdp_ged="1")
    mine.title = "A better title"
    mine.save()

    later = file(make_ged(1, best=5, where_coordinates="Upper village", date_prec=2), make_ged(2), name="later.csv")
    plan = plan_of(later)
    write(plan)

    assert (len(plan.new), len(plan.changed), len(plan.same)) == (0, 1, 1)
    mine.refresh_from_db()
    assert (mine.title, mine.where_description, mine.date_precision) == ("A better title", "Upper village, Examplia", 2)
    statement = mine.statements.get()
    assert statement.figures.get(group="all").best == statement.figures.get(group="armed_group").best == 5
    assert statement.article.headline.endswith("later.csv")
    assert import_file(later) is None


def test_the_history_tells_who_changed_what_and_nothing_of_what_stayed(file):
    editor = make_user("boss")
    import_file(file(make_ged(1, best=3)))

    write(plan_of(file(make_ged(1, best=5, deaths_unknown="", side_b="Union"), name="later.csv")), editor)

    told = {(figure.group, line.history_type, str(line.history_user)) for figure in Figure.objects.all() for line in figure.history.all()}
    assert {group for group, how, _who in told if how == "~"} == {"all", "armed_group"}
    gone = [*Figure.history.filter(history_type="-"), *Participation.history.filter(history_type="-")]
    assert [line.history_user for line in gone] == [editor] * 3 and "later.csv" in gone[0].history_change_reason
    incident = Incident.objects.get()
    assert (incident.version, incident.history.first().history_user, incident.history.first().version) == (2, editor, 2)


@pytest.mark.parametrize("record", [Incident, Statement, Figure])
def test_what_an_editor_saved_while_an_import_was_made_ready_is_not_overwritten(file, record):
    import_file(file(make_ged(1, best=3)))
    writing = prepare(plan_of(file(make_ged(1, best=5), name="later.csv")))
    record.objects.first().save()

    with pytest.raises(ValidationError, match="desk changed"):
        writing.write()

    assert ImportBatch.objects.count() == 1 and set(Figure.objects.values_list("best", flat=True)) == {0, 3}
    assert len(plan_of(file(make_ged(1, best=5), name="later.csv")).changed) == 1


def test_an_import_that_was_overtaken_by_another_is_refused(file):
    path = file(make_ged(1))
    plan = plan_of(path)
    import_file(path)
    with pytest.raises(ValidationError, match="Another import"):
        write(plan)


# The command


def test_the_command_publishes_what_the_file_counts_and_again_does_nothing(file, capsys):
    path = file(make_ged(1, best=3), make_ged(2, best=0), make_ged(3, low=7, best=6, high=7, deaths_b=6))
    editor = make_user("boss", is_superuser=True)

    call_command("import_events", "ucdp-ged", str(path), "--publish", "--by", "boss")

    assert "3 rows: 3 new, 0 changed, 0 the same. Killed, as the file has it: 9." in capsys.readouterr().out
    rows = PublishedIncident.objects.current()
    assert sorted(rows.values_list("killed_low", "killed_best", "killed_high")) == [(0, 0, 0), (3, 3, 3), (6, 6, 7)]
    assert json.loads(rows.first().document)["evidence"]["origins"] == [{"type": "source", "id": "SO-1", "name": "UCDP GED"}]
    release = Release.objects.get()
    assert (release.by_name, release.note) == ("boss", "Import of events.csv.")
    assert Incident.objects.first().history.first().history_user == editor

    call_command("import_events", "ucdp-ged", str(path), "--publish", "--by", "boss")
    assert Release.objects.count() == 1


def test_events_imported_before_are_published_later_but_not_what_is_in_review(file):
    path = file(make_ged(1), make_ged(2))
    call_command("import_events", "ucdp-ged", str(path))
    assert not Release.objects.exists()
    reviewed = Incident.objects.first()
    reviewed.review_state = "in_review"
    reviewed.save()

    call_command("import_events", "ucdp-ged", str(path), "--publish")

    assert PublishedIncident.objects.current().count() == 1
    reviewed.refresh_from_db()
    assert reviewed.public_id is None


def test_a_change_is_published_unless_an_editor_is_at_work_on_it(file):
    call_command("import_events", "ucdp-ged", str(file(make_ged(1), make_ged(2))), "--publish")
    edited = Incident.objects.get(external_ids__ucdp_ged="2")
    edited.summary = "Half a sentence"
    edited.save()

    call_command("import_events", "ucdp-ged", str(file(make_ged(1, best=4), make_ged(2, best=4), name="later.csv")), "--publish")

    best = {row.uid: row.killed_best for row in PublishedIncident.objects.current()}
    assert best[edited.uid] == 3 and sorted(best.values()) == [3, 4]
    assert Release.objects.count() == 2


def test_a_withdrawn_event_stays_withdrawn(file):
    path = file(make_ged(1))
    call_command("import_events", "ucdp-ged", str(path), "--publish")
    Incident.objects.get().withdraw(by=make_user(), reason="It endangers a witness.")

    call_command("import_events", "ucdp-ged", str(file(make_ged(1, best=9), name="later.csv")), "--publish")

    assert not PublishedIncident.objects.current().exists()


def test_the_command_names_bad_rows_on_stderr_and_fails(file, capsys):
    with pytest.raises(CommandError, match="1 of 2 rows"):
        call_command("import_events", "ucdp-ged", str(file(make_ged(1), make_ged(2, deaths_a="x"))))
    assert "row 3: deaths_a: “x” is not a whole number" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(file):
    call_command("import_events", "ucdp-ged", str(file(make_ged(1))), "--dry-run", "--publish")
    assert not Incident.objects.exists() and not Source.objects.exists()


def test_who_may_not_publish_cannot_by_an_import(file):
    make_user("helper")
    with pytest.raises(CommandError, match="may not publish"):
        call_command("import_events", "ucdp-ged", str(file(make_ged(1))), "--publish", "--by", "helper")
    with pytest.raises(CommandError, match="no account"):
        call_command("import_events", "ucdp-ged", str(file(make_ged(1))), "--by", "nobody")
    assert not Incident.objects.exists()


# ACLED


def test_acled_goes_to_the_desk_and_stays_there(file):
    path = file(make_acled(), columns=ACLED)
    with pytest.raises(CommandError, match="licence"):
        call_command("import_events", "acled", str(path), "--publish")

    call_command("import_events", "acled", str(path))

    incident = Incident.objects.get()
    assert (incident.kind, str(incident.started_on), incident.external_ids) == ("armed_clash", "2011-04-03", {"acled": "EXA1"})
    statement = incident.statements.get()
    assert (statement.visibility, statement.quote) == ("internal", "On 3 April 2011, soldiers and the Front fought.")
    assert {actor.name: actor.kind for actor in Actor.objects.all()} == {
        "Military Forces of Examplia (2001-)": "state_forces",
        "Front": "armed_group",
    }
    incident.review_state = "approved"
    incident.save()
    incident.publish(by=make_user())
    assert not Edition.objects.filter(content__contains="soldiers and the Front").exists()


def test_acled_fatalities_blank_are_no_figure_and_zero_says_what_it_means(file):
    import_file(file(make_acled("EXA1", fatalities=""), make_acled("EXA2", fatalities=0), columns=ACLED), "acled")
    figure = Figure.objects.get()
    assert (figure.low, figure.best, figure.high, figure.wording) == (0, 0, 0, "no reported fatalities")


def test_acled_precisions_and_kinds_are_translated(file):
    rows = [
        make_acled("EXA1", time_precision=3, geo_precision=3, sub_event_type="Air/drone strike", notes="A drone struck."),
        make_acled("EXA2", event_type="Violence against civilians", sub_event_type="Attack", actor2="Civilians (Examplia)", inter2=7),
        make_acled("EXA3", time_precision=4),
    ]
    assert errors_of(file(*rows, columns=ACLED), "acled")[0].startswith("row 4: time_precision")

    import_file(file(*rows[:2], columns=ACLED), "acled")

    first, second = Incident.objects.order_by("pk")
    assert (first.kind, first.date_precision, first.place_precision) == ("drone_strike", 4, 4)
    assert second.kind == "attack_on_civilians"
    assert second.participations.get(role="target").described_as == "Civilians (Examplia)"


# Undo


def test_an_undone_import_leaves_nothing_and_its_file_is_new_again(file):
    path = file(make_ged(1), make_ged(2))
    batch = import_file(path)

    call_command("undo_import", str(batch.pk))

    assert not (Incident.objects.exists() or Statement.objects.exists() or Figure.objects.exists() or Article.objects.exists())
    assert len(plan_of(path).new) == 2
    with pytest.raises(CommandError, match="already"):
        call_command("undo_import", str(batch.pk))


def test_an_undone_change_puts_back_what_the_release_before_said(file):
    first = file(make_ged(1, best=3))
    import_file(first)
    later = import_file(file(make_ged(1, best=5, deaths_a=2, side_b="Union", side_b_new_id=903, date_prec=2), name="later.csv"))
    with pytest.raises(ValidationError, match="later import"):
        undo(ImportBatch.objects.last())

    undo(later)

    assert figures()["all"] == (3, 3, 3) and figures()["armed_group"] == (0, 3, 3)
    assert Incident.objects.get().date_precision == 1
    assert {part.actor.name for part in Participation.objects.all()} == {"Government of Examplia", "Front"}
    assert len(plan_of(first).same) == 1


def test_what_was_public_or_edited_or_built_upon_is_not_undone(file):
    batch = import_file(file(make_ged(1), make_ged(2)))
    edited = Incident.objects.get(external_ids__ucdp_ged="1")
    edited.summary = "Words of an editor"
    edited.save()
    with pytest.raises(ValidationError, match="row 2: .* was edited"):
        undo(batch)
    Incident.objects.update(version=1)
    extra = make_statement(edited)
    with pytest.raises(ValidationError, match="added to what this import brought"):
        undo(batch)
    extra.delete()
    edited.refresh_from_db()
    edited.review_state = "approved"
    edited.save()
    edited.publish(by=make_user())
    with pytest.raises(ValidationError, match="row 2: .* was public"):
        undo(batch)
    assert Incident.objects.count() == 2
