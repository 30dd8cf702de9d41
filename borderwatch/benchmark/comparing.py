"""Figures of one run, kept to stand beside those of another: is a large record served as quickly as a small one?"""

import json
import re
import statistics
from pathlib import Path

from borderwatch.benchmark.measuring import summed_up

TARGET = 1.3
"""How many times longer any answer may take at the largest record than at the smallest."""


def figures(incidents, heading, questions):
    """{"incidents", "heading", "ways": way → question → who → {"median", "p95", "cpu"}} of a run."""
    ways = {}
    for question in questions:
        for way, times in question.times.items():
            if times["site"]:
                ways.setdefault(way, {})[told(question.name)] = {who: summed_up(pairs) for who, pairs in times.items()}
    return {"incidents": incidents, "heading": heading, "ways": ways}


def told(name):
    """The name of a question at any size: how deep a page lies depends on the record."""
    return re.sub(r"^page [\d,]+ deep$", "page deep", name)


def save(path, found):
    Path(path).write_text(json.dumps(found, indent=1) + "\n")


def read(path):
    return json.loads(Path(path).read_text())


def table(found, before):
    """Lines of Markdown: the site's answers of this run over those of the run before; in process by processor time, else by median.

    The hand-written answers stand beside them: what both lost, the machine or the database took.
    """
    for way, questions in found["ways"].items():
        part = "cpu" if way == "in process" else "median"
        sizes = f"{found['incidents']:,} against {before['incidents']:,} incidents"
        yield f"\n| {way}, {sizes} | ms then | ms now | × | by hand × | target |"
        yield "|---|---|---|---|---|---|"
        ratios = []
        for name, now in questions.items():
            if then := before["ways"].get(way, {}).get(name):
                site, hand = (now[who][part] / max(then[who][part], 1e-6) for who in ("site", "hand"))
                ratios.append(site)
                mark = "" if site <= TARGET else " missed"
                yield f"| {name} | {then['site'][part]:.2f} | {now['site'][part]:.2f} | {site:.2f} | {hand:.2f} | ≤ {TARGET}{mark} |"
        if ratios:
            yield f"| median of all | | | {statistics.median(ratios):.2f} | | |"
