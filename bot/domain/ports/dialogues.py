"""Drafts: dialogues' state."""

from typing import Protocol

from bot.domain.model import Draft
from bot.domain.ports.records import Repository


class DraftRepository(Repository[Draft], Protocol):
    """Dialogues that are under way."""

    async def awaiting_text(self, chat_id: int, person_id: int) -> Draft | None:
        """The one that takes what the person writes."""

    async def list_open(self, chat_id: int, person_id: int) -> list[Draft]:
        """Those under way, latest first."""

    async def stop_awaiting(self, chat_id: int, person_id: int) -> None:
        """No open draft of the person awaits text any more."""
