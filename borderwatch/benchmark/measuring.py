"""Taking turns: the site, then the hand-written answer, question after question, round after round; so a busy machine hits both alike."""

import http.client
import io
import json
import os
import socket
import statistics
import subprocess
import sys
import time

from django.core.wsgi import get_wsgi_application

from borderwatch.benchmark import by_hand


def environment(address, etag=None):
    """A WSGI request of GET for the address."""
    path, _mark, query = address.partition("?")
    found = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "SCRIPT_NAME": "",
    }
    return found | ({"HTTP_IF_NONE_MATCH": etag} if etag else {})


class InProcess:
    """Both answers in this process, without a web server: wall time and processor time."""

    name = "in process"

    def __init__(self):
        self.applications = {"site": get_wsgi_application(), "hand": by_hand.application}

    def ask(self, who, address, etag=None):
        """(status, headers, body)"""
        answer = {}

        def start_response(status, headers, exc_info=None):
            answer.update(status=int(status.split()[0]), headers=dict(headers))

        body = self.applications[who](environment(address, etag), start_response)
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return answer["status"], answer["headers"], content

    def close(self):
        pass


class OverHTTP:
    """Both answers by gunicorn, one worker with one thread each, over connections that stay open."""

    name = "HTTP"

    def __init__(self):
        self.servers, self.connections = [], {}
        for who, module in (("site", "borderwatch.wsgi"), ("hand", "borderwatch.benchmark.by_hand")):
            port = free_port()
            options = ["--workers", "1", "--threads", "1", "--bind", f"127.0.0.1:{port}", "--keep-alive", "300"]
            server = [sys.executable, "-m", "gunicorn", *options, module]
            self.servers.append(subprocess.Popen(server, env={**os.environ, "PORT": str(port)}))  # noqa: S603 our own words
            self.connections[who] = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            wait_for(port)

    def ask(self, who, address, etag=None):
        connection = self.connections[who]
        connection.request("GET", address, headers={"Host": "localhost"} | ({"If-None-Match": etag} if etag else {}))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def close(self):
        for server in self.servers:
            server.terminate()
            server.wait(20)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(port, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Nothing answers on port {port}.")


def measure(questions, way, rounds, progress=lambda done, total: None):
    """Fill `times` of the questions: way's name → {"site", "hand"} → lists of (wall, processor) seconds."""
    etags = {}
    for question in questions:
        question.times[way.name] = {"site": [], "hand": []}
        attempt(question, lambda question=question: etags.update({question.name: warmed(question, way)}))
    for turn in range(rounds):
        for question in questions:
            attempt(question, lambda question=question, turn=turn: one_turn(question, way, turn, etags[question.name]))
        progress(turn + 1, rounds)


def attempt(question, act):
    """Do it unless the question failed before; a failure is remembered, and the others go on."""
    if not question.failed:
        try:
            act()
        except Exception as error:  # whatever it is, hours of measuring are not lost for it
            question.failed = f"{type(error).__name__}: {error}"[:300]


def warmed(question, way):
    """The site's ETag, after both have answered twice."""
    for turn in (-2, -1):
        for address, by_hand_address in question.addresses(turn):
            _status, headers, _body = way.ask("site", address)
            way.ask("hand", by_hand_address)
    return headers.get("ETag")


def one_turn(question, way, turn, etag):
    """Where a question asks for several, its times are theirs on average."""
    etag, taken = etag if question.is_conditional else None, []
    for address, by_hand_address in question.addresses(turn):
        site = timed(way, "site", address, etag, 304 if etag else 200)
        taken.append((site, timed(way, "hand", by_hand_address, None, 200)))
    for who, pairs in zip(("site", "hand"), zip(*taken, strict=True), strict=True):
        question.times[way.name][who].append(tuple(map(statistics.fmean, zip(*pairs, strict=True))))


def timed(way, who, address, etag, expected):
    wall, processor = time.perf_counter(), time.process_time()
    status, _headers, _body = way.ask(who, address, etag)
    taken = time.perf_counter() - wall, time.process_time() - processor
    if status != expected:
        raise RuntimeError(f"{who} answered {address} with {status}, not {expected}.")
    return taken


def differences(questions, way):
    """Sentences about questions that the two answer differently, but for the links to other pages: their times cannot be compared."""
    for question in questions:
        found = []
        if question.path.startswith("/api/"):
            attempt(question, lambda question=question, found=found: found.extend(difference(question, way)))
        yield from found


def difference(question, way):
    asked = list(question.addresses(0))
    ours = [found for address, _by_hand in asked for found in shown(way.ask("site", address)[2])]
    theirs = [found for _address, by_hand_address in asked for found in shown(way.ask("hand", by_hand_address)[2])]
    if [found.get("id") for found in ours] != [found.get("id") for found in theirs]:
        yield f"Different answers: {question.name}: the site answers {len(ours)} incidents, by hand {len(theirs)} or others."
    elif ours != theirs:
        yield f"Different answers: {question.name}: the same incidents are told differently."


def shown(body):
    """The incidents of an answer, whole."""
    answer = json.loads(body)
    return answer.get("results", [answer])


def summed_up(pairs):
    """{"median", "p95", "cpu"} in milliseconds of (wall, processor) pairs."""
    walls = sorted(wall for wall, _processor in pairs)
    return {
        "median": 1000 * statistics.median(walls),
        "p95": 1000 * walls[min(len(walls) - 1, int(len(walls) * 0.95))],
        "cpu": 1000 * statistics.median(processor for _wall, processor in pairs),
    }


def rows_a_second(way, address, rows):
    """How many rows of a file the site sends in a second."""
    started = time.perf_counter()
    way.ask("site", address)
    return rows / (time.perf_counter() - started)


def rows_a_second_by_hand(pieces, rows):
    started = time.perf_counter()
    for _piece in pieces:
        pass
    return rows / (time.perf_counter() - started)
