"""What an import has to say about a row."""

from typing import NamedTuple


class Remark(NamedTuple):
    """Something about one cell: an error refuses the file, a notice does not. `column` is empty for the row as a whole."""

    row: int
    column: str
    reason: str

    def __str__(self):
        return ": ".join(filter(None, [f"row {self.row}", self.column, self.reason]))
