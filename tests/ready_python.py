"""A Python that has loaded what others wrote and becomes a process of ours at once: loading it is most of what a short command needs.

Run as a script it waits for commands and forks for each. What it forks reads its environment, the settings and all of our own code for
itself, as any new process does.
"""

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOADED = [
    *("django.core.management", "django.core.handlers.wsgi", "django.db.models", "django.db.backends.sqlite3.base", "django.forms.models"),
    *("django.test.client", "django.test.utils", "django.template.engine", "django.urls", "django.contrib.postgres.fields"),
    *("django_filters", "rest_framework.serializers", "simple_history.models", "whitenoise.middleware", "xml.etree.ElementTree"),
    *("openpyxl", "PIL.Image", "psycopg", "pyrage", "requests", "jinja2", "yaml", "jsonschema", "concurrent.futures", "asyncio"),
]
"""What others wrote and what asks for no settings."""
MOST = 100_000
"""Bytes of a command with its environment."""


# Where commands are asked for


class Process:
    """What was forked for a command: as much of subprocess.Popen as tests need."""

    def __init__(self, words, environment, stdout, stderr, start_new_session=False):
        self.words, self.returncode = words, None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.told = ours.detach()
        asked = json.dumps([words, dict(environment), start_new_session]).encode()
        with theirs:
            socket.send_fds(ready(), [asked], [theirs.fileno(), stdout.fileno(), stderr.fileno()])
        self.pid = int(os.read(self.told, 100))

    def poll(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            if not select.select([self.told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.words, timeout)
            self.returncode = int(os.read(self.told, 100))
            os.close(self.told)
        return self.returncode


@functools.cache
def ready():
    """The way to this process's own Python that waits, which ends with it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "BORDERWATCH_", "DATABASE_"))}
    words, quiet = [sys.executable, __file__, str(theirs.fileno())], {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    with theirs:
        waiting = subprocess.Popen(words, cwd=ROOT, env=plain, pass_fds=[theirs.fileno()], start_new_session=True, **quiet)
    atexit.register(waiting.wait)
    atexit.register(ours.close)
    return ours


def started(words, environment, stdout, stderr, **told):
    """A process of Python with these words; where there is no fork of Linux, one that loads everything itself."""
    if sys.platform == "linux":
        return Process(words, environment, stdout, stderr, **told)
    words = [sys.executable, *words]
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, **told)


def run(words, environment, timeout=900):
    """What Python did with these words, as subprocess.run tells it."""
    with tempfile.TemporaryFile("w+") as stdout, tempfile.TemporaryFile("w+") as stderr:
        process = started(list(words), environment, stdout, stderr)
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            raise
        for told in (stdout, stderr):
            told.seek(0)
        return subprocess.CompletedProcess(words, process.returncode, stdout.read(), stderr.read())


# The Python that waits


def serve(channel):
    """Fork for whatever is asked; returns the words in the process that is to run them, None at the end."""
    signal.signal(signal.SIGCHLD, reap)
    while True:
        asked, files, _flags, _address = socket.recv_fds(channel, MOST, 3)
        if not asked:
            return None
        if not os.fork():
            channel.close()
            return forked(files, *json.loads(asked))
        for file in files:
            os.close(file)


def reap(*_signal):
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def forked(files, words, environment, is_leader):
    """In a process that waits for the one that it forks, and tells how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if pid := os.fork():
        told = socket.socket(fileno=files[0])
        told.send(str(pid).encode())
        told.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())
        os._exit(0)
    if is_leader:
        os.setsid()
    os.dup2(files[1], 1)
    os.dup2(files[2], 2)
    for file in files:
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    return words


def become(words):
    """Run these words as Python does that gets them on its command line."""
    first, *rest = words
    sys.argv = [first, *rest] if first.endswith(".py") else [first, *rest[1:]]
    if first == "-c":
        main = sys.modules["__main__"] = types.ModuleType("__main__")
        exec(compile(rest[0], "<string>", "exec"), main.__dict__)
    elif first == "-m":
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(first, run_name="__main__")


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()
    if found := serve(socket.socket(fileno=int(sys.argv[1]))):
        become(found)
