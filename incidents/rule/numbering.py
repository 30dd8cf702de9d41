"""The order of public ids: FG-9 stands before FG-10, BW-2025-0002 before BW-2026-0001."""


def in_order(public_id: str) -> tuple[str, int]:
    """Sort key of a public id (letters and a number that ends it); an id without a number sorts by its letters."""
    letters, _dash, number = public_id.rpartition("-")
    return (letters, int(number)) if number.isdecimal() else (public_id, -1)
