"""Issues, what activities name, statements and stances."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.model import Aim, Issue, Naming, Person, Stance, Statement, StatementVersion, TargetGroup
from bot.domain.ports.records import Repository


class TargetGroupRepository(Repository[TargetGroup], Protocol):
    """Whom arenas are for."""

    async def list_of(self, arena_id: int) -> list[TargetGroup]:
        """An arena's target groups in its order, archived ones too."""


class IssueRepository(Repository[Issue], Protocol):
    """Advocacy issues, and who follows them."""

    async def list_all(self) -> list[Issue]:
        """All issues in the coordinators' order, archived ones too."""

    async def follow(self, issue_id: int, person_id: int, since_at: datetime) -> None:
        """Let a person follow an issue; doing it twice changes nothing."""

    async def unfollow(self, issue_id: int, person_id: int) -> None:
        """The person follows it no longer."""

    async def list_followers(self, issue_id: int) -> list[Person]:
        """Who follows an issue."""

    async def list_followed(self, person_id: int) -> list[int]:
        """Ids of the issues that a person follows."""

    async def count_followers(self) -> Mapping[int, int]:
        """How many people follow each issue that is followed, by its id."""


class NamingRepository(Repository[Naming], Protocol):
    """Who was asked what their activity is for."""

    async def of(self, activity_id: int) -> Naming | None:
        """An activity's, if its people were asked or proposed something."""


class AimRepository(Repository[Aim], Protocol):
    """What activities name."""

    async def list_of(self, activity_ids: Collection[int]) -> list[Aim]:
        """What these activities name, in the order in which it was named."""

    async def list_bookings(self, issue_id: int) -> list[int]:
        """Ids of the booked bookings whose activities name an issue."""

    async def count_booked(self) -> Mapping[int, int]:
        """How many booked activities name each issue that is named, by its id."""


class StatementRepository(Repository[Statement], Protocol):
    """What actors are asked to stand behind."""

    async def of(self, issue_id: int) -> Statement | None:
        """An issue's statement."""

    async def list_all(self) -> list[Statement]:
        """All of them."""


class StatementVersionRepository(Repository[StatementVersion], Protocol):
    """How statements have read."""

    async def list_of(self, statement_ids: Collection[int]) -> list[StatementVersion]:
        """All versions of these statements, oldest first."""


class StanceRepository(Repository[Stance], Protocol):
    """Where actors stand, and stood."""

    async def current(self, statement_id: int, actor_id: int) -> Stance | None:
        """An actor's answer that holds."""

    async def list_current(self, statement_ids: Collection[int]) -> list[Stance]:
        """All answers to these statements that hold, in the order in which they came."""

    async def list_of(self, statement_id: int, actor_id: int) -> list[Stance]:
        """All that an actor has answered, oldest first."""

    async def list_of_actor(self, actor_id: int) -> list[Stance]:
        """All that an actor has answered to any statement."""
