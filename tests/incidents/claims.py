"""Statements and figures as an incident document holds them, for the tests of the rules: dicts, no database."""

from itertools import count

from incidents.evidence import differences, evidence
from incidents.toll import toll

numbers = count(1000)

TAJIKISTAN = {"type": "actor", "id": "AC-1", "name": "Government of Tajikistan"}
TALIBAN = {"type": "actor", "id": "AC-2", "name": "Taliban authorities in Afghanistan"}
CHINA = {"type": "actor", "id": "AC-3", "name": "Government of China"}
AGENCY = {"type": "source", "id": "SO-9", "name": "An agency"}
NARRATION = None


def make_figure(low=3, **fields):
    """A figure about BW-2025-0001 alone; best and high follow low unless given (`high=None` is open ended)."""
    figure = {
        "id": f"FG-{next(numbers)}",
        "measure": "killed",
        "group": "all",
        "nationality": "",
        "low": low,
        "best": low,
        "high": low,
        "wording": "",
        "incidents": ["BW-2025-0001"],
        "adds": False,
        "calculation": "",
        "derived_from": [],
        "party": None,
        "verdict": "auto",
        "verdict_reason": "",
        **fields,
    }
    return {"together": len(figure["incidents"]) > 1, **figure}


def make_wording(wording="several", **fields):
    """A figure that is reported, not counted."""
    return make_figure(None, wording=wording, **fields)


def make_statement(*figures, origin=TAJIKISTAN, article="AR-1", reliability="F", **fields):
    return {
        "id": f"ST-{next(numbers)}",
        "speaker": None,
        "origin": origin,
        "attribution": "named" if origin else "none",
        "attributed_to": None,
        "attributed_to_as": "",
        "act": "claim",
        "denies": "",
        "said_on": "2025-12-01",
        "said_precision": 1,
        "retracted_on": None,
        "credibility": None,
        "certainty": "certain",
        "supersedes": None,
        "covers": None,
        "article": {"id": article, "retracted_on": None, "source": {"id": "SO-1", "name": "A paper", "reliability": reliability}},
        "labels": [],
        "assertions": [],
        **fields,
        "figures": list(figures),
    }


def make_assertion(about="date", **fields):
    blank = {"role": "occurrence", "starts_on": None, "ends_on": None, "place": None, "wording": "", "incident": None}
    return {"about": about, **blank, **fields}


def make_label(words, described="the three", **fields):
    return {"actor": None, "described": described, "words": words, "language": "en", **fields}


def make_document(number="BW-2025-0001", statements=(), start="2025-12-01", end=None, **fields):
    """A whole incident document with its computed parts; as_list_item() makes the short form."""
    statements = list(statements)
    found = {"differences": differences(number, statements), **evidence(number, statements)}
    return {
        "id": number,
        "kind": "armed_clash",
        "date": {"start": start, "end": end or start, "precision": 1},
        "place": {"id": "khatlon", "province": "khatlon", "province_name": "Khatlon", "country": "TJ", "country_name": "Tajikistan"},
        "participants": [],
        **fields,
        "toll": toll(number, statements),
        "evidence": found,
        "statements": statements,
    }


def as_list_item(document):
    """What a list of incidents holds of a document."""
    short = {name: value for name, value in document.items() if name != "statements"}
    short["toll"] = {name: value for name, value in document["toll"].items() if name not in ("buckets", "set_aside", "together")}
    return short
