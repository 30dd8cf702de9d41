"""How an incident is cited, pinned to the edition that was read: a sentence, BibTeX, RIS and CSL-JSON.

Pure functions over the incident document and the address of its edition.
"""

import json
import re

from borderwatch.texts.dating import parse_day

SITE = "BorderWatch"
FORMS = {
    "bib": ("application/x-bibtex", "BibTeX"),
    "ris": ("application/x-research-info-systems", "RIS"),
    "json": ("application/vnd.citationstyles.csl+json", "CSL-JSON"),
}
"""Ending of the file → media type and name."""


def cited(document: dict, url: str) -> dict:
    """What every form of citation says."""
    edition = document["edition"]
    return {
        "id": document["id"],
        "title": document["title"],
        "edition": edition["number"],
        "day": parse_day(edition["valid_from"]),
        "digest": edition["digest"],
        "url": url,
    }


def citation(document: dict, url: str, form: str) -> str:
    """The citation in one of FORMS."""
    return {"bib": bibtex, "ris": ris, "json": csl_json}[form](cited(document, url))


def forms(document: dict, url: str) -> list[dict]:
    """[{"form", "name", "text"}] of all of them."""
    return [{"form": form, "name": name, "text": citation(document, url, form)} for form, (_media_type, name) in FORMS.items()]


TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {sign: "\\" + sign for sign in "&%$#_{}"}


def in_tex(text: str) -> str:
    return re.sub(r"[\\~^&%$#_{}]", lambda found: TEX[found[0]], one_line(text))


def one_line(text: str) -> str:
    """Without line breaks, which end a field in RIS."""
    return " ".join(text.split())


def bibtex(one: dict) -> str:
    fields = {
        "author": f"{{{SITE}}}",
        "title": f"{{{in_tex(one['title'])}}}",
        "year": f"{one['day']:%Y}",
        "month": f"{one['day'].month}",
        "day": f"{one['day'].day}",
        "number": one["id"],
        "edition": str(one["edition"]),
        "note": f"Digest {one['digest']}",
        "url": one["url"],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{one['id'].lower()}-{one['edition']},\n{lines}}}\n"


def ris(one: dict) -> str:
    fields = [
        ("TY", "ELEC"),
        ("AU", SITE),
        ("TI", one_line(one["title"])),
        ("PY", f"{one['day']:%Y}"),
        ("DA", f"{one['day']:%Y/%m/%d}"),
        ("ET", one["edition"]),
        ("PB", SITE),
        ("M1", one["id"]),
        ("N1", f"Digest {one['digest']}"),
        ("UR", one["url"]),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def csl_json(one: dict) -> str:
    day = one["day"]
    item = {
        "id": f"{one['id'].lower()}-{one['edition']}",
        "type": "webpage",
        "title": one["title"],
        "author": [{"literal": SITE}],
        "container-title": SITE,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "number": one["id"],
        "version": str(one["edition"]),
        "note": f"Digest {one['digest']}",
        "URL": one["url"],
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"
