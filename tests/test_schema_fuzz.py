"""No input makes a 500, and every answer has the shape that the schema says: requests drawn from the schema itself."""

import math
import warnings

import pytest
from django.core import signals
from django.db import close_old_connections, connection
from hypothesis import HealthCheck, given, settings

from borderwatch.wsgi import application
from tests.demo_record import demo_record  # noqa: F401

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
QUICK, LONG = 320, 22_000
"""Requests over the whole schema (BORDERWATCH_LONG_SCHEMA_REQUESTS); an operation that takes few different ones is given fewer than its
share."""
HEAVY = (".xlsx", "dataset.zip", "external_ids.csv", "places.csv", "places.jsonl")
"""How addresses of files end that are made of thousands of rows at each request; they get a tenth."""


@pytest.fixture
def lasting_connection():
    """A bare WSGI application closes the connection after each request, and the test's record with it."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


def test_answers_hold_to_the_schema(demo_record, db, lasting_connection, size, progress, record_property):  # noqa: F811
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    operations = [operation.ok() for operation in schema.get_all_operations()]
    count, asked = size("SCHEMA_REQUESTS", QUICK, LONG), 0
    share = count / sum(weight(operation) for operation in operations)
    for done, operation in enumerate(operations):
        progress(f"{asked:,} requests over {done} of {len(operations)} operations, 0 server errors, 0 schema violations")
        asked += try_out(operation, math.ceil(share * weight(operation)))
    assert asked >= count * 0.6
    told = f"{asked:,} requests over {len(operations)} operations on {connection.vendor}: 0 server errors, 0 schema violations"
    record_property("promise", f"Q8 schemathesis: {told}")


def weight(operation):
    return 0.1 if operation.path.endswith(HEAVY) else 1


def try_out(operation, examples):
    """The number of requests that were made and answered as the schema says."""
    answered = []

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def holds(case):
        case.call_and_validate(checks=CHECKS)
        answered.append(case)

    holds()
    return len(answered)
