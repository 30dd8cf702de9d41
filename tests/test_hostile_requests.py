"""No input makes a 500, on the desk and on the pages: hostile requests to every route, in every role, by every method."""

import copy
import logging
import traceback
from collections import Counter

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client

from borderwatch.published import public_kinds
from incidents.models import Actor, Figure, Incident, Place, Statement
from sources.models import Article, Source
from tests.borderwatch.test_desk_matrix import routes as desk_routes
from tests.hostile import METHODS, Attacker, Forms

QUICK, LONG = 400, 20_000
"""Requests; BORDERWATCH_LONG_HOSTILE_REQUESTS chooses another number, BORDERWATCH_LONG_HOSTILE_FROM the number of the first: the same
number is the same request, so a run that was cut off can be gone on with."""
ROLES = (None, "contributor", "editor", "admin")


class Site:
    """The site under attack; every request is taken back, and what it did is first put to the database's own rules."""

    def __init__(self):
        self.clients = {role: self.signed_in(role) for role in ROLES}
        self.pages, self.errors, self.statuses = {}, [], Counter()

    def signed_in(self, role):
        client = Client(raise_request_exception=False)
        if role:
            client.force_login(get_user_model().objects.get(username=role))
        return client

    def forms(self, role, path):
        """The forms of a page as this role sees it."""
        if (role, path) not in self.pages:
            page = self.clients[role].get(path)
            is_html = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html") and not page.streaming
            self.pages[role, path] = Forms(page.content.decode()).forms if is_html else []
        return self.pages[role, path]

    def ask(self, role, method, address, content=b"", content_type="application/octet-stream"):
        """The status of the answer; a failure is kept with its trace."""
        client = self.clients[role]
        cookies, failures = copy.deepcopy(client.cookies), []
        note = lambda **_given: failures.append(traceback.format_exc())  # noqa: E731
        got_request_exception.connect(note)
        try:
            with transaction.atomic():
                status = self.status_of(client, method, address, content, content_type)
                transaction.set_rollback(True)
        except Exception:  # what Django itself does not turn into an answer
            status, failures = 500, [*failures, traceback.format_exc()]
        finally:
            got_request_exception.disconnect(note)
            client.cookies = cookies
        self.statuses[status] += 1
        if status >= 500:
            self.errors.append((role, method, address[:300], content[:3000], "\n".join(failures)))
        return status

    def status_of(self, client, method, address, content, content_type):
        path, _mark, query = address.partition("?")
        answer = client.generic(method, path, content, content_type, QUERY_STRING=query)
        answer.getvalue()
        if method == "POST" and answer.status_code == 302:
            connection.check_constraints()
        return answer.status_code


def keys_of(route, records):
    """Real values for the parameters of a route: the records of its model, or of every kind."""
    model = route.removeprefix("/admin/").split("/")[1] if route.count("/") > 3 else ""
    keys = dict.fromkeys(("object_id", "id", "number", "app_label"), records.get(model) or [1, 2])
    return keys | {"article_id": records["article"], "public_id": records["public_id"], "slug": records["slug"]}


def records_of_the_demo():
    models = (Incident, Statement, Article, Source, Actor, Place, Figure, get_user_model())
    found = {model._meta.model_name: list(model.objects.order_by("pk").values_list("pk", flat=True)[:6]) for model in models}
    public = [row for model in public_kinds().values() for row in model.objects.latest().order_by("pk")[:3]]
    return found | {
        "public_id": ["FG-1", *(row.public_id for row in public)],
        "slug": ["delete_drafts", *(row.slug for row in public if row.slug)],
    }


def attack(site, targets, numbers, progress):
    """The requests with these numbers, by turns to every target."""
    attacker, records = Attacker(), records_of_the_demo()
    for number in numbers:
        progress(f"{number - numbers[0]:,} of {len(numbers):,} requests, {len(site.errors)} server errors")
        attacker.begin(number)
        route, roles = targets[number % len(targets)]
        keys, role, method = keys_of(route, records), attacker.chance.choice(roles), attacker.chance.choice(METHODS)
        address = attacker.address(route, keys)
        sent = ()
        if method in ("POST", "PUT", "PATCH"):
            sent = attacker.body(attacker.form(site.forms(role, attacker.unspoilt)))
        site.ask(role, method, address, *sent)


@pytest.fixture
def site(demo_record, db):
    logging.disable()
    yield Site()
    logging.disable(logging.NOTSET)


def told(errors):
    """The failures, one of each kind."""
    kinds = {}
    for role, method, address, content, trace in errors:
        kinds.setdefault("\n".join(trace.strip().splitlines()[-3:]), f"{role} {method} {address}\n{content!r}\n{trace[-1500:]}")
    return "\n\n".join(kinds.values())


def test_no_request_breaks_the_desk(site, size, progress, record_property):
    count, first = size("HOSTILE_REQUESTS", QUICK, LONG), size("HOSTILE_FROM", 0, 0)
    targets = [(route, ROLES[1:] * 3 + ROLES[:1]) for route in sorted(set(desk_routes(admin.site.get_urls())))]
    attack(site, targets, range(first, first + count), progress)
    assert not site.errors, told(site.errors)
    assert site.statuses[200] > count / 8 and site.statuses[302] > count / 20, "too many requests end before they reach a view"
    words = f"{count:,} hostile requests to {len(targets)} routes of the desk in {len(ROLES)} roles on {connection.vendor}"
    record_property("promise", f"Q8 {words}: 0 server errors")
