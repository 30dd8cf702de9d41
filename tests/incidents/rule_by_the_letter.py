"""Rule BW-1 once more, read from its text sentence by sentence without regard to speed or style: what the properties compare toll.py with.

Only low, best, high and open_ended; nothing is shared with the rule's own modules.
"""

from itertools import groupby


def stands(statement):
    return statement["certainty"] == "certain" and not statement["retracted_on"] and not statement["article"]["retracted_on"]


def supersede(statement, statements):
    """Ids of all statements that supersede this one, also through others."""
    found, grown = {statement["id"]}, True
    while grown:
        more = {one["id"] for one in statements if one["supersedes"] in found} - found
        found, grown = found | more, bool(more)
    return found - {statement["id"]}


def is_superseded(figure, statement, statements, incident):
    for later in statements:
        if later["id"] in supersede(statement, statements) and stands(later) and later["act"] != "tally":
            for given in later["figures"]:
                if given["verdict"] != "excluded" and given["measure"] == figure["measure"] and given["incidents"] == [incident]:
                    return True
    return False


def eligible(statements, incident, measure):
    return [
        (figure, statement)
        for statement in statements
        for figure in statement["figures"]
        if figure["measure"] == measure
        and figure["incidents"] == [incident]
        and stands(statement)
        and statement["act"] != "tally"
        and figure["verdict"] != "excluded"
        and not is_superseded(figure, statement, statements, incident)
    ]


def best_of(figure):
    return figure["low"] if figure["best"] is None else figure["best"]


def high_of(figure):
    return best_of(figure) if figure["high"] is None else figure["high"]


def account_name(pair):
    statement = pair[1]
    return statement["origin"]["type"] + statement["origin"]["id"] if statement["origin"] else "article" + statement["article"]["id"]


def kept_of(pairs):
    dated = [statement["said_on"] for _figure, statement in pairs if statement["said_on"]]
    latest = max(dated) if dated else None
    return [pair for pair in pairs if pair[1]["said_on"] == latest or pair[0]["verdict"] == "preferred"]


def cells_of(pairs):
    cells = {}
    for bucket in {(figure["group"], figure["nationality"]) for figure, _statement in pairs}:
        kept = kept_of([pair for pair in pairs if (pair[0]["group"], pair[0]["nationality"]) == bucket])
        preferred = [figure for figure, _statement in kept if figure["verdict"] == "preferred"]
        cells[bucket] = {
            "low": min(figure["low"] for figure, _statement in kept),
            "best": best_of(preferred[0]) if preferred else min(best_of(figure) for figure, _statement in kept),
            "high": max(high_of(figure) for figure, _statement in kept),
            "open": any(figure["high"] is None for figure, _statement in kept),
            "kept": kept,
        }
    return cells


def largest(values):
    """The largest (number, open) where a number is the larger of two, and open counts if any that reaches it is open."""
    values = [value for value in values if value is not None]
    if not values:
        return None
    top = max(number for number, _open in values)
    return (top, any(is_open for number, is_open in values if number == top))


def added(values):
    values = [value for value in values if value is not None]
    return (sum(number for number, _open in values), any(is_open for _number, is_open in values)) if values else None


def total_of(value):
    """Step 2 over {(group, nationality): (number, open)}."""
    groups = {group for group, _nationality in value if group != "all"}
    nations = {nationality for _group, nationality in value if nationality}
    by_group = added([largest([value.get((g, "")), added([value.get((g, n)) for n in nations])]) for g in groups])
    by_nation = added([largest([value.get(("all", n)), added([value.get((g, n)) for g in groups])]) for n in nations])
    return largest([value.get(("all", "")), by_group, by_nation])


def account_of(pairs):
    cells = cells_of(pairs)
    low = total_of({bucket: (cell["low"], False) for bucket, cell in cells.items()})
    best = total_of({bucket: (cell["best"], False) for bucket, cell in cells.items()})
    high = total_of({bucket: (cell["high"], cell["open"]) for bucket, cell in cells.items()})
    everybody = cells.get(("all", ""), {"kept": []})
    if any(figure["verdict"] == "preferred" for figure, _statement in everybody["kept"]):
        best = (everybody["best"], False)
    return {"low": low[0], "best": best[0], "high": high, "pairs": pairs, "cells": cells, "has_origin": bool(pairs[0][1]["origin"])}


def preferred_of(account):
    return [pair for pair in account["pairs"] if pair[0]["verdict"] == "preferred"]


def is_everybody(pair):
    return (pair[0]["group"], pair[0]["nationality"]) == ("all", "")


def deciding_accounts(accounts):
    """A preferred (all, any) first, then the latest: several where they are of one day, none where nothing is preferred."""
    found = [(pair, account) for account in accounts for pair in preferred_of(account)]
    first = [one for one in found if is_everybody(one[0])] or found
    latest = max((pair[1]["said_on"] or "" for pair, _account in first), default=None)
    return [account for pair, account in first if (pair[1]["said_on"] or "") == latest]


def pool(pairs):
    accounts = [account_of(list(found)) for _name, found in groupby(sorted(pairs, key=account_name), key=account_name)]
    top = max(account["high"][0] for account in accounts)
    deciding = deciding_accounts(accounts)
    voices = [account for account in accounts if account["has_origin"]] or accounts
    given = [account["best"] for account in voices]
    most = max(given.count(best) for best in given)
    bests = {account["best"] for account in deciding} or {best for best in given if given.count(best) == most}
    return {
        "low": min(account["low"] for account in accounts),
        "bests": bests,
        "high": top,
        "open": any(account["high"] == (top, True) for account in accounts),
    }


def toll(statements, incident, measure):
    """None, "uncounted", or {"low", "bests" (the numbers that ties leave open), "high", "open"}."""
    found = eligible(statements, incident, measure)
    counted = [pair for pair in found if pair[0]["low"] is not None]
    if not counted:
        return "uncounted" if found else None
    pools = [pool(those) for those in ([p for p in counted if not p[0]["adds"]], [p for p in counted if p[0]["adds"]]) if those]
    sums = {0}
    for one in pools:
        sums = {held + best for held in sums for best in one["bests"]}
    return {
        "low": sum(min(one["low"], *one["bests"]) for one in pools),
        "bests": sums,
        "high": sum(one["high"] for one in pools),
        "open": any(one["open"] for one in pools),
    }
