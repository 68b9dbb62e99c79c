"""What others are told of: rows that are rendered in each reader's language when they are sent."""

from collections.abc import Iterable
from typing import Any

from bot.domain.model import Person
from bot.domain.outgoing import Outgoing, Priority
from bot.domain.ports.unit_of_work import UnitOfWork


async def tell(work: UnitOfWork, person: Person, name: str, *, key: str, **ids: Any) -> None:
    """Let a person know of something; the same key to the same person goes out once."""
    await work.outbox.add(
        Outgoing(
            "notice",
            {"name": name, **ids},
            person_id=person.id,
            chat_id=person.user_id,
            priority=Priority.NOTICE,
            key=f"{key}:{person.id}",
        )
    )


async def tell_all(
    work: UnitOfWork, people: Iterable[Person], name: str, *, key: str, but: int = 0, **ids: Any
) -> None:
    """Let several know, less the one (`but`, a person's id) who did it."""
    for person in people:
        if person.id != but:
            await tell(work, person, name, key=key, **ids)
