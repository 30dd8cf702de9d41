"""A site whose every answer takes 50 ms, behind the same turns as BorderWatch's: `gunicorn tests.stress.slow_application`."""

import time

from borderwatch.operating.waiting import InTurn


def slow(environ, start_response):
    time.sleep(0.05)
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]


application = InTurn(slow, longest_wait=1)
