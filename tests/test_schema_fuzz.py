"""No input makes a 500, and every answer has the shape that the schema says: requests drawn from the schema itself."""

import warnings

import pytest
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from borderwatch.wsgi import application
from tests.demo_record import demo_record  # noqa: F401

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture
def lasting_connection():
    """A bare WSGI application closes the connection after each request, and the test's record with it."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


def test_answers_hold_to_the_schema(demo_record, db, lasting_connection, is_long):  # noqa: F811
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    for operation in schema.get_all_operations():
        try_out(operation.ok(), examples=500 if is_long else 8)


def try_out(operation, examples):
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def holds(case):
        case.call_and_validate(checks=CHECKS)

    holds()
