"""Errors as RFC 9457 says them: application/problem+json with type, title, status, detail and, for parameters, errors by name."""

import http
import json
import logging

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from borderwatch.operating.reading import replica_failed

logger = logging.getLogger("django.request")


class Problem(exceptions.APIException):
    """An error with a status of its own; `more` stands in the answer beside the usual members."""

    def __init__(self, status, detail, errors=None, **more):
        super().__init__(detail)
        self.status_code, self.errors, self.more = status, errors, more


def invalid(problems):
    """400 for `problems`, the list of {"name", "message"} of a ReaderFilterSet."""
    errors = {}
    for problem in problems:
        errors.setdefault(problem["name"], []).append(problem["message"])
    return Problem(400, f"Not understood: {', '.join(errors)}.", errors)


def problem_answer(status, detail, errors=None, **more):
    """The HTTP response of an error."""
    title = http.HTTPStatus(status).phrase
    members = {"type": "about:blank", "title": title, "status": status, "detail": str(detail)}
    members |= {"errors": errors} if errors else {}
    text = json.dumps(members | more, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/problem+json", headers={"Cache-Control": "no-cache"})


def problem_response(error, context):
    """REST framework's exception handler. None, which raises the error again: where the primary is still to be asked."""
    if replica_failed(error):
        return None
    status, detail = status_of(error)
    if status == 500:
        logger.exception("An API view failed: %s", context["request"].path)
    answer = problem_answer(status, detail, getattr(error, "errors", None), **getattr(error, "more", {}))
    if wait := getattr(error, "wait", None):
        answer.headers["Retry-After"] = str(int(wait) + 1)
    return answer


def status_of(error):
    """(status, detail) that answer an exception."""
    if isinstance(error, exceptions.APIException):
        return error.status_code, error.detail
    if isinstance(error, Http404):
        return 404, str(error) or "There is nothing at this address."
    if isinstance(error, PermissionDenied):
        return 403, "Not allowed."
    if isinstance(error, SuspiciousOperation | BadRequest):
        return 400, "Not understood."
    return 500, "Something failed on our side; it has been recorded."
