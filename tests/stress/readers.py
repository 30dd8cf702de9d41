"""Many readers on open connections: `python -m tests.stress.readers URL --connections 200 --every 2 --seconds 60`.

Each reader asks at set times and waits until it is answered; how long that took counts from the time that was set, so a server that
keeps somebody waiting cannot hide it. Prints {"requests", "errors", "busy", "median", "p99", "worst", …} as JSON, in milliseconds.
"""

import argparse
import asyncio
import json
import random
import sys
import time
import urllib.request
from collections import Counter
from urllib.parse import urlencode, urlsplit

SHARES = {"list": 0.6, "detail": 0.3, "api": 0.1}
"""What readers ask for: pages of the list with various filters, incidents, the API."""


class Addresses:
    """What there is to ask of a site: taken from what its API tells."""

    def __init__(self, url, seed=1):
        self.random = random.Random(seed)
        newest = fetched(f"{url}/api/v1/incidents/?limit=200")
        self.incidents, self.pages = newest["results"], [newest["next"]] if newest["next"] else []
        if newest["next"]:
            self.incidents = self.incidents + fetched(newest["next"])["results"]
        self.actors = [found["id"] for found in fetched(f"{url}/api/v1/actors/?limit=50")["results"]]

    def one(self):
        """(what it is, path)"""
        kind = self.random.choices(list(SHARES), SHARES.values())[0]
        return kind, getattr(self, kind)()

    def detail(self):
        return urlsplit(self.random.choice(self.incidents)["url"]).path

    def list(self):
        return f"/incidents/{self.query()}"

    def api(self):
        known = self.random.choice(self.incidents)["id"]
        return self.random.choice([f"/api/v1/incidents/{self.query()}", f"/api/v1/incidents/{known}/"])

    def query(self):
        """Filters as readers choose them; a third asks for nothing but the newest."""
        about = self.random.choice(self.incidents)
        place = about["place"] or {}
        asked = self.random.choice(
            [
                {},
                {},
                {"kind": about["kind"]},
                {"place": place.get("province") or place.get("id")},
                {"since": about["date"]["start"]},
                {"actor": self.random.choice(self.actors)} if self.actors else {},
                {"q": about["title"].split()[0], "kind": about["kind"]},
            ]
        )
        asked = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(asked)}" if asked else ""


def fetched(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        return json.load(answer)


class Reader:
    """One connection that asks every few seconds."""

    def __init__(self, url, told):
        self.host, self.port = urlsplit(url).hostname, urlsplit(url).port
        self.told, self.stream = told, None

    async def read(self, addresses, every, until, pause):
        due = time.monotonic() + pause
        while due < until:
            await asyncio.sleep(max(0, due - time.monotonic()))
            kind, path = addresses.one()
            try:
                status = await asyncio.wait_for(self.ask(path), 60)
            except (OSError, EOFError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
                status = type(error).__name__
                self.leave()
            self.told.append((kind, status, time.monotonic() - due, due))
            due = due + every if every else time.monotonic()
        self.leave()

    async def ask(self, path):
        if self.stream is None:
            self.stream = await asyncio.open_connection(self.host, self.port, limit=2**20)
            self.told.opened += 1
        reader, writer = self.stream
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept: */*\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await body_of(reader, head)
        if "connection: close" in head:
            self.leave()
        return int(head.split(" ", 2)[1])

    def leave(self):
        if self.stream is not None:
            self.stream[1].close()
            self.stream = None


async def body_of(reader, head):
    """Read to the end of an answer."""
    if "transfer-encoding: chunked" in head:
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        length = head.partition("content-length:")[2].split("\r\n")[0]
        await (reader.readexactly(int(length)) if length else reader.read())


class Told(list):
    """(what, status or error, seconds, when it was due) of every request."""

    opened = 0

    def after(self, seconds):
        """What was told of requests due so many seconds after the first or later."""
        first = min(due for *_rest, due in self)
        return Told(one for one in self if one[3] >= first + seconds)

    def summed_up(self):
        walls = sorted(wall for _kind, status, wall, _due in self if status == 200)
        statuses = Counter(str(status) for _kind, status, _wall, _due in self)
        found = {"requests": len(self), "busy": statuses.get("503", 0), "statuses": dict(statuses), "opened": self.opened}
        found["errors"] = len(self) - statuses.get("200", 0) - found["busy"]
        for kind in SHARES:
            found[f"p99 {kind}"] = percentile(sorted(wall for what, status, wall, _due in self if what == kind and status == 200), 0.99)
        return found | {name: percentile(walls, part) for name, part in (("median", 0.5), ("p95", 0.95), ("p99", 0.99), ("worst", 1))}


def percentile(walls, part):
    """In milliseconds, None of nothing."""
    return round(1000 * walls[min(len(walls) - 1, int(len(walls) * part))], 1) if walls else None


async def many(url, addresses, connections, every, seconds):
    """What so many readers were told."""
    told, until = Told(), time.monotonic() + seconds
    readers = [Reader(url, told).read(addresses, every, until, every * place / connections) for place in range(connections)]
    await asyncio.gather(*readers)
    return told


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("url")
    asked.add_argument("--connections", type=int, default=200)
    asked.add_argument("--every", type=float, default=2)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    told = asyncio.run(many(given.url, Addresses(given.url, given.seed), given.connections, given.every, given.seconds))
    sys.stdout.write(json.dumps(told.summed_up()) + "\n")


if __name__ == "__main__":
    main()
