"""Editors' own tables: what a row says is what the desk has, nothing twice, nothing half, nobody overwritten, everything taken back."""

import datetime
import random
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import CheckConstraint
from openpyxl import Workbook, load_workbook

from borderwatch.protection import protect
from borderwatch.publishing import verbs
from incidents.imports.importing import OWN_TABLES, carry_out, check, summary
from incidents.imports.reading import Unreadable
from incidents.imports.tables import publish, rules
from incidents.imports.tables.layouts import LAYOUTS, WORKBOOK
from incidents.imports.tables.templates import template_csv, template_xlsx
from incidents.imports.undo import undo
from incidents.models import Actor, Figure, ImportBatch, ImportedRecord, Incident, Label, Participation, Statement
from incidents.published import PublishedIncident
from sources.models import Article, Source
from tests.factories import make_actor, make_article, make_figure, make_incident, make_place, make_source, make_statement, make_user
from tests.incidents.table_files import examples, write_lines, write_table, write_workbook
from tests.running import ROOT

pytestmark = pytest.mark.django_db
MODELS = (Source, Actor, Article, Incident, Statement, Figure, Label, Participation)


@pytest.fixture
def book(tmp_path):
    """Writes a workbook with the examples, changed as asked, and returns its path."""
    return lambda **changed: write_workbook(tmp_path / "tables.xlsx", examples(**changed))


@pytest.fixture
def table(tmp_path):
    """Writes rows as a CSV file and returns its path."""
    return lambda *rows: write_table(tmp_path / "table.csv", rows)


def import_file(path, layout=WORKBOOK, publish=False):
    plan = check(layout, path)
    assert not plan.errors, [str(error) for error in plan.errors]
    return carry_out(plan, make_user("importer"), publish)[0]


def errors_of(path, layout=WORKBOOK):
    return [str(error) for error in check(layout, path).errors]


def counts(path, layout=WORKBOOK):
    plan = check(layout, path)
    assert not plan.errors, [str(error) for error in plan.errors]
    return len(plan.new), len(plan.changed), len(plan.same)


def changes(path, layout=WORKBOOK):
    return [change for row in check(layout, path).changed for change in row.changes]


def desk():
    """Every row of the desk, without what an undone import may leave: versions and primary keys of parts."""
    left_out = {Figure: {"id"}, Label: {"id"}, Participation: {"id"}}
    found = {}
    for model in MODELS:
        rows = model.objects.order_by("pk").values()
        found[model] = [{name: value for name, value in row.items() if name not in {"version", *left_out.get(model, ())}} for row in rows]
    return found


# What a workbook brings


def test_the_examples_of_the_templates_are_a_workbook_whose_rows_name_each_other(book):
    import_file(book())

    said = Statement.objects.get()
    assert (said.article.source.name, said.speaker.name, said.act) == ("Panj Daily", "Office of the Border", "claim")
    assert said.incidents.get().title == "Exchange of fire at the river"
    assert list(said.speaker.outlets.all()) == [said.article.source]
    figure = said.figures.get()
    assert (figure.measure, figure.group, figure.nationality, figure.low, figure.best, figure.high) == (
        "killed",
        "state_forces",
        "TJ",
        2,
        2,
        2,
    )
    assert figure.incident == said.incidents.get()
    assert said.labels.get().words == "intruders"
    assert Participation.objects.get().described_as == "two border guards"
    assert Incident.objects.get().review_state == "draft"
    assert said.history.get().history_user.username == "importer"
    assert [link.source for link in said.speaker.history.get().outlets.all()] == [said.article.source]


def test_the_same_file_again_changes_nothing_and_says_so(book):
    path = book()
    import_file(path)
    before = desk()
    assert counts(path) == (0, 0, 5)
    assert carry_out(check(WORKBOOK, path)) == (None, None)
    assert desk() == before
    assert ImportBatch.objects.count() == 1


def test_the_same_file_again_changes_nothing_without_keys_of_ones_own(table):
    rows = [{"name": "River Post", "kind": "newspaper"}, {"name": "River Post Weekly", "kind": "newspaper"}]
    import_file(table(*rows), "sources")
    Source.objects.filter(name="River Post").update(name="The River Post")
    assert counts(table(*rows), "sources") == (0, 0, 2)


def test_a_corrected_file_changes_what_it_corrects(book):
    import_file(book())
    corrected = book(statements={"killed_low": "3", "killed_best": "3", "killed_high": "3", "said_on": "2025-12-25"})

    assert sorted(changes(corrected)) == [
        ("killed_best state_forces/TJ/", 2, 3),
        ("killed_high state_forces/TJ/", 2, 3),
        ("killed_low state_forces/TJ/", 2, 3),
        ("said_on", "2025-12-24", "2025-12-25"),
    ]
    import_file(corrected)
    assert (Figure.objects.get().best, str(Statement.objects.get().said_on)) == (3, "2025-12-25")
    assert Statement.objects.get().version == 2
    assert counts(corrected) == (0, 0, 5)


def test_the_history_tells_what_an_import_changed_and_nothing_else(book):
    import_file(book())
    import_file(book(actors={"country": "AF"}))
    now = Actor.objects.get().history.first()
    changed = now.diff_against(now.prev_record).changes
    assert [(change.field, change.old, change.new) for change in changed if change.field != "version"] == [("country", "TJ", "AF")]
    assert now.history_user.username == "importer"


def test_what_an_editor_changed_since_stays_and_is_told(book):
    path = book()
    import_file(path)
    incident = Incident.objects.get()
    incident.title = "Exchange of fire near the bridge"
    incident.save()

    assert counts(path) == (0, 0, 5)
    plan = check(WORKBOOK, book(incidents={"title": "Shots at the river", "content_warning": "Wounds"}))
    assert [change[0] for row in plan.changed for change in row.changes] == ["content_warning"]
    assert "row 2: incidents: title: was changed both in the file and on the desk" in " ".join(map(str, plan.notices))


def test_an_empty_cell_leaves_a_value_alone_and_the_marker_empties_it(table):
    source = make_source("River Post", slug="river-post", country="TJ", ownership="private", reliability="B")
    import_file(table({"slug": "river-post", "country": "", "ownership": "[empty]", "reliability": "[empty]"}), "sources")
    source.refresh_from_db()
    assert (source.country, source.ownership, source.reliability) == ("TJ", "", "F")
    assert errors_of(table({"slug": "river-post", "name": "[empty]"}), "sources") == ["row 2: name: cannot be emptied"]


def test_an_empty_number_is_no_figure_a_zero_is_one_and_an_emptied_one_goes(book):
    import_file(book(statements={"killed_low": "0", "killed_best": "0", "killed_high": "0", "injured_low": ""}))
    assert [(figure.measure, figure.best) for figure in Figure.objects.all()] == [("killed", 0)]
    nothing = dict.fromkeys(("killed_low", "killed_best", "killed_high", "killed_wording"), "[empty]")
    import_file(book(statements=nothing))
    assert not Figure.objects.exists()


def test_a_number_is_corrected_by_key_and_number_alone(book, table):
    import_file(book())
    import_file(table({"key": "river-1224-office", "group": "state_forces", "nationality": "TJ", "killed_high": "[empty]"}), "statements")
    figure = Figure.objects.get()
    assert (figure.low, figure.best, figure.high, figure.incident) == (2, 2, None, Incident.objects.get())


def test_a_statement_counts_several_groups_in_rows_that_repeat_its_key(book):
    more = {"key": "river-1224-office", "group": "civilians", "nationality": "CN", "injured_low": "4"}
    tables = examples()
    tables["statements"].append(more)
    import_file(write_workbook(book(), tables))

    figures = {(figure.measure, figure.group, figure.nationality): figure.low for figure in Figure.objects.all()}
    assert figures == {("killed", "state_forces", "TJ"): 2, ("injured", "civilians", "CN"): 4}
    tables["statements"].append(more | {"injured_low": "5"})
    assert errors_of(write_workbook(book(), tables)) == ["row 4: statements: injured_low: is told in row 3 too, for the same people"]


def test_numbers_of_a_statement_about_two_incidents_are_about_one_or_both_together(book):
    tables = examples(incidents=[{}, {"key": "river-1225", "title": "A second exchange", "started_on": "2025-12-25"}])
    tables["statements"][0] |= {"incidents": "river-1224; river-1225"}
    tables["statements"].append({"key": "river-1224-office", "about_incident": "river-1225", "injured_low": "1"})
    path = write_workbook(book(), tables)
    import_file(path)

    assert Figure.objects.get(measure="killed").incident is None
    assert Figure.objects.get(measure="injured").incident.title == "A second exchange"
    assert counts(path) == (0, 0, 6)


def test_a_quote_is_found_in_the_captured_text(book):
    import_file(book(articles={"text": "The office spoke.\nTwo of our men died. It was cold."}))
    said = Statement.objects.get()
    assert said.article.text[said.span_start : said.span_end] == said.quote
    assert said.article.captures.count() == 1


# Whom a cell names


def test_a_record_is_named_by_id_address_word_web_address_name_or_alias(table):
    source = make_source("River Post", slug="river-post")
    office = make_actor("Office", aliases=["Идораи сарҳад"], slug="office")
    make_article("Shots", source=source, url="https://www.river.example/shots/?utm_source=x")
    incident = make_incident("Clash")
    make_statement(incident, killed=1)
    incident.publish(by=make_user())
    row = {"act": "claim", "article": "https://river.example/shots"}

    import_file(
        table(
            row | {"text": "One.", "speaker": "office", "incidents": incident.public_id},
            row | {"text": "Two.", "speaker": "ИДОРАИ САРҲАД", "incidents": incident.slug},
            row | {"text": "Three.", "speaker": "Office", "released_through": "River Post"},
        ),
        "statements",
    )
    assert Statement.objects.filter(speaker=office, article__url="https://river.example/shots").count() == 3


def test_a_name_that_is_unknown_or_several_names_the_candidates(table):
    for slug in ("border-committee", "border-committee-2"):
        make_actor("Border Committee", slug=slug)
    make_article("Shots", url="https://river.example/shots")
    row = {"act": "claim", "article": "https://river.example/shots"}
    found = errors_of(
        table(row | {"text": "a", "speaker": "border committee"}, row | {"text": "b", "speaker": "Bordr Committee"}), "statements"
    )
    assert (
        "row 2: speaker: “border committee” may be any of: Border Committee (border-committee); Border Committee (border-committee-2)"
        in found[0]
    )
    assert "row 3: speaker: there is no actor “Bordr Committee”" in found[1] and "similar: Border Committee" in found[1]


def test_a_place_that_stands_on_both_banks_is_asked_for(table):
    for country, slug in (("TJ", "ishkoshim"), ("AF", "ishkashim")):
        make_place("Ishkashim", slug=slug, kind="district", country=country)
    found = errors_of(table({"title": "Clash", "started_on": "2025-12-24", "place": "Ishkashim"}), "incidents")
    assert "row 2: place: “Ishkashim” may be any of:" in found[0] and "ishkoshim" in found[0] and "ishkashim" in found[0]


def test_a_key_that_stands_there_twice_is_named_with_both_rows(table):
    rows = ({"key": "a", "name": "A", "kind": "ngo"}, {"key": "b", "name": "B", "kind": "ngo"}, {"key": "a", "name": "C", "kind": "ngo"})
    assert errors_of(table(*rows), "sources") == ["row 4: key: a stands in row 2 too"]


def test_two_rows_about_one_record_are_named(table):
    make_source("River Post", slug="river-post")
    rows = ({"slug": "river-post", "country": "TJ"}, {"name": "River Post", "country": "AF"})
    assert errors_of(table(*rows), "sources") == ["row 3: is about the same source as row 2"]


def test_a_key_of_another_import_that_is_used_for_something_else_is_refused(table):
    import_file(table({"key": "1", "title": "Clash", "started_on": "2025-12-24"}), "incidents")
    found = errors_of(table({"key": "1", "title": "Arrest", "started_on": "2025-11-02"}), "incidents")
    assert "row 2: key: is the key of “Clash”" in found[0]


def test_a_new_actor_who_is_known_under_that_name_is_asked_about(table):
    make_actor("Border Committee", slug="border-committee", aliases=["The Committee"])
    row = {"name": "The Committee", "kind": "state_body"}
    assert "row 2: name: this is also a name of Border Committee" in errors_of(table(row), "actors")[0]
    assert counts(table(row | {"key": "another"}), "actors") == (1, 0, 0)


# All or nothing


FAULTS = {
    "act": "clam",
    "said_on": "2025-13-40",
    "killed_low": "10" * 15,
    "killed_best": "several",
    "killed_high": "1",
    "article": "nowhere",
    "speaker": "Nobody at all",
    "incidents": "BW-1999-0001",
    "denies": "figures",
    "is_ready": "perhaps",
    "group": "soldiers",
    "nationality": "Tajik",
    "quote": "half a \ud800 character".encode("utf-8", "replace").decode() + "\x01",
    "key": "s2",
}
"""Column → a value that it cannot have; the last is the key of row 2."""


def make_statements(total, bad):
    for row in range(2, total + 2):
        values = {
            "key": f"s{row}",
            "article": "shots",
            "incidents": "clash",
            "act": "claim",
            "quote": f"{row} of them died.",
            "killed_low": 3,
            "killed_best": 4,
            "killed_high": 5,
        }
        yield dict.fromkeys(FAULTS, "") | values | bad.get(row, {})


def test_one_bad_row_in_a_hundred_refuses_the_file_and_each_is_named(tmp_path, capsys, is_long, record_property):
    total = 20_000 if is_long else 1_000
    chance = random.Random(5)
    bad = {row: dict([chance.choice(list(FAULTS.items()))]) for row in chance.sample(range(3, total + 2), total // 100)}
    tables = {
        "sources": [{"key": "post", "name": "River Post", "kind": "newspaper"}],
        "articles": [{"key": "shots", "headline": "Shots", "source": "post"}],
        "incidents": [{"key": "clash", "title": "Clash", "started_on": "2025-12-24"}],
    }
    for name, rows in tables.items():
        import_file(write_table(tmp_path / f"{name}.csv", rows), name)
    path = write_table(tmp_path / "statements.csv", list(make_statements(total, bad)))

    with pytest.raises(CommandError, match=f"{len(bad)} of {total} rows"):
        call_command("import_events", "statements", str(path))

    named = [line for line in capsys.readouterr().err.splitlines() if line.startswith("row ")]
    assert {int(line.split(":")[0].removeprefix("row ")) for line in named} == set(bad)
    assert all(any(line.startswith(f"row {row}: {column}: ") for line in named) for row, fault in bad.items() for column in fault)
    assert not Statement.objects.exists()
    record_property(
        "promise", f"Q6: {total} rows of statements with {len(bad)} bad ones: 0 written, {len(bad)} named with column and reason"
    )


def test_the_models_own_rules_are_asked(table):
    row = {"title": "Clash", "started_on": "2025-12-24"}
    found = errors_of(
        table(
            row | {"ended_on": "2025-12-20"},
            row | {"started_on": "2025-12-25", "latitude": "37,2"},
            row | {"started_on": "2025-12-26", "latitude": "95", "longitude": "69"},
        ),
        "incidents",
    )
    assert [error.split(": ")[0:2] for error in found] == [["row 2", "ended_on"], ["row 3", "longitude"], ["row 4", "latitude"]]


@pytest.mark.parametrize("model", MODELS)
def test_constraints_mean_in_python_what_they_mean_in_the_database(model):
    chance = random.Random(model.__name__)
    for constraint in [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]:
        for _one in range(20):
            record = model()
            for name in set(rules.fields_of(constraint.condition)):
                setattr(record, name, some_value(model._meta.get_field(name), chance))
            assert (rules.holds(constraint.condition, record) is not False) == is_allowed(constraint, record), constraint.name


def is_allowed(constraint, record):
    try:
        constraint.validate(type(record), record)
    except ValidationError:
        return False
    return True


def some_value(field, chance):
    if field.is_relation:
        return None
    if field.get_internal_type() == "DateField":
        return chance.choice([None, datetime.date(2025, 12, 1), datetime.date(2025, 12, 24)])
    if field.choices:
        return chance.choice([field.flatchoices[0][0], field.flatchoices[-1][0]])
    if field.get_internal_type() in ("CharField", "TextField"):
        return chance.choice(["", "words"])
    return chance.choice([None, 0, 5, 95, -95] if "Float" in field.get_internal_type() else [None, 0, 5, 9])


def test_somebody_who_saved_between_check_and_writing_is_not_overwritten(book):
    import_file(book())
    plan = check(WORKBOOK, book(incidents={"content_warning": "Wounds"}))
    incident = Incident.objects.get()
    incident.summary = "A colleague wrote this."
    incident.save()
    with pytest.raises(ValidationError, match="row 2: .* was changed by somebody else"):
        carry_out(plan)
    incident.refresh_from_db()
    assert (incident.summary, incident.content_warning) == ("A colleague wrote this.", "")


# Undo


def test_an_undone_import_leaves_the_desk_as_it_was(book, table):
    other = make_source("Other Post")
    import_file(book())
    make_figure(Statement.objects.get(), measure="injured", low=1, wording="one")
    before = desk()
    batch = import_file(
        book(
            sources={"country": "AF"},
            actors={"aliases": "", "outlets": other.slug},
            incidents=[{"target_as": "three guards"}, {"key": "new", "title": "Another", "started_on": "2025-12-30"}],
            articles={"cites": other.slug},
            statements={"killed_best": "[empty]", "missing_low": "1", "label_words": "strangers", "incidents": "new", "denies": "[empty]"},
        )
    )
    assert desk() != before
    undo(batch)
    assert desk() == before
    assert Statement.objects.get().figures.get(measure="killed").incident == Incident.objects.get()


def test_an_undo_names_what_was_changed_or_became_public_since(book):
    batch = import_file(book())
    Source.objects.get().publish(by=make_user())
    actor = Actor.objects.get()
    actor.save()
    with pytest.raises(ValidationError) as refused:
        undo(batch)
    assert refused.value.messages == [
        "row 2: sources: “Panj Daily” became public: withdraw it instead.",
        "row 2: actors: “Office of the Border” was changed since.",
    ]
    assert Statement.objects.exists()


def test_after_an_undo_the_same_file_is_new_again(book):
    undo(import_file(book()))
    assert not any(desk().values())
    assert counts(book()) == (5, 0, 0)


# Publishing


def test_a_long_table_is_published_in_several_releases_and_taken_up_when_it_was_killed(table, monkeypatch):
    path = table(*({"title": f"Clash {number}", "started_on": f"2025-12-0{number}"} for number in range(1, 6)))
    done = []

    def killed(records, **told):
        done.append(records)
        if len(done) == 2:
            raise KeyboardInterrupt
        return verbs.publish_many(records, **told)

    monkeypatch.setattr(publish, "PART", 2)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(publish, "publish_many", killed)
        carry_out(check("incidents", path), publish=True)
    assert PublishedIncident.objects.current().count() == 2

    batch, release = carry_out(check("incidents", path), publish=True)
    assert (batch, release.sequence, PublishedIncident.objects.current().count()) == (None, 3, 5)


def test_what_was_imported_is_published_in_one_release_where_that_is_asked_for(book):
    import_file(book())
    assert not PublishedIncident.objects.exists()
    _batch, release = carry_out(check(WORKBOOK, book()), make_user("importer"), publish=True)
    assert release.sequence == 1
    assert PublishedIncident.objects.current().get().title == "Exchange of fire at the river"


def test_what_an_editor_sent_to_review_is_not_published_by_an_import(book):
    import_file(book())
    Incident.objects.update(review_state="in_review")
    carry_out(check(WORKBOOK, book()), make_user("importer"), publish=True)
    assert not PublishedIncident.objects.exists()


# Files


@pytest.mark.parametrize("layout", OWN_TABLES)
def test_a_template_has_every_column_explained_and_is_read_as_empty_tables(layout, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(template_xlsx(layout))
    explained = {(row[0], row[1]) for row in load_workbook(path)["explained"].iter_rows(values_only=True)}
    columns = {(one.name, column) for one in LAYOUTS.values() for column in one.columns if layout in (WORKBOOK, one.name)}
    assert columns <= explained
    assert check(layout, path).total == 0
    if layout != WORKBOOK:
        (tmp_path / "template.csv").write_bytes(template_csv(layout))
        assert check(layout, tmp_path / "template.csv").total == 0


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_column_is_documented(layout):
    section = (ROOT / "docs/imports.md").read_text(encoding="utf-8").split(f"#### {layout.name}\n")[1].split("\n#")[0]
    ranges = ("injured_", "missing_", "detained_")
    named = [f"`{name}`" for name in layout.columns if not name.startswith(ranges) or name.endswith(("low", "wording"))]
    assert [name for name in named if name not in section] == []


def test_csv_workbook_and_json_lines_say_the_same(tmp_path, table):
    row = {"key": "a", "name": "Ғарб «Рӯз»", "kind": "ngo", "languages": "tg;ru", "note": "two\nlines"}
    import_file(table(row), "sources")
    for path in (
        write_workbook(tmp_path / "a.xlsx", {"anything": [row]}),
        write_lines(tmp_path / "a.jsonl", [row | {"languages": ["tg", "ru"], "country": None}]),
    ):
        assert counts(path, "sources") == (0, 0, 1)
    (tmp_path / "a16.csv").write_bytes(table(row).read_text(encoding="utf-8").encode("utf-16"))
    assert counts(tmp_path / "a16.csv", "sources") == (0, 0, 1)
    (tmp_path / "a1251.csv").write_bytes("name,kind\nРоссия,ngo\n".encode("cp1251"))
    with pytest.raises(Unreadable, match="line 2 is not UTF-8"):
        check("sources", tmp_path / "a1251.csv")


def test_dates_are_read_as_people_and_spreadsheets_write_them(tmp_path):
    written = [
        "2025-12-24",
        "24.12.2025",
        "24 December 2025",
        "24 Dec 2025",
        datetime.date(2025, 12, 24),
        46015,
        "46015",
        "2025-12-24T00:00:00",
    ]
    rows = [{"key": f"k{number}", "title": f"Clash {number}", "started_on": day} for number, day in enumerate(written)]
    import_file(write_workbook(tmp_path / "days.xlsx", {"incidents": rows}), "incidents")
    assert set(Incident.objects.values_list("started_on", flat=True)) == {datetime.date(2025, 12, 24)}


def test_a_misspelt_column_or_sheet_is_named_not_left_out(table, book):
    with pytest.raises(Unreadable, match="no column “ownrship”; did you mean ownership"):
        check("sources", table({"name": "A", "ownrship": "state"}))
    with pytest.raises(Unreadable, match="the sheet “statment” is none of"):
        check(WORKBOOK, write_workbook(book(), {"statment": [{"act": "claim"}]}))


def bomb():
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    return content.getvalue()


def far_cell():
    book = Workbook()
    book.active["XFD1048576"] = "far"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


HOSTILE = {
    "bomb.xlsx": bomb,
    "far.xlsx": far_cell,
    "none.xlsx": lambda: b"PK\x03\x04 not at all",
    "wide.csv": lambda: b",".join(b"c%d" % number for number in range(1_000_000)) + b"\n1\n",
    "nul.csv": lambda: b"name,kind\n\x00\x00,ngo\n",
    "quotes.csv": lambda: b'name,kind\n"unbalanced,ngo\n',
    "empty.csv": lambda: b"",
    "commas.csv": lambda: b",,,\n,,,\n",
    "deep.jsonl": lambda: b"[" * 200_000,
    "long.jsonl": lambda: b'{"name": ' + b"9" * 10_000 + b"}",
    "half.jsonl": lambda: b'{"name": "\\ud800", "kind": "ngo"}',
    "nan.jsonl": lambda: b'{"name": NaN, "kind": 1e400, "country": {"a": [1]}}',
    "surplus.csv": lambda: b"name,kind\nA,ngo,more,still more\nB\n",
    "image.csv": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_words(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    try:
        assert check("sources", path).errors
    except Unreadable as refused:
        assert 10 < len(str(refused)) < 400
    assert not Source.objects.exists()


def test_what_spreadsheets_make_of_cells_is_refused(table):
    rows = [{"name": name, "kind": "ngo"} for name in ("#REF!", "a\x08b", "x" * 300)]
    assert [error.split(": ")[:2] for error in errors_of(table(*rows), "sources")] == [
        ["row 2", "name"],
        ["row 3", "name"],
        ["row 4", "name"],
    ]
    import_file(table({"name": "'=cmd()", "kind": "ngo"}), "sources")
    assert Source.objects.get().name == "=cmd()"


def test_the_summary_accounts_for_every_row(book):
    assert summary(check(WORKBOOK, book())).startswith("5 rows. sources: 1 new, 0 changed, 0 the same;")


# Protected identities


def test_nothing_is_kept_of_the_true_name_of_somebody_who_is_protected(book):
    import_file(book(actors=[{}, {"key": "witness-salim", "name": "Salim Tester", "kind": "person", "aliases": "S. Tester"}]))

    protect(Actor.objects.get(name="Salim Tester"), "Witness A", by=make_user("admin", is_superuser=True))

    kept = " ".join(str(row) for row in ImportedRecord.objects.values_list("key", "told", "before"))
    assert "Salim" not in kept and "salim" not in kept and "Tester" not in kept
