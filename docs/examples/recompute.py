"""Compute every incident's numbers again by rule BW-1 (docs/methodology.md), from public JSON alone: python3 recompute.py https://site"""

import datetime
import json
import sys
from collections import Counter
from urllib.request import urlopen

ANY = ("all", "")  # any group, any nationality
PARTS = ("low", "best", "high", "open_ended", "counted")


def stands(said):
    return said["certainty"] == "certain" and said["act"] != "tally" and not (said["retracted_on"] or said["article"]["retracted_on"])


def eligible(document, measure):
    """(figure, statement) of all that counts; what is superseded, also through others, does not."""
    figures = {said["id"]: [one for one in said["figures"] if one["measure"] == measure and one["verdict"] != "excluded"
                            and one["incidents"] == [document["id"]] and not one["together"]]
               for said in document["statements"] if stands(said)}  # fmt: skip
    for said in document["statements"]:
        known = {said["id"]}
        while later := {one["id"] for one in document["statements"] if one["supersedes"] in known} - known:
            known |= later
        if not any(figures.get(later) for later in known - {said["id"]}):
            yield from ((figure, said) for figure in figures.get(said["id"], ()))


def best_of(pair):
    return pair[0]["low"] if pair[0]["best"] is None else pair[0]["best"]


def high_of(pair):
    return (best_of(pair) if pair[0]["high"] is None else pair[0]["high"], pair[0]["high"] is None)


def cell_of(pair):
    return pair[0]["group"], pair[0]["nationality"]


def rank(pair):
    """Who wins a tie: the better credibility, the better reliability of the source, the later day."""
    said, source = pair[1], pair[1]["article"]["source"] or {}
    day = datetime.date.fromisoformat(said["said_on"]).toordinal() if said["said_on"] else 0
    return said["credibility"] or 99, "ABCDFE".index(source.get("reliability") or "F"), -day


def preferred(pairs):
    """[the preferred figure that decides], or []."""
    found = [pair for pair in pairs if pair[0]["verdict"] == "preferred"]
    return sorted(found, key=lambda pair: (cell_of(pair) != ANY, rank(pair)[2], rank(pair), best_of(pair), pair[0]["id"]))[:1]


def largest(amounts):
    """An amount is (number, whether it is a floor, rank of what it comes from)."""
    return max(filter(None, amounts), key=lambda amount: amount[:2], default=None)


def added(amounts):
    return (sum(one[0] for one in amounts), any(one[1] for one in amounts), min(one[2] for one in amounts)) if amounts else None


def people(cells):
    """Step 2: the largest of the number for everybody, the sum over groups, the sum over nationalities."""
    sums = [cells.get(ANY)]
    for axis in (0, 1):
        named = {}
        for cell, amount in cells.items():
            named.setdefault(cell[axis], ([], []))[cell[1 - axis] != ANY[1 - axis]].append(amount)
        sums.append(added([largest([*whole, added(parts)]) for name, (whole, parts) in named.items() if name != ANY[axis]]))
    return largest(sums)


def account(pairs):
    """Steps 1 and 2: low, best and high of what one origin says, and the preferred figure by which it decides."""
    low, best, high, chosen = {}, {}, {}, preferred(pairs)
    for cell in set(map(cell_of, pairs)):
        own = [pair for pair in pairs if cell_of(pair) == cell]
        latest = max(pair[1]["said_on"] or "" for pair in own)
        kept = [pair for pair in own if (pair[1]["said_on"] or "") == latest or pair[0]["verdict"] == "preferred"]
        number = min(map(best_of, preferred(kept) or kept))
        low[cell] = (min(pair[0]["low"] for pair in kept), False, ())
        best[cell] = (number, False, min(rank(pair) for pair in preferred(kept) or kept if best_of(pair) == number))
        high[cell] = (max(high_of(pair)[0] for pair in kept), any(high_of(pair)[1] for pair in kept), ())
    return (
        people(low)[0],
        best[ANY] if chosen and cell_of(chosen[0]) == ANY else people(best),
        people(high)[:2],
        chosen,
        pairs[0][1]["origin"],
    )


def across(pairs):
    """Step 3: low, best, high, open_ended over the accounts; what has no origin is one account per article and no voice."""
    by_origin = {}
    for pair in pairs:
        by_origin.setdefault(json.dumps(pair[1]["origin"] or pair[1]["article"]["id"]), []).append(pair)
    accounts = [account(found) for found in by_origin.values()]
    voices = [one for one in accounts if one[4]] or accounts
    votes = Counter(one[1][0] for one in voices)
    best = min((-votes[one[1][0]], one[1][2], one[1][0]) for one in voices)[2]
    for chosen in preferred([pair for one in accounts for pair in one[3]]):
        best = next(one[1][0] for one in accounts if chosen in one[3])
    high, is_open = max(one[2] for one in accounts)
    return min(best, *(one[0] for one in accounts)), best, max(best, high), is_open


def toll(document, measure):
    """Steps 4 and 5: people told of in addition are counted apart and added; silence is null, words alone are not counted."""
    pairs = list(eligible(document, measure))
    pools = [[pair for pair in pairs if pair[0]["low"] is not None and pair[0]["adds"] is adds] for adds in (False, True)]
    found = [across(pool) for pool in pools if pool]
    if not found:
        return dict(zip(PARTS, (None, None, None, False, False), strict=True)) if pairs else None
    low, best, high, is_open = zip(*found, strict=True)
    return dict(zip(PARTS, (sum(low), sum(best), sum(high), any(is_open), True), strict=True))


def read(address):
    with urlopen(address, timeout=60) as answer:
        return json.load(answer)


def main(site):
    page, checked, different = read(f"{site}/api/v1/incidents/?fields=id&limit=200&ordering=date"), 0, 0
    while page:
        for document in (read(f"{site}/api/v1/incidents/{item['id']}/") for item in page["results"]):
            for measure in ("killed", "injured", "missing", "detained"):
                published, checked = document["toll"][measure], checked + 1
                published, found = published and {name: published[name] for name in PARTS}, toll(document, measure)
                if found != published:
                    different += 1
                    print(f"{document['id']} {measure}: published {published}, computed {found}")
        page = page["next"] and read(page["next"])
    print(f"{checked} numbers computed again, {different} different")
    return different


if __name__ == "__main__":
    sys.exit(1 if main((sys.argv[1:] or ["http://127.0.0.1:8000"])[0].rstrip("/")) else 0)
