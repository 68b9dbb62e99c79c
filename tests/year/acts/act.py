"""What a person does in chat: the words of it, and which presses it is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from tests.year.chat import Chat


@dataclass(frozen=True)
class Act(ABC):
    """Something that a person does."""

    by: str

    @abstractmethod
    async def play(self, chat: Chat) -> None:
        """Do it, over HTTP, and see that it is done."""
