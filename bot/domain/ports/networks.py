"""Who lets themselves be found, and who has asked whom for contact."""

from collections.abc import Collection, Mapping
from typing import Protocol

from bot.domain.model import Actor, Consent, ContactRequest, Person
from bot.domain.ports.records import Repository


class ConsentRepository(Repository[Consent], Protocol):
    """What people have said yes to."""

    async def of(self, person_id: int, kind: str) -> Consent | None:
        """A person's yes."""

    async def list_people(self, kind: str, person_ids: Collection[int]) -> list[Person]:
        """Those of them who have said yes and act for an active actor, by name."""

    async def actors_of(self, person_ids: Collection[int]) -> Mapping[int, list[Actor]]:
        """The active actors that each of these people acts for, by name."""

    async def followed_with(self, person_id: int) -> Mapping[int, frozenset[int]]:
        """Ids of the issues (not archived) that others follow as the person does, by person."""


class ContactRequestRepository(Repository[ContactRequest], Protocol):
    """Who asked whom."""

    async def list_of_person(self, person_id: int) -> list[ContactRequest]:
        """Asked of or by a person, latest first."""
