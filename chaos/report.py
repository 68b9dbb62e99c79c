"""Lines of figures against their bars."""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

OPERATORS: Final[dict[str, Callable[[float, float], bool]]] = {
    "=": operator.eq,
    ">": operator.gt,
    "≥": operator.ge,
    "≤": operator.le,
}


@dataclass
class Report:
    """Prints each figure at once, and remembers whether all hold."""

    fell_short: list[str] = field(default_factory=list)

    def line(self, name: str, value: float, op: str, limit: float) -> None:
        """`NAME VALUE (bar: OP LIMIT) holds|falls short`."""
        holds = OPERATORS[op](value, limit)
        print(f"{name} {value:g} (bar: {op} {limit:g}) {'holds' if holds else 'falls short'}", flush=True)
        if not holds:
            self.fell_short.append(name)

    def note(self, text: str) -> None:
        """Something to know that has no bar."""
        print(f"# {text}", flush=True)
