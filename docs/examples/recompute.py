"""Compute every incident's numbers again by rule BW-1 (docs/methodology.md), from public JSON alone: python3 recompute.py https://site"""

import json
import sys
from collections import Counter, defaultdict
from urllib.request import urlopen

ANY, PARTS = ("all", ""), ("low", "best", "high", "open_ended", "counted")


def claims(document, measure):
    """Every figure that counts, with what the rule asks of its statement; what is superseded, also through others, does not count."""
    standing = [said for said in document["statements"] if said["certainty"] == "certain" and said["act"] != "tally"
                and not said["retracted_on"] and not said["article"]["retracted_on"]]  # fmt: skip
    given = {said["id"]: [one for one in said["figures"] if one["measure"] == measure and one["verdict"] != "excluded"
                          and one["incidents"] == [document["id"]] and not one["together"]] for said in standing}  # fmt: skip
    for said in document["statements"]:
        chain, source = {said["id"]}, said["article"]["source"] or {}
        for _step in document["statements"]:
            chain |= {one["id"] for one in document["statements"] if one["supersedes"] in chain}
        day, reliability = (said["said_on"] or "").replace("-", ""), source.get("reliability") or "F"
        about = {"day": day, "origin": said["origin"], "account": json.dumps(said["origin"] or said["article"]["id"]),
                 "rank": (said["credibility"] or 99, "ABCDFE".index(reliability), -int(day or 0))}  # fmt: skip
        if not any(given.get(later) for later in chain - {said["id"]}):
            yield from (one | about | {"cell": (one["group"], one["nationality"]), "is_open": one["high"] is None,
                        "best": (best := one["low"] if one["best"] is None else one["best"]),
                        "high": best if one["high"] is None else one["high"]} for one in given.get(said["id"], ()))  # fmt: skip


def deciding(found):
    """[the preferred figure that decides], or []: one about everybody first, then the latest said."""
    preferred = [one for one in found if one["verdict"] == "preferred"]
    return sorted(preferred, key=lambda one: (one["cell"] != ANY, one["rank"][2], one["rank"], one["best"], one["id"]))[:1]


def largest(amounts):
    """An amount is (number, whether it is a floor, rank of what it comes from)."""
    return max(filter(None, amounts), key=lambda amount: amount[:2], default=None)


def added(amounts):
    numbers, floors, ranks = zip(*amounts, strict=True) if amounts else ((), (), ())
    return (sum(numbers), any(floors), min(ranks)) if amounts else None


def people(cells):
    """Step 2: the largest of the number for everybody, the sum over groups, the sum over nationalities."""
    sums = [cells.get(ANY)]
    for axis in (0, 1):
        named = defaultdict(lambda: ([], []))
        for cell, amount in cells.items():
            named[cell[axis]][cell[1 - axis] != ANY[1 - axis]].append(amount)
        sums.append(added([largest([*whole, added(parts)]) for name, (whole, parts) in named.items() if name != ANY[axis]]))
    return largest(sums)


def account(found):
    """Steps 1 and 2: low, best and high of what one origin says, and the preferred figure by which it decides."""
    low, best, high, chosen = {}, {}, {}, deciding(found)
    for cell in {one["cell"] for one in found}:
        latest = max(one["day"] for one in found if one["cell"] == cell)
        kept = [one for one in found if one["cell"] == cell and (one["day"] == latest or one["verdict"] == "preferred")]
        low[cell] = (min(one["low"] for one in kept), False, ())
        best[cell] = min((one["best"], False, one["rank"]) for one in deciding(kept) or kept)
        high[cell] = (max(one["high"] for one in kept), any(one["is_open"] for one in kept), ())
    whole = best[ANY] if chosen and chosen[0]["cell"] == ANY else people(best)
    total = {"low": people(low)[0], "best": whole[0], "rank": whole[2], "high": people(high)[:2]}
    return total | {"chosen": chosen, "origin": found[0]["origin"]}


def across(found):
    """Step 3: low, best, high, open_ended over the accounts; what has no origin is one account per article and no voice."""
    accounts = [account([one for one in found if one["account"] == name]) for name in {one["account"] for one in found}]
    voices = [one for one in accounts if one["origin"]] or accounts
    votes = Counter(one["best"] for one in voices)
    best = min((-votes[one["best"]], one["rank"], one["best"]) for one in voices)[2]
    for chosen in deciding([one for each in accounts for one in each["chosen"]]):
        best = next(one["best"] for one in accounts if chosen in one["chosen"])
    high, is_open = max(one["high"] for one in accounts)
    return min(best, *(one["low"] for one in accounts)), best, max(best, high), is_open


def toll(document, measure):
    """Steps 4 and 5: people told of in addition are counted apart and added; silence is null, words alone are not counted."""
    found = list(claims(document, measure))
    pools = [[one for one in found if one["low"] is not None and one["adds"] is adds] for adds in (False, True)]
    low, best, high, is_open = zip(*map(across, filter(None, pools)), strict=True) if any(pools) else ((), (), (), ())
    values = (sum(low), sum(best), sum(high), any(is_open), True) if low else (None, None, None, False, False)
    return dict(zip(PARTS, values, strict=True)) if found else None


def read(address):
    with urlopen(address, timeout=60) as answer:
        return json.load(answer)


def main(site):
    page, found = read(f"{site}/api/v1/incidents/?fields=id&limit=200&ordering=date"), []
    while page:
        for document in (read(f"{site}/api/v1/incidents/{item['id']}/") for item in page["results"]):
            for measure in ("killed", "injured", "missing", "detained"):
                published, computed = document["toll"][measure], toll(document, measure)
                found.append(computed == (published and {name: published[name] for name in PARTS}))
                print(end="" if found[-1] else f"{document['id']} {measure}: published {published}, computed {computed}\n")
        page = page["next"] and read(page["next"])
    print(f"{len(found)} numbers computed again, {found.count(False)} different")
    return found.count(False)


if __name__ == "__main__":
    sys.exit(1 if main((sys.argv[1:] or ["http://127.0.0.1:8000"])[0].rstrip("/")) else 0)
