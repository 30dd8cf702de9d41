"""What the site writes to its log: one JSON object a line, with the request's id and nothing about who asked."""

import contextvars
import json
import logging
import secrets
from datetime import UTC, datetime

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


def without_address(message, request):
    """Django names the address that was asked; the route says enough."""
    return message.replace(request.path, "").rstrip(": ") if hasattr(request, "path") else message


def about(request):
    """What may be said of a request: its method, and the route of the page rather than its address."""
    match = getattr(request, "resolver_match", None)
    return {"method": getattr(request, "method", ""), "route": match.route if match else ""}
