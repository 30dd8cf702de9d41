"""What a process does when more is asked than it can answer: one answer at a time, and nobody waits longer than a stated limit.

Threads read requests and send answers, which may take long on a slow line; making answers is work for one processor, and threads that
make several at once only keep each other waiting. So a process makes one at a time. Whoever has waited for longer than
settings.LONGEST_WAIT is told at once to come back: the answers that follow are made for readers who still wait, and the queue is gone
in seconds.
"""

import socket
import struct
import threading
import time

RETRY_AFTER = 10
NEVER_REFUSED = ("/admin/", "/healthz", "/readyz")
"""Editors' work, and what looks after the site."""
LAST_DATA_RECEIVED = 52
"""Where Linux says, in tcp_info, how many milliseconds ago the last bytes of a connection arrived."""
BUSY = b"Too many requests at once. Try again in ten seconds.\n"


class InTurn:
    """A WSGI application whose answers are made one at a time. What is sent slowly, by us or to us, holds nobody up: files are
    streamed outside of the turn, and what brings a body of its own does not wait for it."""

    def __init__(self, application, longest_wait):
        self.application, self.longest_wait, self.turn = application, longest_wait, threading.Lock()

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        with self.turn:
            if waited(environ) > self.longest_wait and not environ["PATH_INFO"].startswith(NEVER_REFUSED):
                return busy(start_response)
            return self.application(environ, start_response)


def waited(environ):
    """Seconds since the request arrived: as the proxy says (X-Request-Start: t=SECONDS), else as the kernel knows; 0 where neither does."""
    told = environ.get("HTTP_X_REQUEST_START", "").removeprefix("t=")
    try:
        return time.time() - float(told) if told else since_data_came(environ["gunicorn.socket"])
    except (KeyError, ValueError, OSError, AttributeError, struct.error):
        return 0


def since_data_came(connection):
    """Seconds since the last bytes came in; its queue, and the kernel's before it, are in that."""
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LAST_DATA_RECEIVED + 4)
    return struct.unpack_from("I", told, LAST_DATA_RECEIVED)[0] / 1000


def busy(start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(BUSY))), ("Retry-After", str(RETRY_AFTER))]
    start_response("503 Service Unavailable", [*headers, ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")])
    return [BUSY]
