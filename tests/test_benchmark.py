"""`manage.py benchmark` measures two answers that are the same, and prints them as Markdown."""

import pytest
from django.core.management import CommandError, call_command

from borderwatch.benchmark import by_hand
from borderwatch.benchmark.rows import Plain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def test_an_empty_record_is_not_measured():
    with pytest.raises(CommandError, match="empty"):
        call_command("benchmark")


def test_the_site_and_the_hand_written_answers_show_the_same_incidents(capsys, tmp_path, monkeypatch):
    call_command("make_synthetic", 120)
    call_command("benchmark", "--rounds", "1", "--no-http", "--no-files", "--save", tmp_path / "small.json")
    printed = capsys.readouterr().out
    assert "| API list, 50 newest, nothing cached |" in printed
    assert "Different answers" not in printed and "could not be measured" not in printed

    monkeypatch.setitem(by_hand.QUESTIONS, "actor", lambda plain, actor: 1 / 0)
    call_command("benchmark", "--rounds", "1", "--no-http", "--no-files", "--against", tmp_path / "small.json")
    printed = capsys.readouterr().out
    assert "120 against 120 incidents" in printed and "| median of all |" in printed
    assert "actor could not be measured: ZeroDivisionError" in printed
    call_command("benchmark", "--pages", "--save", tmp_path / "pages.json")
    call_command("benchmark", "--pages", "--against", tmp_path / "pages.json")
    printed = capsys.readouterr().out
    assert "| incident's page |" in printed and "| with 120 | × |" in printed
    assert "answered 4" not in printed and "answered 5" not in printed
    plain = Plain()
    assert plain.count() == 120
    plain.connection.close()
