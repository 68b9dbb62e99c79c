"""Actors, people, and who may act for whom."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.model import Actor, Coordinator, Invitation, Member, Person
from bot.domain.ports.records import Repository


class ActorRepository(Repository[Actor], Protocol):
    """Organisations."""

    async def list_known(self) -> list[Actor]:
        """Active actors by name."""

    async def list_of(self, person_id: int) -> list[Actor]:
        """Actors that a person may act for now (a requested newcomer's own too), by name."""

    async def list_unreachable(self) -> list[Actor]:
        """Active actors with nobody in Telegram, by name."""

    async def redirect(self, old_id: int, new_id: int) -> None:
        """Let links, errands, matters, methods, offers and earlier merges that name one actor name another."""


class PersonRepository(Repository[Person], Protocol):
    """People who have pressed Start."""

    async def read_ahead(self, user_ids: Collection[int]) -> None:
        """Have the people behind these accounts at hand for `with_user_id`, each until they are written."""

    async def with_user_id(self, user_id: int) -> Person | None:
        """The person behind a Telegram account."""

    async def rename(self, person: Person, name: str) -> Person | None:
        """Let a person be called this; None when they were erased meanwhile."""

    async def list_of_actor(self, actor_id: int) -> list[Person]:
        """People with an active right to act for an actor."""

    async def list_coordinators(self, arena_id: int | None) -> list[Person]:
        """Coordinators of an arena, those of all arenas included; with None only the latter."""


class MemberRepository(Repository[Member], Protocol):
    """Rights to act for an actor."""

    async def between(self, actor_id: int, person_id: int) -> Member | None:
        """The person's tie to the actor, in whatever state."""

    async def list_of_person(self, person_id: int) -> list[Member]:
        """A person's ties that are requested or active."""

    async def list_of_actor(self, actor_id: int) -> list[Member]:
        """All ties to an actor, in whatever state."""

    async def list_requested(self) -> list[Member]:
        """Newcomers who wait for a coordinator, oldest first."""


class CoordinatorRepository(Repository[Coordinator], Protocol):
    """Rights to run arenas."""

    async def list_of(self, person_id: int) -> list[Coordinator]:
        """A person's rights."""

    async def list_all(self) -> list[Coordinator]:
        """Everybody's rights."""


class InvitationRepository(Repository[Invitation], Protocol):
    """Links given out."""

    async def with_hash(self, token_hash: str) -> Invitation | None:
        """The invitation whose token has this hash."""

    async def end_first_links(self, now: datetime) -> None:
        """Links for a first coordinator that nobody has used end now."""

    async def end_links_to_act(self, person_id: int, actor_id: int, now: datetime) -> None:
        """Links to act for an actor that this person has given out and nobody has used end now."""

    async def end_links_to_coordinate(self, person_id: int, now: datetime) -> None:
        """Coordinators' links that this person has given out and nobody has used end now."""
