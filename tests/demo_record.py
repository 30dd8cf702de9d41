"""The demonstration record in the test database, loaded once for the tests of a module and taken back afterwards."""

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def demo_record(django_db_setup, django_db_blocker):
    """The public record as `load_demo` leaves it. A test may write: it is taken back to the loaded record."""
    from django.contrib.auth import get_user_model

    from incidents.demo import load

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_gazetteer", verbosity=0)
        load(get_user_model().objects.create_user("editor"))
        yield
        transaction.set_rollback(True)
