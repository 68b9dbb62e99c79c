"""How actors did it, and what others ask them about it."""

from typing import Protocol

from bot.domain.frozen import dataclass
from bot.domain.model import Activity, Actor, Edition, Method, MethodQuestion
from bot.domain.ports.records import Repository


@dataclass(frozen=True, slots=True)
class Shared:
    """A method with the activity that it is about, whose it is, and the advocacy issues that the activity argued for."""

    method: Method
    activity: Activity
    edition: Edition
    actor: Actor
    issue_ids: frozenset[int] = frozenset()


class MethodRepository(Repository[Method], Protocol):
    """«Så gjorde vi»."""

    async def of(self, activity_id: int) -> Method | None:
        """An activity's, withdrawn or not."""

    async def list_shared(self) -> list[Shared]:
        """All that stand, latest first."""

    async def shared(self, method_id: int) -> Shared:
        """One, withdrawn or not. Raises NotFound."""


class MethodQuestionRepository(Repository[MethodQuestion], Protocol):
    """What is asked about methods."""

    async def list_of_person(self, person_id: int) -> list[MethodQuestion]:
        """A person's, latest first."""

    async def list_waiting(self, method_id: int) -> list[MethodQuestion]:
        """Those about a method that nobody has answered, oldest first; without words there is nothing to answer."""
