"""How fast the record is served, measured beside the same answers by hand-written SQL on the same database."""
