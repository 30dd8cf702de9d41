"""The programs of docs/examples do what docs/api.md says of them, on public JSON alone."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest
from hypothesis import given

from incidents import toll
from tests.incidents.accounts_drawn import ID, statements

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
RECOMPUTE = run_path(str(EXAMPLES / "recompute.py"))


def run(name, *args):
    """What an example prints when a Python without the site's packages runs it; it must succeed."""
    done = subprocess.run([sys.executable, "-I", "-S", str(EXAMPLES / name), *args], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_number_of_the_demo_record_is_computed_again(demo_site):
    assert run("recompute.py", demo_site.url).strip().endswith("numbers computed again, 0 different")


@given(statements())
def test_the_example_reads_the_rule_as_the_site_does(drawn):
    for measure in ("killed", "injured"):
        found = toll.toll(ID, drawn)[measure]
        published = found and {name: found[name] for name in RECOMPUTE["PARTS"]}
        assert RECOMPUTE["toll"]({"id": ID, "statements": drawn}, measure) == published


# The ten questions

PARTS = re.split(r"^## ", (EXAMPLES / "questions.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
BEGINNING, BEGINNING_IN_R = (re.search(rf"```{language} begin\n(.*?)```", PARTS[0], re.DOTALL)[1] for language in ("python", "r"))
QUESTIONS = [dict(re.findall(r"```(\w+)\n(.*?)```", part, re.DOTALL)) | {"title": part.split("\n")[0]} for part in PARTS[1:]]
OURS = "http://127.0.0.1:8000"


def printed(*words):
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, env={**os.environ, "no_proxy": "*"})
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["title"])
def test_the_python_snippet_answers_the_question(demo_site, question):
    program = (BEGINNING + question["python"]).replace(OURS, demo_site.url)
    assert [line.rstrip() for line in printed(sys.executable, "-I", "-c", program).splitlines()] == question["answer"].splitlines()


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl on the PATH")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["title"])
def test_the_curl_snippet_is_answered(demo_site, question):
    assert printed(*shlex.split(question["sh"].replace(OURS, demo_site.url)))


def has_r():
    rscript = shutil.which("Rscript")
    return rscript and subprocess.run([rscript, "-e", "library(jsonlite)"], capture_output=True).returncode == 0


@pytest.mark.skipif(not has_r(), reason="no R with jsonlite")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["title"])
def test_the_r_snippet_gives_the_same_numbers(demo_site, question):
    told = printed("Rscript", "--vanilla", "-e", (BEGINNING_IN_R + question["r"]).replace(OURS, demo_site.url))
    wanted = {word for line in question["answer"].splitlines() for word in line.split() if re.fullmatch(r"[A-Z]{2}-.+", word)}
    assert told.strip() and all(name in told for name in wanted)


def test_ten_questions_are_answered_in_three_languages():
    assert len(QUESTIONS) == 10 and all(question.keys() >= {"sh", "python", "r", "answer"} for question in QUESTIONS)
