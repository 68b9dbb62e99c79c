"""Who is to be woken when something has been committed: intake, sender and ticks wake each other in a circle."""

from collections.abc import Callable


class Bell:
    """Rings for everybody who listens."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def heard_by(self, *listeners: Callable[[], None]) -> None:
        """Let these be called at each ring."""
        self._listeners += listeners

    def ring(self) -> None:
        """Call everybody."""
        for listener in self._listeners:
            listener()
