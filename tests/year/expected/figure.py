"""What a report says in a figure."""

from typing import NamedTuple


class Figure(NamedTuple):
    """Its value, what that is a part of, and the answers it rests on: asked, answered, shown."""

    value: float | None
    of: float | None = None
    basis: tuple[int, int, int] | None = None
    withheld: bool = False
