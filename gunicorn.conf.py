"""How gunicorn serves BorderWatch, for ./run and in production alike: `gunicorn borderwatch.wsgi` reads this file by itself."""

import gc
import os
import subprocess
import sys
from pathlib import Path

host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

# A process for each core. Its threads read what is asked and send what was made, so that a reader on a slow line or a long export
# holds up nobody else; the answers are made one at a time (borderwatch/operating/waiting.py), because threads that make several at
# once only take the processor from one another. gthread keeps connections open between requests, which sync workers close each time.
workers = int(os.environ.get("WEB_CONCURRENCY") or max(2, os.cpu_count() or 1))
worker_class = "gthread"
threads = 4
# Longer than a proxy keeps a connection that nobody uses (nginx: 60 s): who closes first must be the side that asks.
keepalive = 75
preload_app = True


def pre_fork(server, worker):
    """What was loaded once is never garbage: the collector need not walk through it again and again, in every process."""
    gc.freeze()


# Less than the grace that process supervisors give before they kill.
graceful_timeout = 10

# No access log: what somebody reads here is nobody's business. Set --access-logfile where you must.
accesslog = None
# A warning would name the address of whoever sent what is no HTTP, once for each.
loglevel = "error"

# gunicorn's control socket stands in the home directory, which two sites would share.
control_socket_disable = True


# ./run asks for it: what was scheduled is published by a process beside the workers, which begins when the port is ours and ends with
# this one. Elsewhere a service of its own does it (docs/operations.md); any number of them may run.
publishing = None


def when_ready(server):
    global publishing
    if os.environ.get("BORDERWATCH_PUBLISH_DUE"):
        manage = Path(__file__).resolve().parent / "manage.py"
        command = [sys.executable, str(manage), "publish_due", "--follow", "--with-parent", str(os.getpid())]
        publishing = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 (nothing of it comes from outside)


def on_exit(server):
    if publishing is not None:
        publishing.terminate()
