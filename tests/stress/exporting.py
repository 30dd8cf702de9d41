"""How much memory a process needs more while it sends a whole file: `python -m tests.stress.exporting` for the site of the environment."""

import json
import sys
import time
from pathlib import Path

FILES = ("incidents.csv", "incidents.jsonl", "incidents.geojson", "incidents.xlsx", "statements.csv", "figures.csv", "api/v1/dataset.zip")
OWN = Path("/proc/self")


def memory(name):
    """A line of the process's own state, in MB: VmRSS is what it has now, VmHWM the most since the mark was reset."""
    line = next(line for line in (OWN / "status").read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


def sent(client, path):
    """{"rows" (of lines), "megabytes", "seconds", "extra": MB at most beside what the process had before}."""
    (OWN / "clear_refs").write_text("5")
    before, began, size, lines = memory("VmRSS"), time.monotonic(), 0, 0
    answer = client.get(f"/{path}")
    for piece in answer.streaming_content:
        size, lines = size + len(piece), lines + piece.count(b"\n")
    return {"lines": lines, "megabytes": size / 1e6, "seconds": time.monotonic() - began, "extra": memory("VmHWM") - before}


def all_sent(client):
    """(path, what sending it took) one after another; what is loaded at the first request is loaded before."""
    client.get("/incidents.csv?since=2999-01-01").getvalue()
    for path in FILES:
        yield path, sent(client, path)


if __name__ == "__main__":
    import os

    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "borderwatch.settings"
    django.setup()
    from django.test import Client

    for found in all_sent(Client(headers={"Host": "localhost"})):
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
