"""What the site writes to its log: one JSON object a line, with the request's id and nothing about who asked."""

import contextvars
import json
import logging
import secrets
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from http import HTTPStatus

request_id = contextvars.ContextVar("request_id", default="")


class RequestIdMiddleware:
    """A random id for each request; the answer to one that failed names it, so that the log's lines can be found."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = secrets.token_hex(8)
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        if response.status_code >= 500:
            response.headers["X-Request-ID"] = request.id
        return response


class JsonFormatter(logging.Formatter):
    """time, level, logger, message; request id, method and route where there is a request; never its address, query, user or cookies."""

    def format(self, record):
        request = getattr(record, "request", None)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_address(record.getMessage(), request),
            "request": request_id.get() or getattr(request, "id", ""),
            **about(request),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)


class RefusalsCounted(logging.Filter):
    """What was refused (answers from 400 to 499, failures to sign in) is counted and told in one line a minute at most, so that a
    program which asks too often cannot fill the log. The line names neither who asked nor for what."""

    SECONDS = 60

    def __init__(self):
        super().__init__()
        self.counts, self.told_at, self.lock = Counter(), float("-inf"), threading.Lock()

    def filter(self, record):
        words = refusal(record)
        if not words:
            return True
        with self.lock:
            self.counts[words] += 1
            if time.monotonic() < self.told_at + self.SECONDS:
                return False
            told, self.counts, self.told_at = self.counts, Counter(), time.monotonic()
        record.name, record.request, record.exc_info = "borderwatch.refused", None, None
        record.msg, record.args = "; ".join(f"{words} × {count}" for words, count in told.most_common()), ()
        return True


def refusal(record):
    """What a record of a refusal is counted as: one of few words, whatever was sent. Empty for all others."""
    if record.name.startswith("axes."):
        return record.msg.replace("%s", "…")
    status = getattr(record, "status_code", 0)
    if not 400 <= status < 500:
        return ""
    return f"{status} {HTTPStatus(status).phrase}{reason(record)}"


def reason(record):
    """Which check refused it: without it nobody can mend a proxy that hides the host."""
    if not record.name.startswith("django.security."):
        return ""
    sentence = str(record.args[0]).split(" - ")[0].rstrip(".") if record.args else record.name.rpartition(".")[2]
    return f" ({sentence})"


def without_address(message, request):
    """Django names the address that was asked; the route says enough."""
    return message.replace(request.path, "").rstrip(": ") if hasattr(request, "path") else message


def about(request):
    """What may be said of a request: its method, and the route of the page rather than its address."""
    match = getattr(request, "resolver_match", None)
    return {"method": getattr(request, "method", ""), "route": match.route if match else ""}
