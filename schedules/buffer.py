"""Claimed rows that wait for their turn, and whose turn it is."""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from bot.domain.outgoing import Delivery, Priority

TENTH: Final = 9
"""Places that others may have before a lower priority gets one."""
ORDER: Final = tuple(sorted(Priority))
CROWD: Final = 5
"""Rows of one chat beyond which no more are wanted here, nor counted: a chat takes one a second."""


class Buffer:
    """Rows by priority; replies first, and everything else at least a tenth of the places."""

    def __init__(self) -> None:
        self._rows: dict[Priority, list[Delivery]] = {priority: [] for priority in Priority}
        self._passed: dict[Priority, int] = dict.fromkeys(Priority, 0)
        self._of_chat: dict[Priority, dict[int, int]] = {priority: {} for priority in Priority}
        self._count: dict[Priority, int] = dict.fromkeys(Priority, 0)

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._rows.values())

    def add(self, rows: Iterable[Delivery]) -> None:
        """Rows that were claimed, in order."""
        for row in rows:
            self._rows[row.priority].append(row)
            self._note(row, 1)

    def ids(self) -> list[int]:
        """Of all rows here."""
        return [row.id for rows in self._rows.values() for row in rows]

    def count(self, priority: Priority) -> int:
        """How many wait, of one chat no more than a crowd: a chat with many leaves room for the others' rows."""
        return self._count[priority]

    def crowded(self, priority: Priority) -> list[int]:
        """Chats that have a crowd of rows here already."""
        return [chat_id for chat_id, count in self._of_chat[priority].items() if count >= CROWD]

    def holds(self, chat_id: int) -> bool:
        """Whether a row of the chat waits."""
        return any(chat_id in chats for chats in self._of_chat.values())

    def next(self, busy: Collection[int], wait: Callable[[int], float]) -> tuple[Delivery | None, float | None]:
        """The row whose turn it is; or None, and in how many seconds a chat will take another one.

        Chats in `busy` have a row in flight; `wait(chat_id)` is how long a chat takes nothing.
        """
        soonest: float | None = None
        for priority in self._order():
            for index, row in enumerate(self._rows[priority]):
                if row.chat_id is not None:
                    if row.chat_id in busy:
                        continue
                    seconds = wait(row.chat_id)
                    if seconds > 0:
                        soonest = seconds if soonest is None else min(soonest, seconds)
                        continue
                del self._rows[priority][index]
                self._note(row, -1)
                self._pass_over(priority)
                return row, None
        return None, soonest

    def withdraw(self, unwanted: Callable[[Delivery], bool]) -> list[Delivery]:
        """Take rows out again."""
        out = [row for rows in self._rows.values() for row in rows if unwanted(row)]
        for row in out:
            self._rows[row.priority].remove(row)
            self._note(row, -1)
        return out

    def _note(self, row: Delivery, change: int) -> None:
        before = after = 0
        if row.chat_id is not None:
            chats = self._of_chat[row.priority]
            before = chats.pop(row.chat_id, 0)
            after = before + change
            if after:
                chats[row.chat_id] = after
            change = min(after, CROWD) - min(before, CROWD)
        self._count[row.priority] += change

    def _order(self) -> list[Priority]:
        starved = [p for p in reversed(ORDER) if self._rows[p] and self._passed[p] >= TENTH]
        return [*starved, *(p for p in ORDER if p not in starved)]

    def _pass_over(self, chosen: Priority) -> None:
        for priority, rows in self._rows.items():
            self._passed[priority] = self._passed[priority] + 1 if rows and priority != chosen else 0
