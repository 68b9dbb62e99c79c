"""Joint actions and who takes part in them."""

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.domain.model import JointAction, JointActor
from bot.domain.ports.records import Repository


class JointActionRepository(Repository[JointAction], Protocol):
    """What several actors do together."""

    async def list_some(self, ids: Collection[int]) -> list[JointAction]:
        """These."""

    async def list_of_issue(self, issue_id: int) -> list[JointAction]:
        """An issue's, those that are not over first, by date."""

    async def list_of_actor(self, actor_id: int) -> list[JointAction]:
        """Those that an actor leads, or is invited to or takes part in, by date."""

    async def count_by_issue(self) -> Mapping[int, int]:
        """How many there are of each issue that has some, those given up left out."""


class JointActorRepository(Repository[JointActor], Protocol):
    """Actors' parts in joint actions."""

    async def list_of(self, joint_action_ids: Collection[int]) -> list[tuple[JointActor, str]]:
        """All parts in these joint actions with the actors' names, oldest first."""

    async def list_of_actor(self, actor_id: int) -> list[JointActor]:
        """All of an actor's parts, the declined ones too."""

    async def between(self, joint_action_id: int, actor_id: int) -> JointActor | None:
        """An actor's part in one, in whatever state."""
