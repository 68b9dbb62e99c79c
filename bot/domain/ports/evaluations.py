"""What came of activities and editions, who was asked, who took part, and who is an ambassador."""

from collections.abc import Mapping
from typing import Protocol

from bot.domain.model import (
    ActivityEvaluation,
    Ambassador,
    Asking,
    EarlierResult,
    EditionEvaluation,
    Person,
)
from bot.domain.ports.records import Repository


class EvaluationRepository(Repository[ActivityEvaluation], Protocol):
    """One answer for each activity."""

    async def of(self, activity_id: int) -> ActivityEvaluation | None:
        """What was answered about an activity."""

    async def list_of_edition(self, edition_id: int) -> list[ActivityEvaluation]:
        """What was answered about an edition's activities, latest first."""


class EditionEvaluationRepository(Repository[EditionEvaluation], Protocol):
    """One answer for each person who took part."""

    async def of(self, edition_id: int, person_id: int) -> EditionEvaluation | None:
        """What a person answered about an edition."""

    async def list_of(self, edition_id: int) -> list[EditionEvaluation]:
        """What people answered about an edition, latest first."""


class AskingRepository(Repository[Asking], Protocol):
    """Who was asked what, and when."""

    async def of(self, kind: str, subject: str, *, actor_id: int | None, person_id: int | None) -> Asking | None:
        """Whether somebody has been asked: a person, or (without one) an actor."""

    async def list_of(self, kind: str, subject: str) -> list[Asking]:
        """All who were asked, first to last."""


class AmbassadorRepository(Repository[Ambassador], Protocol):
    """Who said yes or no."""

    async def of(self, edition_id: int, person_id: int) -> Ambassador | None:
        """What a person answered, withdrawn or not."""

    async def list_of_person(self, person_id: int) -> list[Ambassador]:
        """Where a person said yes and stands by it, latest edition first."""

    async def list_of_arena(self, arena_id: int) -> list[tuple[Ambassador, Person]]:
        """Those who said yes after any of an arena's editions and stand by it, by name; the latest yes first."""

    async def list_people(self, arena_id: int) -> list[Person]:
        """An arena's ambassadors, each once, by name."""


class EarlierResultRepository(Repository[EarlierResult], Protocol):
    """What was measured elsewhere."""

    async def list_of(self, arena_id: int) -> list[EarlierResult]:
        """An arena's, latest year first."""


class ParticipationRepository(Protocol):
    """Who takes part in an edition: those whose own its booked activities are."""

    async def list_of(self, edition_id: int) -> list[tuple[Person, int]]:
        """People with the actor that they take part for (the first of several), by id."""

    async def owners_of(self, edition_id: int) -> Mapping[int, frozenset[int]]:
        """Ids of the people whose own each booked activity is by its owner, by the activity's id."""

    async def editions_of(self, person_id: int) -> list[int]:
        """Ids of the editions that a person takes part in."""
