"""./run, up to the point where it would serve: which Python it takes, what it installs, what it says when something is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ["bash", "env", "dirname", "mkdir", "flock", "cmp", "cp", "rm"]


def write_program(path, text):
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)


def make_checkout(tmp_path):
    """A folder with ./run and an empty lock, in a path with spaces."""
    folder = tmp_path / "border watch"
    folder.mkdir()
    shutil.copy(ROOT / "run", folder)
    (folder / "requirements.txt").write_text("# nothing\n")
    return folder


def make_programs(tmp_path):
    """The only folder on the PATH: what ./run calls, but no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in filter(shutil.which, TOOLS):
        (folder / name).symlink_to(shutil.which(name))
    return folder


@pytest.fixture
def checkout(tmp_path):
    return make_checkout(tmp_path)


@pytest.fixture
def programs(tmp_path):
    return make_programs(tmp_path)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """(checkout, programs, what the first ./run said), where python3.13 is a name for nothing and python3 runs."""
    folder = tmp_path_factory.mktemp("run")
    checkout, programs = make_checkout(folder), make_programs(folder)
    write_program(programs / "python3.13", "echo 'pyenv: python3.13: command not found' >&2\nexit 127\n")
    add_python(programs, "python3")
    return checkout, programs, prepare(checkout, programs)


def prepare(checkout, programs, **environment):
    return subprocess.run(
        [checkout / "run", "--prepare", "requirements.txt"],
        env={"PATH": str(programs), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )


def add_python(programs, name):
    write_program(programs / name, f'exec "{os.path.realpath(sys.executable)}" "$@"\n')


def test_a_python_that_is_only_a_name_is_passed_over(prepared):
    checkout, _programs, done = prepared
    assert (done.returncode, done.stderr) == (0, "")
    assert "Making .venv" in done.stdout
    assert (checkout / ".venv" / "bin" / "python").exists()


def test_a_changed_lock_is_installed_once(prepared):
    checkout, programs, _first = prepared
    (checkout / "requirements.txt").write_text("# nothing, in other words\n")
    assert "Installing requirements.txt" in prepare(checkout, programs).stdout
    again = prepare(checkout, programs)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


@pytest.mark.long
def test_an_environment_that_does_not_run_is_made_again(checkout, programs):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    write_program(checkout / ".venv" / "bin" / "python", "exit 127\n")
    add_python(programs, "python3")
    assert "Making .venv" in prepare(checkout, programs).stdout


def test_without_python_the_missing_packages_are_named(checkout, programs):
    write_program(programs / "apt-get", "exit 99\n")
    write_program(programs / "id", "echo 1000\n")
    done = prepare(checkout, programs)
    assert done.returncode == 1
    assert "sudo apt-get install python3 python3-venv" in done.stderr
    assert not (checkout / ".venv").exists()


def test_root_on_a_bare_debian_gets_python_installed(checkout, programs, tmp_path):
    add_python(tmp_path, "packaged-python")
    install = f'[ "$1" = update ] || cp "{tmp_path}/packaged-python" "{programs}/python3"'
    write_program(programs / "apt-get", f'echo "$@" >> "{tmp_path}/apt.log"\n{install}\n')
    write_program(programs / "id", "echo 0\n")
    done = prepare(checkout, programs)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "apt.log").read_text().splitlines()[-1].endswith("python3 python3-venv")


def test_an_unknown_word_is_answered_with_the_usage(checkout):
    done = subprocess.run([checkout / "run", "--demo"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "usage: ./run [--empty]\n")
