from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot import app
from bot.domain.model import Edition
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.sandbox.client import Person, Telegram
from bot.services.edition_rules import EditionRules
from storage.engine import open_database
from storage.schema import reminders
from tests.chat.conftest import Running

_of_editions = reminders.c.subject.like("edition:%")


async def test_a_coordinator_sees_how_the_bot_is(coordinator: Person, telegram: Telegram) -> None:
    await coordinator.sends("/halsa")
    shown = await coordinator.sees("Så mår boten")
    lines = shown["text"].splitlines()
    assert lines[1] == "Ingenting väntar på att hanteras."
    assert "Inget har gått fel det senaste dygnet." in lines
    await telegram.faults.add("sendMessage", answer={"error_code": 400, "description": "Bad Request: odd"})
    await coordinator.sends("/kontakt")
    await coordinator.sends("/sprak")
    await coordinator.sees("Which language")  # a chat's next message goes when what became of the last one is known
    await coordinator.sends("/halsa")
    await coordinator.sees("1 meddelande kom inte fram det senaste dygnet.")
    await coordinator.sees("• card: 400 Bad Request: odd")


async def test_nobody_else_does(erik: Person) -> None:
    await erik.sends("/health")
    await erik.sees("Du har inte rätt att göra det.")


async def test_an_edition_that_cannot_be_planned_is_told_and_the_others_are_planned(
    local: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await open_database(local.settings.database_url)
    async with database.begin() as session:
        before = {row.subject for row in await session.rows(select(reminders.c.subject).where(_of_editions))}
        await session.run(delete(reminders).where(_of_editions))
    poisonous = min(before)
    wanted = EditionRules.wanted

    async def fails(self: EditionRules, work: UnitOfWork, about: Edition, now: datetime, **options: Any) -> Any:
        if f"edition:{about.id}" == poisonous:
            raise ValueError
        return await wanted(self, work, about, now, **options)

    async def is_told() -> bool:
        return told in await app.health(local.settings)

    monkeypatch.setattr(EditionRules, "wanted", fails)
    told = f"• {poisonous.replace(':', ' ')}: ValueError"
    async with local.bot(), Telegram(local.address) as telegram:
        assert await telegram.until(is_told)
        coordinator = next(person for person in await telegram.people() if person.id == 1004)
        await coordinator.sends("/halsa")
        await coordinator.sees(told)
    async with database.read() as session:
        after = {row.subject for row in await session.rows(select(reminders.c.subject).where(_of_editions))}
    await database.close()
    assert len(before) > 1
    assert after == before - {poisonous}
