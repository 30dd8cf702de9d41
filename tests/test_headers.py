"""What every answer tells browsers and caches: the headers of each route are a checked-in file, so that a change is seen in review.

BORDERWATCH_WRITE_HEADERS=1 writes it anew.
"""

import os
import re
from pathlib import Path

from django.test import Client

from tests.desk import make_colleague
from tests.public_addresses import QUERIES, filled

SNAPSHOT = Path(__file__).with_name("headers.txt")
STRICT = (
    *("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"),
    *("Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options"),
)
"""What every answer has, and the same everywhere."""
ALWAYS_DIFFERENT = {"ETag", "Last-Modified", "Location", "Link", "Expires", "Retry-After"}
"""Headers whose presence is told, not their value."""
UNTOLD = {"Content-Length", *STRICT}
ERRORS = ("/nothing-is-here/", "/incidents/?since=never", "/api/v1/incidents/?since=never", "/api/v1/nothing/", f"/media/{'0' * 32}.webp")
DESK = ("", "login/", "incidents/incident/", "incidents/incident/add/", "nothing/", "second-factor/set-up/")


def told(response):
    """Status and headers of an answer, without what differs from one to the next."""
    shown = {name: "…" if name in ALWAYS_DIFFERENT else value for name, value in response.items() if name not in UNTOLD}
    lines = [f"{name}: {re.sub('filename=.*', 'filename=…', value)}" for name, value in sorted(shown.items())]
    cookies = [f"Set-Cookie: {name}" for name in response.cookies]
    return "\n".join(f"  {line}" for line in [response.status_code, *lines, *cookies])


def in_order(policy):
    return "; ".join(sorted(str(policy).split("; ")))


def asked(client, route, path):
    response = client.get(path)
    response.getvalue()
    return route, response


def answers():
    """(route, response) of one address of every public route, of errors, and of the desk for a stranger and an editor."""
    reader, editor = Client(), Client()
    editor.force_login(make_colleague("editor"))
    for route in QUERIES:
        for path in filled(route, most=2)[:1]:
            yield asked(reader, route, f"/{path}")
    for path in ERRORS:
        yield asked(reader, path, path)
    for path in DESK:
        yield asked(reader, f"/admin/{path} (a stranger)", f"/admin/{path}")
        yield asked(editor, f"/admin/{path} (an editor)", f"/admin/{path}")


def test_every_answer_has_the_headers_of_the_snapshot(demo_record, record_property):
    found, by_headers = list(answers()), {}
    for route, response in found:
        by_headers.setdefault(told(response), []).append(route)
    policies = {"\n".join(f"  {name}: {in_order(response.headers.get(name))}" for name in STRICT) for _route, response in found}
    blocks = ["\n".join([*sorted(routes), headers]) for headers, routes in sorted(by_headers.items(), key=lambda one: sorted(one[1]))]
    text = "\n\n".join(["\n".join(["Every answer", *policies]), *blocks, ""])
    if os.environ.get("BORDERWATCH_WRITE_HEADERS"):
        SNAPSHOT.write_text(text)
    assert len(policies) == 1 and "None" not in policies.pop()
    assert [route for route, response in found if response.cookies and not route.startswith("/admin/")] == []
    assert text == SNAPSHOT.read_text()
    record_property("promise", f"Q9: the same {len(STRICT)} headers on {len(found)} routes, no cookie for readers")
