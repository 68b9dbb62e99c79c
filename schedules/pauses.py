"""Waits that grow while something is out of order."""


class Pauses:
    """Seconds to wait before the next try: doubling from `first` up to `longest`."""

    def __init__(self, first: float = 0.1, longest: float = 15.0) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def next(self) -> float:
        """The wait before the next try."""
        seconds = self._next
        self._next = min(seconds * 2, self._longest)
        return seconds

    def reset(self) -> None:
        """It worked: begin small again."""
        self._next = self._first
