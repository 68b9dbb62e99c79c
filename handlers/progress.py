"""An announcement's progress on its creator's card: drawn when it is sent, and not too often."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bot.domain.outgoing import Delivery, Outgoing
from bot.domain.ports.delivery import Finished, NotYet
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import sending
from bot.views import sending as views
from bot.views.screen import Reader

SECONDS: Final = 2.0
"""Monotonic, between two edits of one card: Telegram refuses what comes closer, and a refusal is silence for all."""


class Progress:
    """Rows of kind progress, of which one waits for each announcement at most."""

    def __init__(self, *, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._drawn: dict[int, tuple[float, tuple[int, int]]] = {}
        """When each announcement's was drawn last, and what it showed."""

    async def render(self, row: Delivery, work: UnitOfWork, now: datetime) -> Sequence[Outgoing] | None:
        """The edit, as it stands now; None where it has ended or nothing is new. Raises NotYet."""
        announcement_id = int(row.payload["announcement_id"])
        drawn_at, shown = self._drawn.get(announcement_id, (None, None))
        at = self._monotonic()
        if drawn_at is not None and at < drawn_at + SECONDS:
            raise NotYet(drawn_at + SECONDS - at)
        status = await sending.on_its_card(work, announcement_id)
        shows = (status.announcement.revision, status.tally.done)
        edit = views.progress(status, Reader(status.language, now))
        if edit is None or shows == shown:
            return None
        self._drawn[announcement_id] = (at, shows)
        return [edit]

    async def finished(self, ended: Finished, work: UnitOfWork) -> None:
        """The next may be planned."""
        await work.outbox.free_key(ended.row.id)
