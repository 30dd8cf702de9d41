"""What each origin says in all about one measure of one incident: steps 1 and 2 of rule BW-1.

An *account* is all that one origin says. Narration without an origin makes one account per article: it widens low and high and is no voice.
A *cell* is what an account says about one (group, nationality); ("all", "") means everybody.
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from incidents.rule.eligibility import ANY_GROUP, ANY_NATIONALITY

EVERYBODY = (ANY_GROUP, ANY_NATIONALITY)
RELIABILITY_ORDER = "ABCDFE"  # Admiralty; F, cannot be judged, stands between D and E
UNSET = 99


class Claim(NamedTuple):
    """A counted figure with what the rule needs to know of its statement. `said` is an ordinal day, None where undated."""

    figure: str
    cell: tuple[str, str]
    low: int
    best: int
    high: int
    is_open: bool
    is_preferred: bool
    adds: bool
    said: int | None
    standing: tuple
    account: tuple[str, str]
    has_origin: bool


class Amount(NamedTuple):
    """A number of people, whether it is a floor ("more than"), and the claims that it comes from."""

    number: int
    is_open: bool
    claims: frozenset


class Cell(NamedTuple):
    low: Amount
    best: Amount
    high: Amount
    kept: frozenset


class Account(NamedTuple):
    """One origin's total. `preferred` is the preferred claim that lets it decide, or None."""

    has_origin: bool
    low: Amount
    best: Amount
    high: Amount
    kept: frozenset
    preferred: Claim | None


def claim(figure: dict, statement: dict) -> Claim:
    """Read a counted figure: best null means low; an open high counts as its best."""
    low = figure["low"]
    best = low if figure.get("best") is None else figure["best"]
    is_open = figure.get("high") is None
    said = date.fromisoformat(statement["said_on"]).toordinal() if statement.get("said_on") else None
    return Claim(
        figure=figure["id"],
        cell=(figure["group"], figure["nationality"]),
        low=low,
        best=best,
        high=best if is_open else figure["high"],
        is_open=is_open,
        is_preferred=figure.get("verdict") == "preferred",
        adds=bool(figure.get("adds")),
        said=said,
        standing=standing(statement, said),
        account=account_of(statement),
        has_origin=bool(statement.get("origin")),
    )


def account_of(statement: dict) -> tuple[str, str]:
    """Whose account a statement belongs to: its origin's, or its article's where it has none."""
    origin = statement.get("origin")
    return (origin["type"], origin["id"]) if origin else ("article", (statement.get("article") or statement)["id"])


def standing(statement: dict, said: int | None) -> tuple:
    """How a statement ranks in a tie, best first: its credibility, the reliability of its source, the day it was said (latest first)."""
    source = (statement.get("article") or {}).get("source") or {}
    reliability = RELIABILITY_ORDER.find(source.get("reliability") or "F")
    return (statement.get("credibility") or UNSET, UNSET if reliability < 0 else reliability, -(said or 0))


def accounts(claims: list[Claim]) -> list[Account]:
    """Step 1: the accounts of these claims, in a fixed order."""
    by_account = defaultdict(list)
    for one in claims:
        by_account[one.account].append(one)
    return [account(by_account[key]) for key in sorted(by_account)]


def account(claims: list[Claim]) -> Account:
    by_cell = defaultdict(list)
    for one in claims:
        by_cell[one.cell].append(one)
    cells = {key: cell(found) for key, found in by_cell.items()}
    preferred = min((one for one in claims if one.is_preferred), key=deciding_order, default=None)
    low = people({key: found.low for key, found in cells.items()})
    best = people({key: found.best for key, found in cells.items()})
    high = people({key: found.high for key, found in cells.items()})
    if preferred and preferred.cell == EVERYBODY:
        best = cells[EVERYBODY].best
        low = low._replace(number=min(low.number, best.number))
    return Account(claims[0].has_origin, low, best, high, frozenset().union(*(found.kept for found in cells.values())), preferred)


def deciding_order(preferred: Claim) -> tuple:
    """Which preferred figure decides: one about everybody first, then the latest said; what follows only makes the order complete."""
    return (preferred.cell != EVERYBODY, -(preferred.said or 0), preferred.standing, preferred.best, preferred.figure)


def cell(claims: list[Claim]) -> Cell:
    """What an account says latest about one (group, nationality), with what the desk prefers whatever its date."""
    latest = max((one.said for one in claims if one.said is not None), default=None)
    kept = frozenset(one for one in claims if one.said == latest or one.is_preferred)
    preferred = min((one for one in kept if one.is_preferred), key=deciding_order, default=None)
    low = min(one.low for one in kept)
    best = preferred.best if preferred else min(one.best for one in kept)
    high = max(one.high for one in kept)
    return Cell(
        Amount(low, False, frozenset(one for one in kept if one.low == low)),
        Amount(best, False, frozenset([preferred]) if preferred else frozenset(one for one in kept if one.best == best)),
        Amount(high, any(one.is_open for one in kept), frozenset(one for one in kept if one.high == high)),
        kept,
    )


def people(amounts: dict[tuple[str, str], Amount]) -> Amount:
    """Step 2: the largest of what is said of everybody, the sum over groups, and the sum over nationalities."""
    return largest([amounts.get(EVERYBODY), sum_over(amounts, 0), sum_over(amounts, 1)])


def sum_over(amounts: dict, axis: int) -> Amount | None:
    """The sum over groups (axis 0) or nationalities (axis 1); each counts its own number or what its parts add up to, the larger."""
    parts = []
    for name in sorted({key[axis] for key in amounts if key[axis] != EVERYBODY[axis]}):
        wholes = [amount for key, amount in amounts.items() if key[axis] == name and key[1 - axis] == EVERYBODY[1 - axis]]
        divided = [amount for key, amount in amounts.items() if key[axis] == name and key[1 - axis] != EVERYBODY[1 - axis]]
        parts.append(largest([*wholes, added(divided)]))
    return added(parts)


def added(amounts: list[Amount]) -> Amount | None:
    """The sum; None, never zero, where there is nothing to add."""
    if not amounts:
        return None
    claims = frozenset().union(*(one.claims for one in amounts))
    return Amount(sum(one.number for one in amounts), any(one.is_open for one in amounts), claims)


def largest(amounts: list[Amount | None]) -> Amount:
    """The largest; the first of equal ones names the claims, and it is open if any that reaches it is open."""
    found = [one for one in amounts if one is not None]
    top = max(one.number for one in found)
    reaching = [one for one in found if one.number == top]
    return Amount(top, any(one.is_open for one in reaching), reaching[0].claims)
