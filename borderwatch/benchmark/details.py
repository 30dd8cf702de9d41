"""One incident whole, by hand: its statements with their articles, sources, figures, labels and answers, each out of a table of its own.

What a rule computed (differences, what was set aside, figures together) is stored as JSON text, as hand-written software would.
"""

import json
from collections import defaultdict

TEXT = "text"
STATEMENT = (
    "id url speaker speaker_as speaker_title on_behalf_of origin attribution based_on released_through attributed_to attributed_to_as act "
    "denies said_on said_precision retracted_on quote text language original_text original_language translated_by credibility translations "
    "supersedes in_reply_to about_place covers outcome outcome_reason outcome_statement article"
).split()
ACTORS = ("speaker", "on_behalf_of", "based_on", "attributed_to")
STORED = ("translations", "about_place", "covers")
ARTICLE = "id headline url original_url archive_url published_on published_precision language retracted_on".split()
SOURCE = ("id", "name", "kind", "reliability")
FIGURE = (
    "id measure people nationality low best high wording adds calculation derived_from verdict verdict_reason incidents together "
    "about_others party"
).split()
LABEL = ("actor", "described", "words", "language")
BUCKET = "measure people nationality low best high open_ended used best_from".split()
NUMBERS = {"said_precision", "credibility", "published_precision", "low", "best", "high", "adds", "together", "about_others", "open_ended"}


def table(names, *before):
    return ", ".join([*before, *(f"{name} {'int' if name in NUMBERS else TEXT}" for name in names)])


CREATE = {
    "source": "id text PRIMARY KEY, name text, kind text, reliability text",
    "article": table([*ARTICLE[1:], "source"], "id text PRIMARY KEY"),
    "statement": table([*STATEMENT, "origin_type", "origin_name", "certainty"], "incident bigint", "place_in_row int"),
    "figure": table(FIGURE, "incident bigint", "statement text", "place_in_row int"),
    "label": table(LABEL, "incident bigint", "statement text", "place_in_row int"),
    "assertion": "incident bigint, statement text, place_in_row int, answer text",
    "bucket": table(BUCKET, "incident bigint", "place_in_row int"),
    "computed": "incident bigint PRIMARY KEY, set_aside text, together text, differences text, images text",
}
INDEXES = ("statement (incident)", "figure (incident)", "label (incident)", "assertion (incident)", "bucket (incident)")
ONCE = ("source", "article")
"""Tables whose rows many incidents share."""


# Out of the tables

STATEMENTS = (
    f"SELECT {', '.join(f's.{name}' for name in STATEMENT[:-1])}, s.origin_type, s.origin_name, s.certainty, "  # noqa: S608 our own words
    "a1.name, a2.name, a3.name, a4.name, r.name, "
    f"{', '.join(f'ar.{name}' for name in ARTICLE)}, {', '.join(f'so.{name}' for name in SOURCE)} "
    "FROM statement s LEFT JOIN actor a1 ON a1.id = s.speaker LEFT JOIN actor a2 ON a2.id = s.on_behalf_of "
    "LEFT JOIN actor a3 ON a3.id = s.based_on LEFT JOIN actor a4 ON a4.id = s.attributed_to "
    "LEFT JOIN source r ON r.id = s.released_through "
    "JOIN article ar ON ar.id = s.article JOIN source so ON so.id = ar.source WHERE s.incident = %s ORDER BY s.place_in_row"
)
OWN = len(STATEMENT) - 1
PARTS = {
    "figure": (FIGURE, "SELECT f.statement, {}, p.name FROM figure f LEFT JOIN actor p ON p.id = f.party WHERE f.incident = %s", "f"),
    "label": (LABEL, "SELECT l.statement, {}, a.name FROM label l LEFT JOIN actor a ON a.id = l.actor WHERE l.incident = %s", "l"),
}


def asked(part):
    names, sql, alias = PARTS[part]
    return sql.format(", ".join(f"{alias}.{name}" for name in names)) + f" ORDER BY {alias}.place_in_row"


ASKED = {part: asked(part) for part in PARTS}


def detail(plain, number, item, loads):
    """The incident `item` of the list, with all that its page shows."""
    figures, labels, answers = (by_statement(plain, part, number, read, loads) for part, read in READ.items())
    statements = [statement(row, figures[row[0]], labels[row[0]], answers[row[0]], loads) for row in plain.ask(STATEMENTS, [number])]
    set_aside, together, differences, images = plain.ask(
        "SELECT set_aside, together, differences, images FROM computed WHERE incident = %s", [number]
    )[0]
    buckets = plain.ask(f"SELECT {', '.join(BUCKET)} FROM bucket WHERE incident = %s ORDER BY place_in_row", [number])  # noqa: S608
    item["toll"] |= {
        "buckets": [bucket(row, loads) for row in buckets],
        "set_aside": loads(set_aside),
        "together": loads(together),
    }
    item["evidence"]["differences"] = loads(differences)
    return item | {"statements": statements, "images": loads(images)}


def by_statement(plain, part, number, read, loads):
    found = defaultdict(list)
    for row in plain.ask(ASKED.get(part, "SELECT statement, answer FROM assertion WHERE incident = %s ORDER BY place_in_row"), [number]):
        found[row[0]].append(read(row[1:], loads))
    return found


def named(known, name):
    return {"id": known, "name": name} if known else None


def statement(row, figures, labels, assertions, loads):
    found = dict(zip(STATEMENT, row, strict=False))
    origin_type, origin_name, certainty, *names = row[OWN : OWN + 8]
    for field, name in zip(ACTORS, names, strict=False):
        found[field] = named(found[field], name)
    found["released_through"] = named(found["released_through"], names[4])
    found["origin"] = {"type": origin_type, "id": found["origin"], "name": origin_name} if origin_type else None
    for field in STORED:
        found[field] = loads(found[field]) if found[field] else None
    article = dict(zip(ARTICLE, row[OWN + 8 :], strict=False))
    article["url"] = f"http://localhost{article['url']}"
    article["source"] = dict(zip(SOURCE, row[OWN + 8 + len(ARTICLE) :], strict=True))
    found["url"] = f"http://localhost{found['url']}"
    return found | {"article": article, "figures": figures, "labels": labels, "assertions": assertions, "certainty": certainty}


def figure(row, loads):
    found = dict(zip(FIGURE, row, strict=False))
    found["group"] = found.pop("people")
    for name in ("derived_from", "incidents"):
        found[name] = loads(found[name])
    for name in ("adds", "together", "about_others"):
        found[name] = bool(found[name])
    found["party"] = named(found["party"], row[-1])
    return found


def label(row, loads):
    known, described, words, language, name = row
    return {"actor": named(known, name), "described": described, "words": words, "language": language}


def bucket(row, loads):
    measure, people, nationality, low, best, high, open_ended, used, best_from = row
    return {
        "measure": measure,
        "group": people,
        "nationality": nationality,
        "low": low,
        "best": best,
        "high": high,
        "open_ended": bool(open_ended),
        "used": loads(used),
        "best_from": loads(best_from),
    }


READ = {"figure": figure, "label": label, "assertion": lambda row, loads: loads(row[0])}


# Into the tables


def spread(number, document, found):
    """Put what stands in the statements and the computed parts of one incident's document into rows."""
    toll = document["toll"]
    found["computed"].append(
        (number, *map(json.dumps, (toll["set_aside"], toll["together"], document["evidence"]["differences"], document["images"])))
    )
    for order, part in enumerate(toll["buckets"]):
        found["bucket"].append((number, order, *(stored(value) for value in part.values())))
    for order, part in enumerate(document["statements"]):
        found["statement"].append((number, order, *statement_row(part)))
        article = part["article"]
        found["source"].append(tuple(article["source"].values()))
        found["article"].append((*(article[name] for name in ARTICLE), article["source"]["id"]))
        found["figure"] += [(number, part["id"], place, *figure_row(one)) for place, one in enumerate(part["figures"])]
        found["label"] += [
            (number, part["id"], place, one["actor"] and one["actor"]["id"], *list(one.values())[1:])
            for place, one in enumerate(part["labels"])
        ]
        found["assertion"] += [(number, part["id"], place, json.dumps(one)) for place, one in enumerate(part["assertions"])]
        found["actor"] += [(known["id"], known["name"]) for known in actors_named(part) if known]


def actors_named(part):
    yield from (part[field] for field in ACTORS)
    yield from (one["party"] for one in part["figures"])
    yield from (one["actor"] for one in part["labels"])


def stored(value):
    """A value as a column holds it."""
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value) if isinstance(value, list | dict) else value


def statement_row(part):
    origin = part["origin"] or {"type": None, "id": None, "name": None}
    own = {name: stored(part[name]) for name in STATEMENT}
    own |= {name: part[name] and part[name]["id"] for name in (*ACTORS, "released_through", "article")}
    own |= {name: json.dumps(part[name]) for name in STORED}
    return *(own | {"origin": origin["id"]}).values(), origin["type"], origin["name"], part["certainty"]


def figure_row(part):
    return [stored(value) for value in (part | {"party": part["party"] and part["party"]["id"]}).values()]
