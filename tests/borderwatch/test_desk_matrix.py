"""Which role gets which answer at every address of the desk. The whole matrix is a file, so that a change to it is seen in review.

BORDERWATCH_WRITE_MATRIX=1 writes it anew.
"""

import copy
import datetime
import os
import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from borderwatch.ledger import database_now
from borderwatch.models import ScheduledPublication
from tests.desk import signed_in, unwritten_pages
from tests.factories import make_actor, make_incident, make_place, make_statement, make_user

MATRIX = Path(__file__).with_name("desk_matrix.txt")
NAMED = {"<slug:action>": "delete_drafts", "<slug:public_id>": "FG-1"}
"""Parts of addresses that are no key."""
ROLES = ("stranger", "contributor", "editor", "admin")
pytestmark = pytest.mark.django_db


def routes(patterns, before="/admin/"):
    """Every address pattern of the desk."""
    for one in patterns:
        route = before + str(one.pattern).lstrip("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from routes(one.url_patterns, route)


def make_records():
    """One record of every kind; model name → key."""
    incident = make_incident(place=make_place())
    statement = make_statement(incident, killed=3, speaker=make_actor())
    article = statement.article
    figure = statement.figures.get()
    figure.public_id = "FG-1"
    figure.save()
    due_at = database_now() + datetime.timedelta(hours=1)
    waiting = ScheduledPublication.objects.create(records=[["incident", str(incident.uid)]], due_at=due_at)
    made = (waiting, incident, statement, article, article.source, statement.speaker, incident.place, figure, make_user("somebody"))
    return {record._meta.model_name: record.pk for record in made} | {"group": Group.objects.get(name="editor").pk}


def address(route, keys):
    model = route.removeprefix("/admin/").split("/")[1] if route.count("/") > 3 else ""
    key = str(keys.get(model, 1))
    named = NAMED | {"<int:article_id>": str(keys["article"])}
    return re.sub(r"<(\w+:)?\w+>", lambda part: named.get(part[0], key), route)


def answers(clients, path):
    """The status for each role: of a look, then of an empty form; what was changed is taken back. Whole pages are written for admin."""
    for client in clients:
        cookies = copy.deepcopy(client.cookies)
        for ask in (client.get, client.post):
            with transaction.atomic(), nullcontext() if client is clients[-1] else unwritten_pages():
                yield str(ask(path).status_code)
                transaction.set_rollback(True)
            client.cookies = copy.deepcopy(cookies)


def test_every_address_answers_every_role_as_the_matrix_says(record_property):
    keys = make_records()
    clients = [Client(), *(signed_in(role) for role in ROLES[1:])]
    wanted = sorted({route for route in routes(admin.site.get_urls()) if "?P<" not in route})
    lines = [" ".join([route, *answers(clients, address(route, keys))]) for route in wanted]
    found = "\n".join([f"route {' '.join(f'{role}:GET {role}:POST' for role in ROLES)}", *lines, ""])
    if os.environ.get("BORDERWATCH_WRITE_MATRIX"):
        MATRIX.write_text(found)
    assert " 500" not in found
    assert found == MATRIX.read_text()
    record_property("promise", f"Q2: {len(wanted)} addresses of the desk answer {len(ROLES)} roles and 2 methods as the matrix says")
