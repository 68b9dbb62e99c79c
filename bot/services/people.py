"""People as they turn up in chat."""

from datetime import datetime

from bot.domain.model import Person
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.domain.text import clean

_SWEDISH_ENOUGH = ("sv", "nb", "nn", "no", "da")


def language_from(code: str | None) -> str:
    """The language to begin with: Swedish for those who read it and when Telegram says nothing, else English."""
    return "sv" if code is None or code.lower().split("-")[0] in _SWEDISH_ENOUGH else "en"


async def meet(work: UnitOfWork, user_id: int, name: str, language_code: str | None, *, now: datetime) -> Person:
    """The person behind a Telegram account, stored when they are new."""
    person = await work.people.with_user_id(user_id)
    if person is not None:
        return person
    return await work.people.add(
        user_id=user_id,
        name=clean(name)[:100] or str(user_id),
        language=language_from(language_code),
        language_chosen=False,
        muted=frozenset(),
        created_at=now,
    )


async def choose_language(work: UnitOfWork, person: Person, language: str) -> Person:
    """Remember the language that a person chose."""
    return await work.people.change(person, language=language, language_chosen=True)
