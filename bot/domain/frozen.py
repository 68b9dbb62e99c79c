"""The standard library's `dataclass`, where `frozen=True` is kept by the type checker alone.

Python writes and compiles two more methods for each class that it freezes itself, and sets each field of each value by a
call: with four hundred classes a tenth of the start (docs/decisions/0015-frozen-by-the-type-checker.md).
"""

import dataclasses
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, **options: Any) -> Any:
        """As the standard library's: a frozen value can be a key, but an assignment to it is seen by mypy alone."""
        return dataclasses.dataclass(cls, unsafe_hash=frozen, **options)
